package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of the documentation say what there is, and what they point at is there. */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RESULTS = ROOT.resolve("docs/results.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]*))?\\)");

  static Stream<Path> pages() throws IOException {
    return Stream.concat(
        Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
        list(ROOT.resolve("docs")).stream().filter(file -> file.toString().endsWith(".md")));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> in = Files.list(folder)) {
      return in.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
      assertThat(target).as(link.group()).exists();
      if (link.group(2) != null) {
        assertThat(headings(target)).as(link.group()).contains(link.group(2));
      }
    }
  }

  /** As the anchors that web pages make of them. */
  private static List<String> headings(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(l -> l.startsWith("#"))
        .map(l -> l.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(l -> l.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void everyKeyOfAResultIsExplained() throws IOException {
    // eyeriss has fanouts that transfer; update actions are not among any shipped design's
    String map =
        "map lenet5 --arch eyeriss --layer /f/f.11/Gemm --operators products --json - --pareto"
            + " --explain";
    Set<String> keys = keys(Cli.run(map.split(" ")).succeeded().out());
    assertThat(keys).contains("transfer", "leak", "boundBy", "operator");
    assertThat(keys).contains("gap", "front", "compulsory", "argument");
    assertThat(explained()).containsAll(keys);
  }

  @Test
  void everyKeyOfAWorkloadIsExplained() throws IOException {
    assertThat(explained())
        .containsAll(keys(Cli.run("workload", "lenet5", "--json", "-").succeeded().out()));
  }

  @Test
  void everyKeyOfADescriptionIsExplained(@TempDir Path folder) throws IOException {
    String file = Matmul.result(folder, "r.json");
    assertThat(explained())
        .containsAll(keys(Cli.run("explain", file, "--json", "-").succeeded().out()));
  }

  @Test
  void everyKeyOfAComparisonIsExplained(@TempDir Path folder) throws IOException {
    String file = Matmul.result(folder, "r.json");
    String json = Cli.run("compare", file, file, "--json", "-").succeeded().out();
    assertThat(explained()).containsAll(keys(json));
  }

  /** What stands in code quotes, one or several after each other. */
  private static Set<String> explained() throws IOException {
    return Pattern.compile("`(\\w+)`")
        .matcher(Files.readString(RESULTS))
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> keys(String json) {
    Set<String> keys = new LinkedHashSet<>();
    collect(JsonMapper.shared().readTree(json), keys);
    return keys;
  }

  /** The keys of 'design' are those of architectures; these others are names of rank variables. */
  private static final Set<String> ELSEWHERE = Set.of("design", "extents", "terms");

  private static void collect(JsonNode node, Set<String> keys) {
    keys.addAll(node.propertyNames());
    if (node.isArray()) {
      node.forEach(child -> collect(child, keys));
    }
    node.propertyNames().stream()
        .filter(name -> !ELSEWHERE.contains(name))
        .forEach(name -> collect(node.get(name), keys));
  }

  @Test
  void everyPackageIsOnTheMap() throws IOException {
    String map = Files.readString(ROOT.resolve("docs/architecture.md"));
    Set<String> rows = new LinkedHashSet<>();
    for (Path module : list(ROOT)) {
      Path sources = module.resolve("src/main/java/org/einloom");
      if (Files.isDirectory(sources)) {
        try (Stream<Path> files = Files.walk(sources)) {
          files
              .filter(f -> f.endsWith("package-info.java"))
              .map(f -> sources.relativize(f.getParent()).toString().replace('/', '.'))
              .forEach(name -> rows.add("| %s | `%s` |".formatted(module.getFileName(), name)));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> assertThat(map).contains(row));
  }

  @Test
  void everyCommandHasItsHeading() throws IOException {
    String help = Cli.run("--help").succeeded().out();
    List<String> commands =
        Pattern.compile("(?m)^  ([a-z]+)  ").matcher(help).results().map(m -> m.group(1)).toList();
    assertThat(commands).hasSizeGreaterThan(4);
    assertThat(headings(ROOT.resolve("docs/commands.md")))
        .containsAll(commands.stream().filter(c -> !c.equals("help")).toList());
  }
}
