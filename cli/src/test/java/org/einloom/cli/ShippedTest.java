package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedTest {
  @TempDir Path folder;

  @Test
  void whatArchListsItShowsAndWhatItShowsIsValid() throws IOException {
    var names =
        Cli.run("arch", "list").succeeded().out().lines().map(l -> l.split(" ")[0]).toList();
    assertThat(names).contains("eyeriss", "nvdla", "tpu-v1", "simba", "teaching");
    for (String name : names) {
      Path file = folder.resolve(name + "-mine.yaml");
      Files.writeString(file, Cli.run("arch", "show", name).succeeded().out());
      assertThat(Cli.run("validate", file.toString()).succeeded().out())
          .contains("the architecture '" + name + "'");
    }
  }

  @Test
  void everyCostOfADesignIsTraced() {
    String costs = Cli.run("arch", "costs", "tpu-v1").succeeded().out();
    assertThat(costs)
        .contains("  compute: 0.152 pJ; component class 'mac', Einloom logic 1")
        .contains("+ 0.2: integer product, 8 b (published [")
        .contains("write: 5.44 pJ per 8 b (assumption); a weight is shifted through 128.5 rows")
        .contains("area: not given, taken as 0")
        .containsPattern("\\n\\[1\\] ");
    assertThat(Cli.run("arch", "costs", "tpu").refused()).contains("no shipped architecture");
  }

  @Test
  void costsAreThoseOfAllBranches() {
    assertThat(Cli.run("arch", "costs", "../examples/two-units.yaml").succeeded().out().lines())
        .contains(
            "MAC", "Vector", "  compute: 0.5 pJ (assumption); an example, nothing is measured");
  }

  @Test
  void whatAClassLeavesOutIsNotSaidToBeKnown() throws IOException {
    Path file = folder.resolve("wired.yaml");
    Files.writeString(
        file,
        """
        einloom: 1
        architecture:
          name: wired
          technology: 65nm
          clock: 1 GHz
          widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
          nodes:
          - {memory: DRAM, component: {class: dram, type: DDR4}}
          - {toll: Bus, component: {class: wire, length: 1 mm, width: 8}}
          - {compute: MAC, component: {class: mac, format: int8}}
        """);
    assertThat(Cli.run("arch", "costs", file.toString()).succeeded().out())
        .contains("0: repeaters (assumption: not modelled)");
    String result =
        Cli.run("map", "../examples/matmul.yaml", "--arch", file.toString()).succeeded().out();
    assertThat(result.replaceAll("\\s+", " "))
        .contains("2 not given, taken as 0 (Bus area, Bus leakage)");
  }

  @Test
  void validatesWhateverKindAFileIs() throws IOException {
    Path good = Cli.IO_RESOURCES.resolve("good");
    String workload = good.resolve("workload.yaml").toString();
    String architecture = good.resolve("architecture.yaml").toString();
    String mapping = good.resolve("mapping.yaml").toString();
    String zoo = "../io/src/main/resources/org/einloom/zoo/lenet5.onnx";
    assertThat(Cli.run("validate", workload, architecture, zoo, mapping).succeeded().out().lines())
        .hasSize(4);
    assertThat(
            Cli.run("validate", mapping, "--workload", workload, "--arch", architecture)
                .succeeded()
                .out())
        .contains("legal");
    assertThat(Cli.run("validate", mapping, "--workload", "lenet5", "--arch", "eyeriss").refused())
        .contains("has no layer");
    Path what = Files.writeString(folder.resolve("what.yaml"), "einloom: 1\narchitectur: {}\n");
    assertThat(Cli.run("validate", what.toString()).refused())
        .contains("does not say what it is")
        .contains("did you mean 'architecture'?");
  }
}
