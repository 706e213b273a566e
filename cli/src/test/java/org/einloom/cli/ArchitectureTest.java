package org.einloom.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rooms of the house depend on each other in one direction only. */
class ArchitectureTest {

  /** Upstream first; rooms of one line do not know each other: sim is the oracle of model. */
  private static final List<List<String>> ROOMS =
      List.of(
          List.of("schema"),
          List.of("workload"),
          List.of("density"), // complains as a workload does
          List.of("format"),
          List.of("component"), // only complains of wrong attributes as of a wrong workload
          List.of("arch"), // names the roles and tensors of a workload
          List.of("mapping"),
          List.of("sparsity"),
          List.of("counts"),
          List.of("model", "sim"),
          List.of("evaluation"),
          List.of("constraint"),
          List.of("mapper"),
          List.of("explanation"),
          List.of("network"),
          List.of("description"),
          List.of("explore"),
          List.of("profile"), // names nodes of a design, which is read again with what it says
          List.of("io", "report", "evolution"),
          List.of("cli"));

  private static final List<String> CORE =
      ROOMS.stream()
          .flatMap(List::stream)
          .takeWhile(room -> !room.equals("io"))
          .collect(Collectors.toUnmodifiableList());

  private static final List<String> ALL = ROOMS.stream().flatMap(List::stream).toList();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.einloom");

  @Test
  @DisplayName("every class is in a room that has its place in the order")
  void everyClassIsInARoom() {
    var found = new TreeSet<String>();
    CLASSES.forEach(c -> found.add(room(c)));
    assertThat(ALL).containsAll(found);
    // the importer sees every module, and so do the rules below
    assertThat(found).contains("workload", "arch", "mapping", "counts", "cli");
    assertThat(CLASSES.stream().filter(c -> CORE.contains(room(c))).count()).isGreaterThan(20);
  }

  @Test
  @DisplayName("the core depends on the JDK and JSpecify alone")
  void coreDependsOnTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(packages(CORE))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(Stream.of("java..", "org.jspecify.."), Stream.of(packages(CORE)))
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("ALL")
  @DisplayName("nothing looks downstream or at its neighbour")
  void nothingLooksDownstream(String room) {
    var forbidden = new ArrayList<String>();
    boolean upstream = true;
    for (List<String> line : ROOMS) {
      upstream &= !line.contains(room);
      if (!upstream) {
        line.stream().filter(other -> !other.equals(room)).forEach(forbidden::add);
      }
    }
    if (forbidden.isEmpty()) {
      return; // the last room may see them all
    }
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("org.einloom." + room + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages(forbidden));
    // every room has at least its package-info, so that a renamed one cannot pass as an empty one
    rule.allowEmptyShould(false).check(CLASSES);
  }

  private static String room(JavaClass c) {
    return c.getPackageName().split("\\.", -1)[2];
  }

  private static String[] packages(List<String> rooms) {
    return rooms.stream().map(room -> "org.einloom." + room + "..").toArray(String[]::new);
  }
}
