package org.einloom.io.timeloop.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.einloom.counts.Flows;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.io.timeloop.Cases;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The native cases, rewritten for the front end: every level a component, its instances by {@code
 * spatial}, loops in space asked of what is below them. They cost the same.
 */
class FrontCasesTest {
  @TempDir Path folder;

  /**
   * All but three. The front end has no word for skews (mm_skew), and networks with names are
   * refused in its files (one case); and the level that it puts before the instances of a fanout
   * has a network of its own, without the energies that mm_hop_energy gives to the one of the level
   * outside.
   */
  static List<String> names() {
    return Cases.names().stream()
        .filter(n -> !List.of("mm_skew", "mm_hop_energy").contains(n))
        .filter(n -> Cases.read(n).architecture().orElseThrow().networks().isEmpty())
        .toList();
  }

  @Test
  void almostAllCasesAreRewritten() {
    assertThat(names()).hasSize(53);
  }

  @ParameterizedTest
  @MethodSource("names")
  void costTheSame(String name) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String file : List.of("problem.yaml", "ERT.yaml", "ART.yaml")) {
      files.add(Cases.folder().resolve(name).resolve(file));
    }
    TimeloopSpec given = Cases.read(name);
    List<Level> levels = given.architecture().orElseThrow().levels();
    files.add(Files.writeString(folder.resolve("arch.yaml"), architecture(levels)));
    YamlNode mapping = YamlParser.parse(Cases.files(name).get(2));
    files.add(Files.writeString(folder.resolve("mapping.yaml"), mapping(mapping, levels)));

    Evaluation expected = TimeloopModel.of(given).account(Switches.NONE).evaluation();
    Evaluation found =
        TimeloopModel.of(FrontEnd.specification(files, Map.of(), Use.EVALUATE))
            .account(Switches.NONE)
            .evaluation();
    assertThat(found.cycles()).isEqualTo(expected.cycles());
    assertThat(found.energyPj()).isCloseTo(expected.energyPj(), within(1e-9 * expected.energyPj()));
    assertThat(found.computes()).isEqualTo(expected.computes());
    assertThat(counts(found, levels)).isEqualTo(counts(expected, levels));
  }

  private static Map<String, String> counts(Evaluation evaluation, List<Level> levels) {
    List<String> names = levels.stream().map(Level::name).toList();
    Map<String, String> counts = new LinkedHashMap<>();
    for (ComponentCost cost : evaluation.components()) {
      if (names.contains(cost.node().name())) {
        for (String tensor : cost.heldBits().keySet()) {
          Flows flows = cost.flows(tensor);
          counts.put(
              cost.node().name() + "." + tensor,
              cost.instances()
                  + ": "
                  + flows.reads()
                  + " "
                  + flows.fills()
                  + " "
                  + flows.updates());
        }
      }
    }
    return counts;
  }

  private static String architecture(List<Level> levels) {
    var out = new StringBuilder("architecture:\n  version: 0.4\n  nodes:\n");
    long meshX = 1;
    long meshY = 1;
    for (Level level : levels) {
      long x = level.attributes().whole("meshX", 1).orElse(level.instances());
      long y = level.attributes().whole("meshY", 1).orElse(level.instances() / x);
      out.append("  - !Component\n    name: ").append(level.name());
      out.append("\n    class: ").append(level.type());
      out.append("\n    spatial: {meshX: ").append(x / meshX);
      out.append(", meshY: ").append(y / meshY).append("}\n    attributes:\n");
      level
          .attributes()
          .all()
          .forEach(
              (key, a) -> {
                if (!key.startsWith("mesh")) {
                  out.append("      ")
                      .append(key)
                      .append(": ")
                      .append(flow(a.value()))
                      .append('\n');
                }
              });
      meshX = x;
      meshY = y;
    }
    return out.toString();
  }

  private static String mapping(YamlNode document, List<Level> levels) {
    List<String> names = levels.stream().map(Level::name).toList();
    var out = new StringBuilder("mapping:\n");
    YamlNode list = ((YamlNode.Mapping) document).entries().getFirst().value();
    for (YamlNode item : ((YamlNode.Sequence) list).items()) {
      Map<String, String> entries = new LinkedHashMap<>();
      ((YamlNode.Mapping) item)
          .entries()
          .forEach(e -> entries.put(e.key().value(), flow(e.value())));
      if (entries.get("type").contains("spatial")) {
        int level = names.indexOf(entries.get("target").replace("\"", ""));
        long fanout = levels.get(level + 1).instances() / levels.get(level).instances();
        if (fanout == 1) {
          continue; // nothing to spread
        }
        entries.put("target", names.get(level + 1));
      }
      out.append("- {");
      out.append(
          entries.entrySet().stream()
              .map(e -> e.getKey() + ": " + e.getValue())
              .collect(Collectors.joining(", ")));
      out.append("}\n");
    }
    return out.toString();
  }

  private static String flow(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar s ->
          s.value().matches("[0-9.eE+-]+|true|false") ? s.value() : '"' + s.value() + '"';
      case YamlNode.Sequence l ->
          l.items().stream().map(FrontCasesTest::flow).collect(Collectors.joining(", ", "[", "]"));
      case YamlNode.Mapping m ->
          m.entries().stream()
              .map(e -> e.key().value() + ": " + flow(e.value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
