package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of docs/sparse-designs.md hold what the examples give. */
class KnownDesignsTest {
  private static final Path EXAMPLES = Path.of("../examples/sparse");

  private static JsonNode run(String workload, String arch, String mapping, String sparsity) {
    List<String> all = new ArrayList<>(List.of("evaluate", path(workload), "--arch"));
    all.add(arch.endsWith(".yaml") ? path(arch) : arch);
    all.addAll(List.of("--mapping", path(mapping), "--json", "-"));
    if (!sparsity.isEmpty()) {
      all.addAll(List.of("--sparsity", path(sparsity)));
    }
    return JsonMapper.shared().readTree(Cli.run(all.toArray(new String[0])).succeeded().out());
  }

  private static String path(String file) {
    return EXAMPLES.resolve(file).toString();
  }

  private static void row(String... cells) throws IOException {
    assertThat(Files.readAllLines(Path.of("../docs/sparse-designs.md")))
        .contains("| " + String.join(" | ", cells) + " |");
  }

  private static String text(String format, double x) {
    return String.format(Locale.ROOT, format, x);
  }

  /** {@code -4.1 %}. */
  private static String error(double found, double published) {
    return text("%+.1f %%", 100 * (found / published - 1));
  }

  private static double megabytes(JsonNode layer, int wordBytes) {
    double bytes = 0;
    for (JsonNode f : layer.get("sparsity").get("flows")) {
      if (f.get("component").asString().equals("DRAM")) {
        bytes += f.get("done").asDouble() * wordBytes + f.get("metadataBits").asDouble() / 8;
      }
    }
    return bytes / 1e6;
  }

  private static double processingElementsPj(JsonNode result) {
    double energy = 0;
    for (JsonNode layer : result.get("layers")) {
      for (JsonNode c : layer.get("components")) {
        if (Set.of("IfmapSpad", "FilterSpad", "PsumSpad", "MAC")
            .contains(c.get("name").asString())) {
          energy += c.get("energyPj").asDouble();
        }
      }
    }
    return energy;
  }

  @Test
  @DisplayName("Eyeriss: DRAM traffic compressed, energy of gated processing elements")
  void eyeriss() throws IOException {
    String mapping = "eyeriss/mapping.yaml";
    JsonNode sparse = run("eyeriss/alexnet.yaml", "eyeriss", mapping, "eyeriss/sparsity.yaml");
    double[] published = {5.0, 4.0, 3.0, 2.1, 1.3};
    double all = 0;
    for (int i = 0; i < published.length; i++) {
      JsonNode layer = sparse.get("layers").get(i);
      double here = megabytes(layer, 2);
      all += here;
      row(
          layer.get("name").asString(),
          text("%.1f", published[i]),
          text("%.2f", here),
          error(here, published[i]));
    }
    row("all", "15.4", text("%.2f", all), error(all, 15.4));
    JsonNode dense = run("eyeriss/alexnet.yaml", "eyeriss", mapping, "");
    double saved = 1 - processingElementsPj(sparse) / processingElementsPj(dense);
    row("power of a PE saved by gating", "45 %", text("%.0f %%", 100 * saved));
  }

  @Test
  @DisplayName("Eyeriss v2: cycles of a processing element")
  void eyerissV2() throws IOException {
    JsonNode result =
        run(
            "eyeriss-v2-pe/layers.yaml",
            "eyeriss-v2-pe/pe.yaml",
            "eyeriss-v2-pe/mapping.txt",
            "eyeriss-v2-pe/sparsity.yaml");
    long[] published = {1702140, 1499682, 1144158, 1457458, 948572, 775316};
    for (int i = 0; i < published.length; i++) {
      JsonNode layer = result.get("layers").get(i);
      double cycles = layer.get("cycles").asDouble();
      row(
          layer.get("name").asString(),
          "%,d".formatted(published[i]),
          text("%,.0f", cycles),
          error(cycles, (double) published[i]));
    }
  }

  /** Points of all layers by those that are done. */
  private static double speedUp(JsonNode result) {
    double dense = 0;
    double sparse = 0;
    for (JsonNode layer : result.get("layers")) {
      dense += layer.get("macs").asDouble();
      sparse += layer.get("sparsity").get("points").get("done").asDouble();
    }
    return dense / sparse;
  }

  /** The energy without zeros by that with them. */
  private static double energySaved(JsonNode result) {
    double dense = 0;
    for (JsonNode layer : result.get("layers")) {
      dense += layer.get("sparsity").get("denseEnergyPj").asDouble();
    }
    return dense / result.get("totals").get("energyPj").asDouble();
  }

  @Test
  @DisplayName("SCNN, Cnvlutin: how much less there is to do, and what it takes")
  void convolutions() throws IOException {
    JsonNode scnn =
        run("scnn/vgg16.yaml", "scnn/scnn.yaml", "scnn/mapping.txt", "scnn/sparsity.yaml");
    double faster = speedUp(scnn);
    row("SCNN, faster than dense", "2.7", text("%.2f", faster), error(faster, 2.7));
    double less = energySaved(scnn);
    row("SCNN, less energy than dense", "2.3", text("%.2f", less), error(less, 2.3));
    JsonNode cnv =
        run(
            "scnn/vgg16.yaml",
            "cnvlutin/cnvlutin.yaml",
            "cnvlutin/mapping.txt",
            "cnvlutin/sparsity.yaml");
    double cnvFaster = speedUp(cnv);
    row("Cnvlutin, faster than dense", "1.37", text("%.2f", cnvFaster), error(cnvFaster, 1.37));
    double product = cnvFaster * energySaved(cnv);
    row("Cnvlutin, less energy x delay", "1.47", text("%.2f", product), error(product, 1.47));
  }

