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

/** {@code einloom evaluate --sparsity}. */
class SparsityCommandTest {
  private static final Path EXAMPLE = Path.of("../examples/sparse");

  @TempDir private Path folder;

  private static String[] evaluate(String... more) {
    return evaluate(EXAMPLE.resolve("accelerator.yaml"), more);
  }

  private static String[] evaluate(Path design, String... more) {
    var all = new ArrayList<>(List.of("evaluate", EXAMPLE.resolve("matmul.yaml").toString()));
    all.addAll(List.of("--arch", design.toString()));
    all.addAll(List.of("--mapping", EXAMPLE.resolve("mapping.txt").toString()));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private static JsonNode json(String... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(List.of("--json", "-"));
    return JsonMapper.shared()
        .readTree(Cli.run(evaluate(all.toArray(new String[0]))).succeeded().out());
  }

  private String file(String sparsity) throws IOException {
    return Files.writeString(folder.resolve("sparsity.yaml"), "einloom: 1\nsparsity:\n" + sparsity)
        .toString();
  }

  @Test
  @DisplayName("without zeros, formats and optimisations it is the dense result")
  void nothingIsSparse() throws IOException {
    JsonNode dense = json().get("totals");
    JsonNode sparse = json("--sparsity", file("  compute: {}\n")).get("totals");
    assertThat(sparse.get("energyPj").asDouble())
        .isCloseTo(dense.get("energyPj").asDouble(), within(1e-3));
    assertThat(sparse.get("cycles")).isEqualTo(dense.get("cycles"));
    assertThat(sparse.get("utilization").asDouble())
        .isCloseTo(dense.get("utilization").asDouble(), within(1e-12));
  }

  @Test
  @DisplayName("the example, counted by hand")
  void example() {
    JsonNode result = json("--sparsity", EXAMPLE.resolve("sparsity.yaml").toString());
    JsonNode layer = result.get("layers").get(0);
    // A has 26,214 words of 512 x 512, each read 16 times, and B half of its words 16 times
    double words = 26_214.0 * 16 + 131_072.0 * 16 + 262_144;
    // 513 offsets of 19 bits and 9 bits a word; and a bit for every word of B
    double bits = 16 * (513 * 19 + 26_214.0 * 9) + 16 * 262_144.0;
    assertThat(layer.get("components").get(0).get("energyPj").asDouble())
        .isCloseTo(128 * words + 8 * bits, within(1.0));
    assertThat(layer.get("sparsity").get("points").get("effectual").asDouble())
        .isCloseTo(26_214.0 * 512 / 2, within(1e-3));
  }

  @Test
  @DisplayName("gating saves energy and no cycle")
  void gating() throws IOException {
    String densities = "  densities: {all: {A: {uniform: 0.1}}}\n";
    JsonNode dense = json().get("totals");
    JsonNode gated =
        json(
                "--sparsity",
                file(
                    densities
                        + "  memories: {Buffer: {optimizations: [{gate: [B, Z], on: A}]}}\n"
                        + "  compute: {zeros: gate}\n"))
            .get("totals");
    assertThat(gated.get("cycles")).isEqualTo(dense.get("cycles"));
    assertThat(gated.get("energyPj").asDouble()).isLessThan(dense.get("energyPj").asDouble());
    JsonNode skipped = json("--sparsity", file(densities + "  compute: {zeros: skip}\n"));
    assertThat(skipped.get("totals").get("cycles").asLong())
        .isLessThan(dense.get("cycles").asLong());
  }

  @Test
  @DisplayName("actual tensors: Matrix Market, at or below the folder")
  void matrixMarket() throws IOException {
    var matrix =
        new StringBuilder("%%MatrixMarket matrix coordinate pattern general\n512 512 512\n");
    for (int i = 1; i <= 512; i++) {
      matrix.append(i).append(' ').append(i).append('\n');
    }
    Files.writeString(folder.resolve("identity.mtx"), matrix);
    JsonNode result =
        json(
            "--sparsity",
            file("  densities: {product: {A: {file: identity.mtx}}}\n  compute: {zeros: skip}\n"));
    JsonNode points = result.get("layers").get(0).get("sparsity").get("points");
    assertThat(points.get("done").asDouble()).isCloseTo(512.0 * 512, within(1e-3));
    String runs = "  memories: {DRAM: {formats: {A: run_length}}}\n";
    String text =
        Cli.run(
                evaluate(
                    "--sparsity",
                    file("  densities: {product: {A: {file: identity.mtx}}}\n" + runs)))
            .succeeded()
            .out();
    // 511 runs of 512 zeros and one of none, broken after every 31: 16 entries of 5 bits more each
    assertThat(text.replaceAll("\\s+", " "))
        .contains("counts are those of these tensors")
        .contains("A at DRAM as run_length, 3.31 % of its words and 43.4 kb of metadata");
    Files.writeString(
        folder.resolve("identity.mtx"), matrix.toString().replace("9 9\n", "9 999\n"));
    refused("  densities: {product: {A: {file: identity.mtx}}}\n", "column 999", "identity.mtx:11");
    refused("  densities: {product: {A: {file: ../x.npy}}}\n", "leads out of the folder");
  }

  @Test
  @DisplayName("mistakes about ranks and results have their place and name what they are about")
  void mistakesOfResults() throws IOException {
    String a = "  densities: {product: {A: {uniform: 0.5}}}\n";
    refused(
        "  densities: {product: {Z: {uniform: 0.5}}}\n",
        "sparsity.yaml:3:25: density of 'Z', the result of 'product', which no memory compresses");
    refused(
        a + "  memories: {DRAM: {formats: {Z: bitmask}}}\n",
        "sparsity.yaml:4:34: 'Z', the result of 'product', has format bitmask at 'DRAM', and no density");
    refused(
        a + "  memories: {DRAM: {optimizations: [{skip: A, on: Z}]}}\n",
        "sparsity.yaml:4:51: 'A' at 'DRAM' follows 'Z', the result of 'product'");
    refused(
        a + "  memories: {DRAM: {formats: {A: [{level: bitmask, ranks: [0, 2]}]}}}\n",
        "sparsity.yaml:4:63: tensor 'A' has no rank 2",
        "0 (m), 1 (k)");
  }

  private void refused(String sparsity, String... messages) throws IOException {
    Cli.Result result = Cli.run(evaluate("--sparsity", file(sparsity)));
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(messages);
  }

  @Test
  @DisplayName("a result that is complete is stored compressed, by its own density")
  void compressedResult() throws IOException {
    JsonNode result =
        json(
            "--sparsity",
            file(
                """
                  densities: {product: {Z: {uniform: 0.25}}}
                  memories: {DRAM: {formats: {Z: bitmask}}}
                """));
    JsonNode flow = flow(result, "DRAM", "Z", "updates");
    assertThat(flow.get("dense").asDouble()).isEqualTo(512.0 * 512);
    assertThat(flow.get("done").asDouble()).isCloseTo(512.0 * 128, within(1e-6));
    assertThat(flow.get("metadataBits").asDouble()).isCloseTo(512.0 * 512, within(1e-6));
  }

  @Test
  @DisplayName("traffic has the metadata in it, and rates tell what is done from what is skipped")
  void wholes() throws IOException {
    JsonNode result = json("--sparsity", EXAMPLE.resolve("sparsity.yaml").toString());
    // as in the example, 16 b a word
    double words = 26_214.0 * 16 + 131_072.0 * 16 + 262_144;
    double bits = 16 * (513 * 19 + 26_214.0 * 9) + 16 * 262_144.0;
    JsonNode totals = result.get("totals");
    assertThat(totals.get("outermostBits").asDouble()).isCloseTo(16 * words + bits, within(1.0));
    double done = result.get("layers").get(0).get("sparsity").get("points").get("done").asDouble();
    assertThat(done).isLessThan(0.9 * totals.get("macs").asDouble());
    assertThat(totals.get("macsDone").asDouble()).isCloseTo(done, within(1e-3));
    assertThat(totals.get("topsDone").asDouble())
        .isCloseTo(2e-12 * done / totals.get("latencyS").asDouble(), within(1e-12));
    assertThat(totals.get("topsPerWDone").asDouble())
        .isCloseTo(2 * done / totals.get("energyPj").asDouble(), within(1e-9));
    assertThat(json().get("totals").has("macsDone")).isFalse();
    assertThat(table("--sparsity", EXAMPLE.resolve("sparsity.yaml").toString()))
        .contains("TOPS/W with all MACs counted", "with those done alone");
  }

  private static String table(String... more) {
    return Cli.run(evaluate(more)).succeeded().out().replaceAll("\\s+", " ");
  }

  @Test
  @DisplayName("costs from the file of sparsity are among the figures")
  void figures() throws IOException {
    JsonNode result = json("--sparsity", EXAMPLE.resolve("sparsity.yaml").toString());
    var named = new ArrayList<String>();
    for (JsonNode f : result.get("figures")) {
      named.add(f.get("component").asString() + " " + f.get("figure").asString());
    }
    assertThat(named).contains("DRAM metadata_read pJ").doesNotHaveDuplicates();
    // the design alone has one figure less
    assertThat(json().get("figures").size()).isLessThan(named.size());
  }

  @Test
  @DisplayName("what it would cost without zeros is told, also where it does not fit then")
  void denseThatDoesNotFit() throws IOException {
    Path small =
        Files.writeString(
            folder.resolve("small.yaml"),
            Files.readString(EXAMPLE.resolve("accelerator.yaml"))
                .replace("size: 64 Kib", "size: 40 Kib")); // dense tiles have 48
    String sparsity =
        file(
            """
              densities: {all: {A: {uniform: 0.01}}}
              memories: {Buffer: {formats: {A: bitmask}}}
            """);
    String[] args = evaluate(small, "--sparsity", sparsity, "--json", "-");
    JsonNode of =
        JsonMapper.shared()
            .readTree(Cli.run(args).succeeded().out())
            .get("layers")
            .get(0)
            .get("sparsity");
    assertThat(of.get("denseFits").asBoolean()).isFalse();
    JsonNode large = json("--sparsity", sparsity).get("layers").get(0).get("sparsity");
    assertThat(large.get("denseFits").asBoolean()).isTrue();
    assertThat(of.get("denseEnergyPj")).isEqualTo(large.get("denseEnergyPj"));
    assertThat(
            Cli.run(evaluate(small, "--sparsity", sparsity))
                .succeeded()
                .out()
                .replaceAll("\\s+", " "))
        .contains("in memories that were large enough for it");
  }

  @Test
  @DisplayName("metadata takes no room of a memory that has a store for it")
  void whatIsHeld() throws IOException {
    for (String store : List.of("", ", metadata: 64 Kib")) {
      JsonNode layer =
          json(
                  "--sparsity",
                  file(
                      """
                        densities: {all: {A: {uniform: 0.01}}}
                        memories: {Buffer: {formats: {A: bitmask}%s}}
                      """
                          .formatted(store)))
              .get("layers")
              .get(0);
      JsonNode held = null;
      for (JsonNode c : layer.get("components")) {
        held = c.get("name").asString().equals("Buffer") ? c.at("/tensors/A/heldBits") : held;
      }
      double expected = Double.NaN;
      for (JsonNode t : layer.at("/sparsity/tiles")) {
        if (t.get("memory").asString().equals("Buffer") && t.get("tensor").asString().equals("A")) {
          double metadata = t.get("expectedMetadataBits").asDouble();
          assertThat(metadata).isPositive();
          expected = 16 * t.get("expectedWords").asDouble() + (store.isEmpty() ? metadata : 0);
        }
      }
      assertThat(held).isNotNull();
      assertThat(held.asLong()).as(store).isEqualTo((long) Math.ceil(expected));
    }
  }

  @Test
  @DisplayName("densities have no more digits than are worth reading, and are read back")
  void digits() throws IOException {
    String text = table("--sparsity", file("  densities: {all: {A: {uniform: 1.23456789e-3}}}\n"));
    assertThat(text).contains("A uniform 0.00123596;"); // 324 of 262,144 words
  }

  private static JsonNode flow(JsonNode result, String memory, String tensor, String flow) {
    for (JsonNode f : result.get("layers").get(0).get("sparsity").get("flows")) {
      if (f.get("component").asString().equals(memory)
          && f.get("tensor").asString().equals(tensor)
          && f.get("flow").asString().equals(flow)) {
        return f;
      }
    }
    throw new AssertionError("no " + flow + " of " + tensor + " at " + memory);
  }

  @Test
  @DisplayName("mistakes are told with their place")
  void mistakes() throws IOException {
    refused(
        "  densities: {product: {C: {uniform: 0.1}}}\n",
        "sparsity.yaml:3:25",
        "unknown tensor 'C'");
    refused("  densities: {product: {A: {uniform: 2}}}\n", "expected a share above 0");
    refused(
        "  densities: {product: {A: {structured: {occupied: 2, group: 5, rank: 0}}}}\n",
        "groups of 5 words");
    refused("  memories: {Bufer: {}}\n", "did you mean 'Buffer'?");
    refused("  memories: {Buffer: {formats: {A: cssr}}}\n", "did you mean 'csr'?");
    refused(
        "  memories: {DRAM: {formats: {Z: csr}}}\n",
        "'Z', the result of 'product', has format csr at 'DRAM', and no density");
    refused("  densities: {product: {Z: {uniform: 0.1}}}\n", "which no memory compresses");
    String density = "  densities: {product: {Z: {uniform: 0.1}}}\n";
    refused(
        density + "  memories: {Buffer: {formats: {Z: csr}}}\n",
        "'Z' is compressed at 'Buffer', where it is not complete");
    refused("  memories: {Buffer: {optimizations: [{skip: A}]}}\n", "has no 'on'");
    refused(
        "  memories: {Buffer: {optimizations: [{skip: A, on: Z}]}}\n", "follows 'Z', the result");
    refused(
        "  memories: {Buffer: {optimizations: [{skip: A, on: [B, B]}]}}\n",
        "'B' stands twice in 'on'");
    refused(
        "  memories: {Buffer: {optimizations: [{skip: [A, A]}]}}\n", "'A' stands twice in 'skip'");
  }

  /** Three layers of one shape, and another. */
  private String[] three(String command, String sparsity) throws IOException {
    Path workload =
        Files.writeString(
            folder.resolve("three.yaml"),
            """
            einloom: 1
            workload:
              name: three
              einsums:
              - {name: a, extents: {m: 8, n: 8, k: 8}, expression: "Z[m,n] += A[m,k] * B[k,n]"}
              - {name: b, extents: {m: 8, n: 8, k: 8}, expression: "Z[m,n] += A[m,k] * B[k,n]"}
              - {name: c, extents: {m: 8, n: 8, k: 4}, expression: "Z[m,n] += A[m,k] * B[k,n]"}
              - {name: d, extents: {m: 8, n: 8, k: 8}, expression: "Z[m,n] += A[m,k] * B[k,n]"}
            """);
    Path arch =
        Files.writeString(
            folder.resolve("arch.yaml"),
            """
            einloom: 1
            architecture:
              name: small
              clock: 1 GHz
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
              nodes:
              - memory: DRAM
                actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}
              - compute: MAC
                actions: {compute: {energy: 1 pJ, throughput: 1 /cycle}}
            """);
    var all = new ArrayList<>(List.of(command, workload.toString(), "--arch", arch.toString()));
    all.addAll(List.of("--sparsity", file(sparsity), "--json", "-"));
    return all.toArray(new String[0]);
  }

  private static final String APART =
      """
        densities:
          all: {A: {uniform: 0.5}}
          b: {A: {uniform: 0.25}}
        compute: {zeros: skip}
      """;

  private static List<String> figures(JsonNode result) {
    var all = new ArrayList<String>();
    for (JsonNode l : result.get("layers")) {
      all.add(l.get("name").asString() + " x" + l.get("repeats") + ": " + l.get("cycles"));
    }
    for (JsonNode o : result.get("order")) {
      all.add(o.get("name").asString() + " is " + o.get("layer"));
    }
    return all;
  }

  @Test
  @DisplayName("layers of one shape with other densities are evaluated apart")
  void densitiesApart() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.txt"),
            """
            layer a
            keep A B Z in DRAM
            for m
              for n
                for k
                  compute MAC
            layer c
            keep A B Z in DRAM
            for k
              for m
                for n
                  compute MAC
            """);
    var all = new ArrayList<>(List.of(three("evaluate", APART)));
    all.addAll(List.of("--mapping", mapping.toString()));
    JsonNode result =
        JsonMapper.shared().readTree(Cli.run(all.toArray(new String[0])).succeeded().out());
    assertThat(figures(result))
        .containsExactly(
            "a x2: 256", "b x1: 128", "c x1: 128", "a is 0", "b is 1", "c is 2", "d is 0");
    assertThat(result.at("/totals/cycles").asLong()).isEqualTo(2 * 256 + 128 + 128);
    all.addAll(List.of("--layer", "d"));
    result = JsonMapper.shared().readTree(Cli.run(all.toArray(new String[0])).succeeded().out());
    assertThat(figures(result)).containsExactly("d x2: 256", "a is 0", "d is 0");
    // what is written is read
    Path file = Files.writeString(folder.resolve("r.json"), result.toString());
    Cli.run("compare", file.toString(), file.toString()).succeeded();
  }

  @Test
  @DisplayName("map takes the best mapping of each of them")
  void searchedApart() throws IOException {
    JsonNode result = JsonMapper.shared().readTree(Cli.run(three("map", APART)).succeeded().out());
    assertThat(figures(result))
        .containsExactly(
            "a x2: 256", "b x1: 128", "c x1: 128", "a is 0", "b is 1", "c is 2", "d is 0");
  }

  @Test
  @DisplayName("formats, optimisations and zeros may be other for a layer")
  void formatsByLayer() throws IOException {
    String sparsity =
        """
          densities: {all: {A: {uniform: 0.5}}}
          memories:
            DRAM: {formats: {A: bitmask, B: bitmask}, optimizations: [{gate: B, on: A}]}
          layers:
            b:
              memories: {DRAM: {formats: {A: coo}, optimizations: [{skip: B, on: A}]}}
              zeros: skip
        """;
    JsonNode result =
        JsonMapper.shared().readTree(Cli.run(three("map", sparsity)).succeeded().out());
    var formats = new ArrayList<String>();
    for (JsonNode l : result.get("layers")) {
      for (JsonNode t : l.at("/sparsity/tiles")) {
        formats.add(
            "%s %s %s"
                .formatted(
                    l.get("name").asString(),
                    t.get("tensor").asString(),
                    t.get("format").asString()));
      }
      boolean b = l.get("name").asString().equals("b");
      JsonNode points = l.at("/sparsity/points");
      // whom the link of B to the compute gates or skips, the point is
      assertThat(points.get("skipped").asDouble()).isEqualTo(b ? 256 : 0);
      assertThat(points.get("gated").asDouble()).isEqualTo(b ? 0 : l.get("macs").asDouble() / 2);
    }
    assertThat(formats)
        .contains("a A bitmask", "a B bitmask", "b A coo", "b B bitmask", "c A bitmask");
    assertThat(Cli.run(three("map", sparsity.replace("    b:\n", "    e:\n"))).refused())
        .contains("unknown layer 'e'; expected 'a', 'b', 'c', 'd'");
    assertThat(Cli.run(three("map", sparsity.replace("      zeros", "      zeroes"))).refused())
        .contains("unknown key 'zeroes'", "zeros");
  }
}
