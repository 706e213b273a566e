package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code einloom map --sparsity --pareto}, and the energy-delay product of sparse networks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparseFrontCommandTest {
  private Path folder = Path.of("");
  private String architecture = "";
  private String network = "";

  /** Of all layers: what is printed, and written. */
  private String table = "";

  private JsonNode fronts = JsonMapper.shared().nullNode();

  private static final String FIXED =
      """
      sparsity:
        densities:
          wide: {A: {uniform: 0.25}, B: {uniform: 0.5}}
          deep: {A: {uniform: 0.5}}
          again: {A: {uniform: 0.5}, B: {uniform: 0.125}}
        memories:
          DRAM:
            formats: {A: [uncompressed, csr], B: [uncompressed, bitmask]}
            actions: {metadata_read: {energy: 6 pJ, width: 8 b, throughput: 1 /cycle}}
          Buffer:
            formats:
              A: [uncompressed, bitmask]
              B: [uncompressed, [{level: coordinates, ranks: [0, 1], bits: 8}]]
            optimizations:
            - {skip: [A, B], optional: true}
            - {gate: Z, on: [A, B]}
            actions: {metadata_read: {energy: 0.5 pJ, width: 4 b, throughput: 1 /cycle}}
        compute: {zeros: [gate, compute], actions: {gated_compute: {energy: 0.1 pJ}}}
      """;

  @BeforeAll
  void search(@TempDir Path made) throws IOException {
    folder = made;
    network =
        file(
            "network.yaml",
            """
            workload:
              name: three products
              einsums:
              - name: wide
                extents: {m: 4, n: 8, k: 8}
                expression: "Z[m,n] += A[m,k] * B[k,n]"
              - name: deep
                extents: {m: 8, n: 4, k: 16}
                expression: "Z[m,n] += A[m,k] * B[k,n]"
              - name: again
                extents: {m: 4, n: 8, k: 8}
                expression: "Z[m,n] += A[m,k] * B[k,n]"
            """);
    String shipped = Files.readString(Path.of("../examples/sparse/accelerator.yaml"));
    architecture =
        Files.writeString(
                folder.resolve("design.yaml"),
                shipped.replace("64 Kib", "1 Kib").replace("throughput: 8 ", "throughput: 2 "))
            .toString();
    Path written = folder.resolve("fronts.json");
    table = map("--pareto", "--json", written.toString()).succeeded().out();
    fronts = JsonMapper.shared().readTree(Files.readString(written));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), "einloom: 1\n" + text).toString();
  }

  private Cli.Result map(String... more) throws IOException {
    var all = new ArrayList<>(List.of("map", network, "--arch", architecture, "-q"));
    all.addAll(List.of("--sparsity", file("sparsity.yaml", FIXED)));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(new String[0]));
  }

  private JsonNode json(String... more) throws IOException {
    var all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--json", "-"));
    return JsonMapper.shared().readTree(map(all.toArray(new String[0])).succeeded().out());
  }

  @Test
  @DisplayName("every point of a front is evaluated again with what was chosen for it")
  void pointsCanBeEvaluated() throws IOException {
    int points = 0;
    int choices = 0;
    for (JsonNode layer : fronts.get("layers")) {
      assertThat(layer.get("optimality").get("status").asString()).isEqualTo("optimal");
      JsonNode own = layer.get("sparsity").get("choice");
      boolean among = false;
      for (JsonNode point : layer.get("front")) {
        JsonNode choice = point.get("sparsity").get("choice");
        boolean isOwn = choice.equals(own) && point.get("mapping").equals(layer.get("mapping"));
        among |= isOwn;
        choices += choice.equals(own) ? 0 : 1;
        points++;
        isConfirmed(layer.get("name").asString(), point, choice);
      }
      assertThat(among).as("what is reported is a point of the front").isTrue();
    }
    assertThat(points).isGreaterThan(fronts.get("layers").size());
    assertThat(choices).as("points with other choices").isPositive();
  }

  /** What is printed is what {@code evaluate} takes. */
  private void isConfirmed(String layer, JsonNode point, JsonNode choice) throws IOException {
    // JSON is YAML
    String sparsity = file("chosen.yaml", FIXED + "  layers: {" + layer + ": " + choice + "}\n");
    Path mapping = folder.resolve("mapping.yaml");
    Files.writeString(mapping, point.get("mapping").asString());
    JsonNode again =
        JsonMapper.shared()
            .readTree(
                Cli.run(
                        "evaluate",
                        network,
                        "--arch",
                        architecture,
                        "--layer",
                        layer,
                        "--mapping",
                        mapping.toString(),
                        "--sparsity",
                        sparsity,
                        "--json",
                        "-")
                    .succeeded()
                    .out());
    JsonNode found = again.get("layers").get(0);
    assertThat(found.get("energyPj").asDouble()).isEqualTo(point.get("energyPj").asDouble());
    assertThat(found.get("latencyS").asDouble()).isEqualTo(point.get("latencyS").asDouble());
    assertThat(found.get("sparsity").get("choice")).isEqualTo(choice);
  }

  @Test
  @DisplayName("the energy-delay product of a sparse network is the least over all points")
  void network() throws IOException {
    double least = least(fronts.get("layers"), 0, 0, 0);
    JsonNode found = json();
    assertThat(found.get("layers").size()).isEqualTo(3);
    JsonNode o = found.get("totals").get("optimality");
    assertThat(o.get("status").asString()).isEqualTo("optimal");
    assertThat(o.get("value").asDouble()).isCloseTo(least, within(1e-9 * least));
    double energy = 0;
    double latency = 0;
    for (JsonNode layer : found.get("layers")) {
      energy += layer.get("energyPj").asDouble();
      latency += layer.get("latencyS").asDouble();
      // what is told of zeros is of the mapping that was chosen for the network
      JsonNode points = layer.get("sparsity").get("points");
      assertThat(points.get("done").asDouble()).isPositive();
    }
    assertThat(energy * latency).isCloseTo(least, within(1e-9 * least));
    assertThat(eachOwnBest()).as("not each layer's own best").isGreaterThan(least * (1 + 1e-6));
  }

  private double eachOwnBest() {
    double energy = 0;
    double latency = 0;
    for (JsonNode layer : fronts.get("layers")) {
      JsonNode best = layer.get("front").get(0);
      for (JsonNode p : layer.get("front")) {
        best = product(p) < product(best) ? p : best;
      }
      energy += best.get("energyPj").asDouble();
      latency += best.get("latencyS").asDouble();
    }
    return energy * latency;
  }

  private static double product(JsonNode p) {
    return p.get("energyPj").asDouble() * p.get("latencyS").asDouble();
  }

  /** By trying every point of every layer. */
  private static double least(JsonNode layers, int i, double energy, double latency) {
    if (i == layers.size()) {
      return energy * latency;
    }
    double least = Double.POSITIVE_INFINITY;
    for (JsonNode p : layers.get(i).get("front")) {
      double pj = energy + p.get("energyPj").asDouble();
      double s = latency + p.get("latencyS").asDouble();
      least = Math.min(least, least(layers, i + 1, pj, s));
    }
    return least;
  }

  @Test
  @DisplayName("the table tells what points have that others have not")
  void table() {
    assertThat(table)
        .containsPattern("front of again: \\d mappings, proven whole")
        .containsPattern("front of wide, [0-9.]+ nJ, \\d+ cycles: gate zeros")
        .containsPattern("front of again, [0-9.]+ nJ, \\d+ cycles: B at Buffer as coordinates");
  }

  @Test
  @DisplayName("a front that is cut short is bounded, and has what was found")
  void cutShort() throws IOException {
    Cli.Result cut = map("--pareto", "--layer", "deep", "--time-limit", "1ms", "--json", "-");
    JsonNode layer = JsonMapper.shared().readTree(cut.succeeded().out()).get("layers").get(0);
    assertThat(layer.get("front").size()).isPositive();
    JsonNode o = layer.get("optimality");
    assertThat(o.get("status").asString()).isIn("bounded", "optimal");
    assertThat(o.get("lowerBound").asDouble()).isLessThanOrEqualTo(o.get("value").asDouble());
  }
}