  @Test
  @DisplayName("2:4 sparse tensor cores: operations per second, and how small weights are")
  void tensorCore() throws IOException {
    JsonNode result =
        run(
            "sparse-tensor-core/gemm.yaml",
            "sparse-tensor-core/a100.yaml",
            "sparse-tensor-core/mapping.txt",
            "sparse-tensor-core/sparsity.yaml");
    JsonNode layer = result.get("layers").get(0);
    double tops = result.get("totals").get("tops").asDouble();
    row("2:4 tensor cores, TOPS of 16 b", "624", text("%.0f", tops), error(tops, 624));
    for (JsonNode t : layer.get("sparsity").get("tiles")) {
      if (t.get("memory").asString().equals("HBM") && t.get("tensor").asString().equals("A")) {
        double share =
            (t.get("expectedWords").asDouble() * 16 + t.get("expectedMetadataBits").asDouble())
                / (t.get("words").asDouble() * 16);
        row("2:4 weights of 16 b, size", "9/16", text("%.4f", share), error(share, 9.0 / 16));
      }
    }
  }

  private static final List<String> MATRICES =
      List.of("wiki_vote", "p2p_gnutella31", "ca_condmat", "poisson3da", "email_enron");

  private static JsonNode layer(JsonNode result, String name) {
    for (JsonNode layer : result.get("layers")) {
      if (layer.get("name").asString().equals(name)) {
        return layer;
      }
    }
    throw new AssertionError(name);
  }

  /** Words of 12 B that move in and out of the memory, MB. */
  private static double traffic(JsonNode layer) {
    double words = 0;
    for (JsonNode f : layer.get("sparsity").get("flows")) {
      if (f.get("component").asString().equals("HBM")) {
        words += f.get("done").asDouble();
      }
    }
    return words * 12 / 1e6;
  }

  private static double ms(JsonNode layer) {
    return layer.get("latencyS").asDouble() * 1e3;
  }

  /** Of both phases. */
  private static double outerMs(JsonNode outer, String name) {
    return ms(layer(outer, "multiply_" + name)) + ms(layer(outer, "merge_" + name));
  }

  private static JsonNode outer() {
    return run(
        "outer-product/spgemm.yaml",
        "outer-product/outerspace.yaml",
        "outer-product/mapping.txt",
        "outer-product/sparsity.yaml");
  }

  @Test
  @DisplayName("outer products: time on uniform matrices, traffic on others, row-wise products")
  void outerProducts() throws IOException {
    JsonNode outer = outer();
    double[] published = {7.608, 3.652, 2.530, 1.791, 1.715};
    for (int i = 0; i < published.length; i++) {
      double here = outerMs(outer, "uniform" + (i + 1));
      row(
          "uniform" + (i + 1),
          text("%.3f", published[i]),
          text("%.3f", here),
          error(here, published[i]));
    }
    double[] moved = {134.4, 24.56, 132.1, 326.4, 1613};
    JsonNode rows =
        run(
            "row-wise/spgemm.yaml",
            "row-wise/matraptor.yaml",
            "row-wise/mapping.txt",
            "row-wise/sparsity.yaml");
    double faster = 1;
    double gflops = 0;
    for (int i = 0; i < MATRICES.size(); i++) {
      String name = MATRICES.get(i);
      JsonNode multiply = layer(outer, "multiply_" + name);
      double here = traffic(multiply) + traffic(layer(outer, "merge_" + name));
      row(name, text("%.4g", moved[i]), text("%.4g", here), error(here, moved[i]));
      faster *= outerMs(outer, name) / ms(layer(rows, name));
      double done = multiply.get("sparsity").get("points").get("done").asDouble();
      gflops += 2 * done / (outerMs(outer, name) * 1e6) / MATRICES.size();
    }
    row("outer products, GFLOPS", "2.9", text("%.2f", gflops), error(gflops, 2.9));
    double watts = outer.get("totals").get("powerW").asDouble();
    row("outer products, W", "24", text("%.1f", watts), error(watts, 24));
    faster = Math.pow(faster, 1.0 / MATRICES.size());
    row("row-wise, faster than outer products", "1.8", text("%.2f", faster), error(faster, 1.8));
    double less = watts / rows.get("totals").get("powerW").asDouble();
    row("row-wise, less power than outer products", "7.2", text("%.2f", less), error(less, 7.2));
  }

  @Test
  @DisplayName("Gamma: time and traffic of products by rows")
  void gamma() throws IOException {
    JsonNode result =
        run("row-wise/spgemm.yaml", "gamma/gamma.yaml", "gamma/mapping.txt", "gamma/sparsity.yaml");
    double[] published = {0.2102, 0.08219, 0.2625, 0.3737, 3.338};
    double[] moved = {24.01, 10.72, 33.03, 45.94, 396.9};
    for (int i = 0; i < published.length; i++) {
      JsonNode layer = layer(result, MATRICES.get(i));
      double here = ms(layer);
      double traffic = traffic(layer);
      row(
          MATRICES.get(i),
          text("%.4g", published[i]),
          text("%.4g", here),
          error(here, published[i]),
          text("%.4g", moved[i]),
          text("%.4g", traffic),
          error(traffic, moved[i]));
    }
  }
}
