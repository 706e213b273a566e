package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code einloom map --sparsity}. */
class SparseMapCommandTest {
  private static final String ARCH = "../examples/sparse/accelerator.yaml";

  @TempDir private Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), "einloom: 1\n" + text).toString();
  }

  private String product() throws IOException {
    return file(
        "product.yaml",
        """
        workload:
          name: small product
          einsums:
          - name: product
            extents: {m: 16, n: 16, k: 32}
            expression: "Z[m,n] += A[m,k] * B[k,n]"
        """);
  }

  private static final String OPEN =
      """
      sparsity:
        densities: {product: {A: {uniform: 0.1}, B: {structured: {occupied: 2, group: 4, rank: 0}}}}
        memories:
          DRAM:
            formats: {A: [bitmask, csr, coo], B: [uncompressed, bitmask]}
            actions: {metadata_read: {energy: 8 pJ, width: 1 b}}
          Buffer:
            formats: {A: [bitmask, csr, [{level: coordinates, ranks: [0, 1], bits: 16}]]}
            optimizations:
            - {skip: B, on: A, optional: true}
            - {gate: Z, on: [A, B], optional: true}
            actions: {metadata_read: {energy: 0.05 pJ, width: 1 b}}
        compute: {zeros: [gate, skip, compute]}
      """;

  private Cli.Result map(String sparsity, String... more) throws IOException {
    var all = new ArrayList<>(List.of("map", product(), "--arch", ARCH, "-q"));
    all.addAll(List.of("--sparsity", file("sparsity.yaml", sparsity)));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(new String[0]));
  }

  private static Cli.Result transposed(String arch) {
    String folder = "../examples/sparse/convolution/";
    return Cli.run(
        "map",
        folder + "transposed.yaml",
        "--arch",
        folder + arch,
        "--sparsity",
        folder + "transposed-sparsity.yaml",
        "-q",
        "--json",
        "-");
  }

  @Test
  @DisplayName("proves a transposed convolution whose result one memory keeps")
  void resultsThatOverlap() {
    JsonNode layer =
        JsonMapper.shared()
            .readTree(transposed("transposed-design.yaml").succeeded().out())
            .get("layers")
            .get(0);
    assertThat(layer.get("optimality").get("status").asString()).isEqualTo("optimal");
    assertThat(layer.get("energyPj").asDouble()).isCloseTo(16.6e6, within(0.05e6));
    assertThat(layer.get("cycles").asDouble()).isCloseTo(80.3e3, within(0.05e3));
  }

  @Test
  @DisplayName("names the memory that would have to keep parts of a result that overlap")
  void resultsThatOverlapFurtherIn() throws IOException {
    String design =
        Files.readString(Path.of("../examples/sparse/convolution/transposed-design.yaml"))
            .replace("keep: [weight]", "keep: [weight, output]");
    Cli.Result result =
        Cli.run(
            "map",
            "../examples/sparse/convolution/transposed.yaml",
            "--arch",
            Files.writeString(folder.resolve("design.yaml"), design).toString(),
            "--sparsity",
            "../examples/sparse/convolution/transposed-sparsity.yaml",
            "-q");
    assertThat(result.refused())
        .contains(
            "ranks of the result 'O' have several variables",
            "'Registers' has to keep it besides the outermost memory",
            "let it bypass 'Registers', or search without --sparsity");
  }

  @Test
  @DisplayName("chooses formats and optimisations, proves it, and evaluate agrees")
  void chooses() throws IOException {
    String mapping = folder.resolve("mapping.yaml").toString();
    JsonNode result =
        JsonMapper.shared()
            .readTree(map(OPEN, "--json", "-", "--save-mapping", mapping).succeeded().out());
    JsonNode layer = result.get("layers").get(0);
    assertThat(layer.get("optimality").get("status").asString()).isEqualTo("optimal");
    List<String> chosen = new ArrayList<>();
    layer
        .get("sparsity")
        .get("tiles")
        .forEach(
            t ->
                chosen.add(
                    t.get("memory").asString()
                        + " "
                        + t.get("tensor").asString()
                        + " "
                        + t.get("format").asString()));
    assertThat(chosen).contains("DRAM A csr", "DRAM B bitmask");
    // skipping points costs nothing here, and leaves the rest with nothing to gain
    assertThat(layer.get("sparsity").get("points").get("skipped").asDouble())
        .isCloseTo(16 * 16 * 32 * 0.95, within(10.0));

    String format =
        chosen.stream()
            .filter(c -> c.startsWith("Buffer A"))
            .map(c -> c.endsWith("coordinates") ? "coo" : c.substring(9))
            .findFirst()
            .orElseThrow();
    assertThat(format).isIn("bitmask", "csr", "coo", "uncompressed");
    Cli.Result open =
        Cli.run(
            "evaluate",
            product(),
            "--arch",
            ARCH,
            "--mapping",
            mapping,
            "--sparsity",
            folder.resolve("sparsity.yaml").toString());
    assertThat(open.exitCode()).isEqualTo(2);
    assertThat(open.err()).contains("leaves something to choose", "one of");
  }

  private static List<String> formats(JsonNode layer) {
    List<String> formats = new ArrayList<>();
    for (JsonNode t : layer.get("sparsity").get("tiles")) {
      formats.add(
          "%s %s %s"
              .formatted(
                  t.get("memory").asString(),
                  t.get("tensor").asString(),
                  t.get("format").asString()));
    }
    return formats;
  }

  @Test
  @DisplayName("stores a result compressed where that is best, and evaluate agrees")
  void result() throws IOException {
    String mapping = folder.resolve("mapping.yaml").toString();
    String open = stored("A: [bitmask, csr], B: bitmask, Z: [uncompressed, bitmask]", "A: bitmask");
    JsonNode layer =
        JsonMapper.shared()
            .readTree(map(open, "--json", "-", "--save-mapping", mapping).succeeded().out())
            .get("layers")
            .get(0);
    assertThat(layer.get("optimality").get("status").asString()).isEqualTo("optimal");
    List<String> chosen = formats(layer);
    assertThat(chosen).contains("DRAM Z bitmask").doesNotContain("Buffer Z bitmask");
    Cli.Result again =
        Cli.run(
            "evaluate",
            product(),
            "--arch",
            ARCH,
            "--mapping",
            mapping,
            "--sparsity",
            file("fixed.yaml", stored(at(chosen, "DRAM"), at(chosen, "Buffer"))),
            "--json",
            "-");
    double pj =
        JsonMapper.shared()
            .readTree(again.succeeded().out())
            .get("totals")
            .get("energyPj")
            .asDouble();
    double expected = layer.get("energyPj").asDouble();
    assertThat(pj).isCloseTo(expected, within(1e-9 * expected));
    assertThat(map(open, "--explain").succeeded().out().replaceAll("\\s+", " ")).contains("Z");
  }

  private static String stored(String atDram, String atBuffer) {
    return """
        sparsity:
          densities: {product: {A: {uniform: 0.1}, B: {uniform: 0.5}, Z: {uniform: 0.25}}}
          memories:
            DRAM:
              formats: {%s}
              actions: {metadata_read: {energy: 8 pJ, width: 1 b}}
            Buffer: {formats: {%s}}
          compute: {zeros: skip}
        """
        .formatted(atDram, atBuffer);
  }

  /** What was chosen for a memory, as a file has it. */
  private static String at(List<String> chosen, String memory) {
    return chosen.stream()
        .filter(c -> c.startsWith(memory + " "))
        .map(c -> c.split(" "))
        .map(c -> c[1] + ": " + c[2])
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  @Test
  @DisplayName("a result that has to be compressed, and nowhere can be, is told")
  void incomplete() throws IOException {
    String apart =
        """
        sparsity:
          densities: {product: {Z: {uniform: 0.25}}}
          memories: {Buffer: {formats: {Z: bitmask}}}
        """;
    String must = file("constraints.yaml", "constraints:\n  memories: {Buffer: {keep: [Z]}}\n");
    Cli.Result none = map(apart, "--constraints", must);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("'keep: [Z]' of memory 'Buffer'", "leaves no mapping");
    String unknown =
        apart
            .replace("Z: bitmask", "Z: [uncompressed, bitmask]")
            .replace("densities: {product: {Z: {uniform: 0.25}}}", "densities: {}");
    assertThat(map(unknown).err())
        .contains(
            "sparsity.yaml:4:",
            "'Z', the result of 'product', has format bitmask at 'Buffer', and no density");
  }

  @Test
  @DisplayName("without zeros it finds what the dense search finds")
  void dense() throws IOException {
    JsonNode sparse =
        JsonMapper.shared()
            .readTree(map("sparsity:\n  compute: {}\n", "--json", "-").succeeded().out());
    JsonNode dense =
        JsonMapper.shared()
            .readTree(
                Cli.run("map", product(), "--arch", ARCH, "-q", "--json", "-").succeeded().out());
    JsonNode found = sparse.get("layers").get(0).get("optimality");
    JsonNode known = dense.get("layers").get(0).get("optimality");
    assertThat(found.get("status")).isEqualTo(known.get("status"));
    double edp = known.get("value").asDouble();
    assertThat(found.get("value").asDouble()).isCloseTo(edp, within(1e-9 * edp));
  }

  @Test
  @DisplayName("with a density that depends on the place it finds an optimum")
  void banded() throws IOException {
    String banded =
        "sparsity:\n  densities: {all: {A: {banded: {below: 1, above: 1, share: 1.0}}}}\n";
    JsonNode found = JsonMapper.shared().readTree(map(banded, "--json", "-").succeeded().out());
    assertThat(found.get("layers").get(0).get("optimality").get("status").asString())
        .isEqualTo("optimal");
  }

  private Cli.Result constrained(String constraints, String... more) throws IOException {
    var all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--constraints", file("constraints.yaml", "constraints:\n" + constraints)));
    return map(OPEN, all.toArray(new String[0]));
  }

  @Test
  @DisplayName("constraints take mappings out, also those that save the most")
  void constraints() throws IOException {
    JsonNode free = JsonMapper.shared().readTree(map(OPEN, "--json", "-").succeeded().out());
    String asked =
        """
          memories:
            DRAM: {order: [k], factors: {k: 4, m: {min: 2}}}
            Buffer: {keep: [A], bypass: [B], inner_order: [n]}
          fanouts:
            Array: {min_utilization: 1, dimensions: {x: {variables: [m, k], factors: {m: 2}}}}
        """;
    Path mapping = folder.resolve("constrained.txt");
    JsonNode found =
        JsonMapper.shared()
            .readTree(
                constrained(asked, "--json", "-", "--save-mapping", mapping.toString())
                    .succeeded()
                    .out());
    assertThat(value(found)).isGreaterThan(value(free));
    assertThat(found.get("layers").get(0).get("optimality").get("status").asString())
        .isEqualTo("optimal");
    assertThat(Files.readString(mapping))
        .contains("fanout: Array, dimension: x, variable: k")
        .containsPattern("memory: Buffer, tensors: \\[A")
        .doesNotContainPattern("memory: Buffer, tensors: .*B");
  }

  private static double value(JsonNode result) {
    return result.get("layers").get(0).get("optimality").get("value").asDouble();
  }

  @Test
  @DisplayName("of constraints that leave no mapping it says which conflict, and where they stand")
  void conflict() throws IOException {
    Cli.Result none =
        constrained(
            """
              memories:
                DRAM: {factors: {k: 4}}
                Buffer: {factors: {k: 16}}
              max_energy: 1 J
            """);
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .contains("no mapping of layer 'product'", "constraints.yaml:4", "constraints.yaml:5")
        .doesNotContain("max_energy");
    Cli.Result poor = constrained("  max_energy: 1 pJ\n");
    assertThat(poor.err()).contains("constraints.yaml:3:", "max_energy");
  }

  @Test
  @DisplayName("what is not searched is refused with the reason")
  void refused() throws IOException {
    assertThat(map(OPEN, "--tiling", "imperfect").err()).contains("imperfect tiles of");
    assertThat(map(OPEN.replace("[bitmask, csr, coo]", "[bitmask, {level: bitmask}]")).err())
        .contains("a level of a format among formats");
    assertThat(map(OPEN.replace("[gate, skip, compute]", "[gate, leave]")).err())
        .contains("'zeros' is 'leave'");
  }
}
