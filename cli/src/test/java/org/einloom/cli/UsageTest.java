package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "map",
        "evaluate",
        "explore",
        "explore query",
        "explore export",
        "compare",
        "report",
        "convert",
        "workload",
        "arch",
        "arch list",
        "arch show",
        "validate"
      })
  void everyCommandHasHelp(String command) {
    var result = Cli.run((command + " --help").strip().split(" ")).succeeded();
    assertThat(result.out()).startsWith("Usage: einloom " + command).contains("--help");
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines()).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    Cli.Result result = Cli.run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("map", "evaluate", "workload", "validate");
  }

  @Test
  void hasAVersion() {
    assertThat(Cli.run("--version").succeeded().out().strip()).matches("einloom \\d+\\..*");
  }

  @ParameterizedTest
  @MethodSource
  void usageErrorsSayWhatWasExpected(String command, String message) {
    assertThat(Cli.run(command.split(" ")).refused()).isEqualTo("einloom: " + message);
  }

  static Stream<Arguments> usageErrorsSayWhatWasExpected() {
    return Stream.of(
        Arguments.of(
            "mpa resnet18",
            "unknown command 'mpa'; expected map, evaluate, explain, explore, compare, report, convert, workload, profile, arch, components, validate, schema, help; did you"
                + " mean 'map'? (see einloom --help)"),
        Arguments.of("map resnet18", "missing option --arch ARCH (see einloom map --help)"),
        Arguments.of("map --arch eyeriss", "missing MODEL (see einloom map --help)"),
        Arguments.of("validate", "missing FILE (see einloom validate --help)"),
        Arguments.of(
            "map resnet18 --arhc eyeriss",
            "unknown option '--arhc'; did you mean '--arch'? (see einloom map --help)"),
        Arguments.of(
            "workload resnet18 resnet50",
            "unexpected argument 'resnet50' (see einloom workload --help)"),
        Arguments.of(
            "arch",
            "what about the architectures? Expected 'list', 'show NAME' or 'costs ARCH' (see einloom arch"
                + " --help)"));
  }

  @ParameterizedTest
  @FieldSource
  void whatOptionsTakeIsChecked(String command, String message) {
    assertThat(Cli.run(command.split(" ")).refused()).contains(message);
  }

  static final List<Arguments> whatOptionsTakeIsChecked =
      List.of(
          Arguments.of("map resnt18 --arch eyeriss", "did you mean 'resnet18'?"),
          Arguments.of("map lenet5 --arch eyerisss", "did you mean 'eyeriss'?"),
          Arguments.of("map lenet5 --arch eyeriss --threads 0", "expected 1 to 1024"),
          Arguments.of(
              "map lenet5 --arch eyeriss --threads two",
              "--threads is 'two'; expected a whole number"),
          Arguments.of("map lenet5 --arch eyeriss --time-limit 0", "shorter than 1 ms"),
          Arguments.of("map lenet5 --arch eyeriss --time-limit soon", "is no length of time"),
          Arguments.of("map lenet5 --arch eyeriss --time-limit 5days", "unknown unit 'days'"),
          Arguments.of("map lenet5 --arch eyeriss --objective 2*enrgy", "did you mean 'energy'?"),
          Arguments.of("map lenet5 --arch eyeriss --objective 2*edp", "column 3"),
          Arguments.of("map lenet5 --arch eyeriss --objective enrgy", "did you mean 'energy'?"),
          Arguments.of("map lenet5 --arch eyeriss --policy timeloop", "not modelled yet"),
          Arguments.of("map lenet5 --arch eyeriss --policy deflt", "expected policy 'default'"),
          Arguments.of("map lenet5 --arch eyeriss --bits wieght=8", "did you mean 'weight'?"),
          Arguments.of("map lenet5 --arch eyeriss --bits weight", "as in weight=8"),
          Arguments.of("map lenet5 --arch eyeriss --bits weight=0", "from 1 to 1024"),
          Arguments.of("map lenet5 --arch eyeriss --bits weight=8.5", "from 1 to 1024"),
          Arguments.of("map lenet5 --arch eyeriss --bits weight=8 --bits weight=4", "weight twice"),
          Arguments.of("map lenet5 --arch eyeriss --layer conv", "has no layer 'conv'"),
          Arguments.of("map lenet5 --arch eyeriss --batch 0", "expected at least 1"),
          Arguments.of(
              "map lenet5 --arch eyeriss --batch many",
              "--batch is 'many'; expected a whole number"),
          Arguments.of("map lenet5 --arch eyeriss --json no/such/folder.json", "no folder"),
          Arguments.of("map lenet5 --arch eyeriss --json .", "it is a folder"),
          Arguments.of("map . --arch eyeriss", "folder"),
          Arguments.of("evaluate lenet5 --arch eyeriss --mapping no.yaml", "no.yaml"),
          Arguments.of("evaluate lenet5 --arch eyeriss", "missing option --mapping FILE"),
          Arguments.of("arch show eyerisss", "did you mean 'eyeriss'?"),
          Arguments.of("workload no.onnx", "no file is called 'no.onnx'"),
          Arguments.of("validate no.yaml", "does not exist"));
}
