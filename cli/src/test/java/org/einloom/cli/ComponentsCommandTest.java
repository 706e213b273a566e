package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComponentsCommandTest {
  @TempDir Path folder;

  @Test
  void classesAndTheirAttributes() {
    assertThat(run("components")).contains("mac  ", "dram  ", "softmax  ");
    assertThat(run("components mac")).contains("zero_gating", "technology", "5 nm to 130 nm");
  }

  @Test
  void aDerivationIsShown() {
    String out =
        run("components mac --format int8 --accumulator int32 --technology 28nm --voltage 0.9V");
    assertThat(out)
        .contains("compute energy: 0.152 pJ")
        .contains("0.2: integer product, 8 b (published [1])")
        .contains("x 0.5066: energy from 45 nm at 0.9 V to 28 nm at 0.9 V (published [2])")
        .contains("[1] Horowitz, ISSCC 2014");
  }

  @Test
  void jsonSaysWhereEachFigureIsFrom() throws IOException {
    Path file = folder.resolve("out.json");
    run("components register_file --size 64B --width=16 --technology 40nm --json " + file);
    JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
    assertThat(json.get("class").asString()).isEqualTo("register_file");
    assertThat(json.at("/attributes/size").asLong()).isEqualTo(512);
    assertThat(json.at("/attributes/toggle").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/actions/read/energyPj").asDouble()).isPositive();
    assertThat(json.at("/actions/write/latencyNs").asDouble()).isPositive();
    assertThat(json.get("leakageUw").asDouble()).isPositive();
    // every figure has a chain, and each chain multiplies out to its figure
    assertThat(json.get("provenance")).hasSize(6);
    for (JsonNode figure : json.get("provenance")) {
      String path = "/" + figure.get("figure").asString().replace('.', '/');
      assertThat(figure.get("value").asDouble()).isEqualTo(json.at(path).asDouble());
      assertThat(multiplied(figure.get("steps")))
          .isCloseTo(
              figure.get("value").asDouble(), within(1e-12 * figure.get("value").asDouble()));
      assertThat(figure.get("model").asString()).isNotEmpty();
    }
  }

  private static double multiplied(JsonNode steps) {
    double value = Double.NaN;
    for (JsonNode step : steps) {
      double number = step.get("value").asDouble();
      value =
          switch (step.get("step").asString()) {
            case "given" -> number;
            case "times" -> value * number;
            default -> {
              double sum = 0;
              for (JsonNode part : step.get("parts")) {
                sum += multiplied(part);
              }
              yield sum;
            }
          };
    }
    return value;
  }

  @Test
  void sweeps() {
    assertThat(
            run("components register_file --size 64B..1KiB --width 16,32 --technology 65nm")
                .lines())
        .hasSize(1 + 5 * 2);
    assertThat(run("components adder --format int8,fp16 --technology 45nm --csv"))
        .startsWith("format,compute pJ,compute ns,area um2,leakage uW,extrapolated\nint8,0.0");
    assertThat(run("components dram --type DDR4,HBM3 --json -")).contains("\"estimates\"");
    String beyond = run("components sram --size 16MiB..64MiB --width 64 --technology 45nm");
    assertThat(beyond.lines().skip(1))
        .satisfiesExactly(
            inside -> assertThat(inside).startsWith("16 MiB").doesNotContain("*"),
            inside -> assertThat(inside).startsWith("32 MiB").doesNotContain("*"),
            outside ->
                assertThat(outside)
                    .startsWith("64 MiB")
                    .containsPattern("^64 MiB( +[0-9.]+\\*){6}$"),
            note -> assertThat(note).startsWith("* extrapolated"));
    String values = run("components sram --size 32MiB..64MiB --width 64 --technology 45nm --csv");
    assertThat(values.lines())
        .satisfiesExactly(
            names -> assertThat(names).endsWith(",area um2,leakage uW,extrapolated"),
            inside -> assertThat(inside).endsWith(","),
            outside ->
                assertThat(outside)
                    .endsWith(",read pJ; read ns; write pJ; write ns; area um2; leakage uW"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "adder --format int8 --technology 3nm | --technology: 'technology' is 3 nm; expected 5 nm to 130 nm",
        "register --width 0 --technology 45nm | --width: 'width' is 0 b; expected 1 b to 65536 b",
        "register --width -4 --technology 45nm | --width: 'width' is -4 b; expected 1 b",
        "register --width 1.5 --technology 45nm | --width: 'width' is 1.5 b; expected a whole number",
        "register --width eight --technology 45nm | --width: 'width' is 'eight', which is no number",
        "register_file --size 64 --width 8 --technology 45nm | --size: 'size' is '64', which has no unit; expected a size",
        "register_file --size 3B --width 16 --technology 45nm | no whole number of words of 16 b",
        "register --widht 8 | no attribute 'widht'; expected one of width, toggle, technology, voltage; did you mean 'width'?",
        "dram --type DDR9 | --type: 'type' is DDR9; expected one of DDR3, DDR4",
        "adderr | unknown component class 'adderr'; expected one of",
        "adder mac | unexpected argument 'mac'; expected one class",
        "adder --format | option --format has no value",
        "adder --format int8 --format int9 | option --format is given twice",
        "--format int8 | attributes without a class; expected one of",
        "adder --csv | 'adder' needs 'format'",
        "--csv | no class to estimate for --csv",
        "register --width 8..2 --technology 45nm | --width: the range from 8 b to 2 b does not ascend",
        "register --width 0..2 --technology 45nm | 'width' is 0 b",
        "register --width 1,2, --technology 45nm | --width: 'width' has no value",
        "register --width 1..65536 --technology 5nm..80nm --voltage 0.6V,0.7V,0.8V,0.9V,1V,1.1V,1.2V --toggle 0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1,0,0.05,0.15,0.25,0.35,0.45,0.55,0.65,0.75,0.85,0.95 | more than 10000 combinations"
      })
  void mistakes(String arguments, String message) {
    assertThat(Cli.run(("components " + arguments).split(" ")).refused())
        .startsWith("einloom: ")
        .contains(message);
  }

  private static String run(String command) {
    return Cli.run(command.split(" ")).succeeded().out();
  }
}
