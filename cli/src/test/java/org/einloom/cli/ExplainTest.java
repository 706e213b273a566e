package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said besides figures: explanations, fronts, memories that are never used. */
class ExplainTest {
  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: mm
        einsums:
        - {name: mm, extents: {m: 8, n: 12, k: 6}, expression: "O[m,n] += A[m,k] * B[k,n]"}
      """;
  private static final String ARCHITECTURE =
      """
      einloom: 1
      architecture:
        name: small
        clock: 1 GHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
        nodes:
        - memory: DRAM
          actions: {read: {energy: 9 pJ, throughput: 1/cycle}, write: {energy: 9 pJ}}
        - memory: Buffer
          size: 64 B
          actions: {read: {energy: 1 pJ, throughput: 2/cycle}, write: {energy: 1 pJ}}
        - memory: Extra
          actions: {read: {energy: 0.1 pJ}, write: {energy: 0.1 pJ}}
        - fanout: Array
          dimensions: [{name: x, size: 4}]
        - compute: MAC
          actions: {compute: {energy: 1 pJ, throughput: 1/cycle}}
      """;

  @TempDir Path folder;

  @Test
  void tellsWhatDecidesTheTimeAndHowFarTrafficIsFromTheLeast() throws IOException {
    String[] evaluate = Matmul.command("--explain", "--json", "-");
    JsonNode why = parse(Cli.run(evaluate).succeeded().out()).at("/layers/0/explanation");
    assertThat(why.at("/time/0/component").asString()).isEqualTo("MAC");
    assertThat(why.at("/time/0/latencyCycles").asDouble()).isEqualTo(16384);
    Map<String, List<Long>> traffic = new LinkedHashMap<>();
    for (JsonNode t : why.get("traffic")) {
      traffic.put(
          t.get("memory").asString() + " " + t.get("tensor").asString(),
          List.of(t.get("words").asLong(), t.get("compulsory").asLong()));
    }
    // 64 x 64 words each: filled once and read more than once, or updated and drained once
    assertThat(traffic.get("DRAM A")).isEqualTo(List.of(4096L, 4096L));
    assertThat(traffic.get("Buffer A")).isEqualTo(List.of(4096L + 16384, 2 * 4096L));
    assertThat(traffic.get("Buffer B")).isEqualTo(List.of(4096L + 8192, 2 * 4096L));
    assertThat(traffic.get("Buffer O")).isEqualTo(List.of(2 * 4096L, 2 * 4096L));
    // a search that did not take place leaves nothing out
    assertThat(why.get("pruned")).isEmpty();
    String text = Cli.run(Arrays.copyOf(evaluate, 7)).succeeded().out();
    assertThat(text)
        .contains("why matmul costs that:", "time: MAC decides with 16.38 k cycles")
        .contains("20.48 k (2.5)");
  }

  @Test
  void aSearchTellsWhatItLeftOut() throws IOException {
    String out = map(ARCHITECTURE, "--explain", "--json", "-");
    JsonNode pruned = parse(out).at("/layers/0/explanation/pruned");
    assertThat(pruned).isNotEmpty();
    assertThat(pruned.get(0).get("argument").asString()).isNotBlank();
  }

  @Test
  void aSearchTellsHowMuchTileShapesMatter() throws IOException {
    String out = map(ARCHITECTURE, "--explain", "--json", "-");
    JsonNode shapes = parse(out).at("/layers/0/explanation/tileShapes");
    long fitting = shapes.get("fitting").asLong();
    assertThat(fitting).isBetween(1L, shapes.get("count").asLong());
    assertThat(shapes.get("within1Percent").asLong()).isBetween(1L, fitting);
    assertThat(shapes.get("withinTwice").asLong())
        .isBetween(shapes.get("within10Percent").asLong(), fitting);
    assertThat(shapes.get("median").asDouble())
        .isGreaterThanOrEqualTo(parse(out).at("/layers/0/optimality/value").asDouble());
    assertThat(map(ARCHITECTURE, "--explain")).contains("tile shapes: of ");
  }

  @Test
  void aFrontHasThePointsThatNoneBeats() throws IOException {
    String out = map(ARCHITECTURE, "--pareto", "--json", "-", "--objective", "energy");
    JsonNode layer = parse(out).at("/layers/0");
    JsonNode front = layer.get("front");
    assertThat(layer.at("/optimality/status").asString()).isEqualTo("optimal");
    assertThat(front).isNotEmpty();
    for (int i = 1; i < front.size(); i++) {
      assertThat(front.get(i).get("energyPj").asDouble())
          .isLessThan(front.get(i - 1).get("energyPj").asDouble());
      assertThat(front.get(i).get("latencyS").asDouble())
          .isGreaterThan(front.get(i - 1).get("latencyS").asDouble());
    }
    JsonNode last = front.get(front.size() - 1);
    assertThat(last.get("energyPj").asDouble()).isEqualTo(layer.get("energyPj").asDouble());
    assertThat(map(ARCHITECTURE, "--pareto")).contains("front of mm: ", "proven whole");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          read: {energy: 0.1 pJ}, write: {energy: 0.1 pJ} | read: {energy: 0.1 pJ} | it has no action 'write'
          read: {energy: 0.1 pJ}, write: {energy: 0.1 pJ} | write: {energy: 0.1 pJ} | it has no action 'read'
          memory: Extra | memory: Extra\\n    size: 4 b | it holds 4 b, less than one word of any tensor that it may keep (1
          memory: Extra | memory: Extra\\n    keep: []\\n    may_keep: [Q] | its keep and may_keep name no tensor
          """)
  void aMemoryThatCannotBeUsedIsNoted(String text, String changed, String note) throws IOException {
    String architecture = ARCHITECTURE.replace(text, changed.replace("\\n", "\n"));
    if (changed.startsWith("read") || changed.startsWith("write")) {
      architecture = replaceLast(ARCHITECTURE, text, changed);
    }
    assertThat(map(architecture)).contains("note: memory Extra is never used: " + note);
    assertThat(map(ARCHITECTURE)).doesNotContain("never used");
  }

  private static String replaceLast(String text, String what, String by) {
    int at = text.lastIndexOf(what);
    return text.substring(0, at) + by + text.substring(at + what.length());
  }

  private String map(String architecture, String... more) throws IOException {
    Path arch = Files.writeString(folder.resolve("a.yaml"), architecture);
    Path workload = Files.writeString(folder.resolve("w.yaml"), WORKLOAD);
    String[] map = {"map", workload.toString(), "--arch", arch.toString()};
    String[] all = Arrays.copyOf(map, map.length + more.length);
    System.arraycopy(more, 0, all, map.length, more.length);
    return Cli.run(all).succeeded().out();
  }

  private static JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
