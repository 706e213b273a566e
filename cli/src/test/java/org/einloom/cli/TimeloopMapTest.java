package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code einloom map --timeloop --accounting timeloop}. */
class TimeloopMapTest {
  private static final String FOLDER = "../examples/timeloop/";

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  /**
   * What Timeloop's mapper found (commit 4cf6d4c, runs made for this purpose: hybrid, linear_pruned
   * and random_pruned, up to 300 s of CPU time in each of two threads), in pJ x cycles; its
   * energies are printed in thousandths of a pJ for each compute, so figures are off by up to 0.01
   * %.
   */
  @ParameterizedTest
  @CsvSource({
    "mm_small_1pe, 5.11823e11",
    "mm_small_16pe, 3.0782e10",
    "r50_conv1_eyeriss, 7.08871e14",
    "r50_conv2x_3x3_eyeriss, 3.7779e14",
    "r50_conv4x_3x3_nvdla, 1.1976e14",
    "mlp_1024_tpu, 2.62475e13",
  })
  @DisplayName(
      "what is proven is at least as good as what Timeloop's mapper found, and evaluates to the same when it is written for Timeloop")
  void asGoodAsTimeloop(String problem, double bestKnown) throws IOException {
    String files = files("mapper/" + problem);
    Path result = folder.resolve("result.json");
    run("map --quiet --accounting timeloop --json " + result + " --timeloop " + files);
    JsonNode found = layer(result);
    assertThat(found.at("/optimality/status").asString()).isEqualTo("optimal");
    double edp = found.at("/energyPj").asDouble() * found.at("/cycles").asDouble();
    assertThat(edp).isLessThanOrEqualTo(bestKnown * 1.0001);
    Path mapping = folder.resolve("mapping.yaml");
    run("convert --to timeloop " + result + " -o " + mapping + " --timeloop " + files);
    Path again = folder.resolve("again.json");
    run(
        "evaluate --accounting timeloop --json "
            + again
            + " --timeloop "
            + mapping
            + " "
            + files.replaceAll("\\S*constraints.yaml", ""));
    JsonNode evaluated = layer(again);
    assertThat(evaluated.at("/components")).isEqualTo(found.at("/components"));
    assertThat(evaluated.at("/cycles")).isEqualTo(found.at("/cycles"));
    assertThat(evaluated.at("/energyPj")).isEqualTo(found.at("/energyPj"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeloop:no-refetch | a search by Timeloop's rules with 'no-refetch' is not there; leave the switch out, and evaluate what is found with it",
        "timeloop:no-extrapolation | a search by Timeloop's rules with 'no-extrapolation' is not there; leave the switch out, and evaluate what is found with it",
        "timeloop --pareto | --pareto: a search by Timeloop's rules finds the best mapping, no front; leave --pareto or --accounting out",
        "timeloop --tiling imperfect | --constraints and --tiling are about Einloom's mapspace, and --accounting timeloop searches Timeloop's; leave the one or the other out",
      })
  @DisplayName("what is not searched is refused")
  void refused(String accounting, String message) {
    Cli.Result r =
        Cli.run(
            ("map --quiet --accounting "
                    + accounting
                    + " --timeloop "
                    + files("mapper/mm_small_1pe"))
                .split(" "));
    assertThat(r.exitCode()).isEqualTo(2);
    assertThat(r.err().strip()).isEqualTo("einloom: " + message);
  }

  @Test
  @DisplayName("constraints that nothing satisfies are said to be such")
  void nothing() throws IOException {
    Path constraints = folder.resolve("constraints.yaml");
    Files.writeString(
        constraints,
        """
        mapspace_constraints:
        - {target: RF, type: temporal, factors: M=32 N=32}
        - {target: RF, type: bypass, keep: [Z]}
        """);
    Cli.Result r =
        Cli.run(
            ("map --quiet --accounting timeloop --timeloop "
                    + constraints
                    + " "
                    + files("mapper/mm_small_1pe").replaceAll("\\S*constraints.yaml", ""))
                .strip()
                .split(" +"));
    assertThat(r.exitCode()).isEqualTo(2);
    assertThat(r.err().strip())
        .isEqualTo(
            "einloom: 'matmul': no choice of factors satisfies the constraints and fits all levels; there are mappings without 'M=32' of the loops in time of 'RF', or without 'N=32' of the loops in time of 'RF', or without 'keep: Z' of 'RF'");
  }

  @Test
  @DisplayName("what is not to be reused counts in a search, and in what is written of it")
  void notReused() throws IOException {
    Path constraints = folder.resolve("constraints.yaml");
    String free = files("mapper/mm_small_16pe").replaceAll("\\S*constraints.yaml", "");
    Path plain = folder.resolve("plain.json");
    run("map --quiet --accounting timeloop --json " + plain + " --timeloop " + free.strip());
    double reused = layer(plain).at("/energyPj").asDouble();
    Files.writeString(
        constraints,
        """
        mapspace_constraints:
        - {target: GLB, type: spatial, no_reuse: [A, B], no_link_transfer: [A, B, Z]}
        - {target: RF, type: temporal, no_reuse: [A], rmw_first_update: [Z]}
        """);
    Path result = folder.resolve("result.json");
    String files = constraints + " " + free.strip();
    run("map --quiet --accounting timeloop --json " + result + " --timeloop " + files);
    JsonNode found = layer(result);
    assertThat(found.at("/optimality/status").asString()).isEqualTo("optimal");
    assertThat(found.at("/energyPj").asDouble()).isGreaterThan(reused);
    Path mapping = folder.resolve("mapping.yaml");
    run("convert --to timeloop " + result + " -o " + mapping + " --timeloop " + files);
    assertThat(Files.readString(mapping))
        .contains("no_reuse: [A, B]", "no_link_transfer: [A, B, Z]", "no_temporal_reuse: [A]")
        .contains("rmw_first_update: [Z]");
    Path again = folder.resolve("again.json");
    run(
        "evaluate --accounting timeloop --json "
            + again
            + " --timeloop "
            + mapping
            + " "
            + free.strip());
    assertThat(layer(again).at("/energyPj")).isEqualTo(found.at("/energyPj"));
    assertThat(layer(again).at("/components")).isEqualTo(found.at("/components"));
    // by Einloom's own rules nothing is shared below GLB, and the rest is said to mean nothing
    Cli.Result own = Cli.run(("map --quiet --timeloop " + files).split(" +"));
    assertThat(own.exitCode()).as(own.err()).isZero();
    assertThat(own.err())
        .contains("'no_link_transfer' of 'GLB' means nothing to Einloom's own rules")
        .contains("'no_temporal_reuse' of 'RF' means nothing")
        .contains("'rmw_first_update' of 'RF' means nothing");
    Cli.Result shared = Cli.run(("map --quiet --timeloop " + free.strip()).split(" +"));
    assertThat(own.out()).isNotEqualTo(shared.out());
  }

  @Test
  @DisplayName("factors in space with '<=' and no split lie along the wider axis, which is said")
  void atMostWithoutSplit() throws IOException {
    Path constraints = folder.resolve("constraints.yaml");
    Files.writeString(
        constraints, "mapspace_constraints:\n- {target: GLB, type: spatial, factors: N<=2 K=1}\n");
    Cli.Result r =
        Cli.run(
            ("map --quiet --timeloop "
                    + constraints
                    + " "
                    + files("mapper/mm_small_16pe").replaceAll("\\S*constraints.yaml", "").strip())
                .split(" +"));
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.err())
        .contains("without a 'split' that says where, 'N<=2' lies along X alone; no other way");
  }

  @Test
  @DisplayName("an interrupted search says what is proven by then")
  void bounded() throws IOException {
    Path result = folder.resolve("result.json");
    run(
        "map --quiet --time-limit 1ms --accounting timeloop --json "
            + result
            + " --timeloop "
            + files("mapper/mm_small_16pe"));
    JsonNode o = layer(result).at("/optimality");
    assertThat(o.at("/lowerBound").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(o.at("/value").asDouble());
  }

  private static String files(String name) {
    try (Stream<Path> all = Files.list(Path.of(FOLDER + name))) {
      return all.map(Path::toString).sorted().collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static JsonNode layer(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file)).at("/layers/0");
  }

  private static void run(String command) {
    Cli.Result r = Cli.run(command.strip().split(" +"));
    assertThat(r.exitCode()).as(r.err()).isZero();
  }
}
