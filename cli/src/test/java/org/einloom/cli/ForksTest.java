package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Designs of several units: each layer runs on one, and all are paid for. */
class ForksTest {
  private static final String WORKLOAD = "../examples/product-and-pooling.yaml";
  private static final String DESIGN = "../examples/two-units.yaml";

  @TempDir Path folder;

  @Test
  void eachLayerRunsWhereItsOperationIsOffered() throws IOException {
    Path saved = folder.resolve("m.yaml");
    JsonNode found = json("map", WORKLOAD, "--arch", DESIGN, "--save-mapping", saved.toString());
    assertThat(found.at("/layers/0/mapping").asString()).contains("compute MAC");
    assertThat(found.at("/layers/1/mapping").asString()).contains("compute Vector");
    for (JsonNode layer : found.get("layers")) {
      assertThat(names(layer))
          .containsExactlyInAnyOrder("DRAM", "Buffer", "Array", "MAC", "Lanes", "Vector");
    }
    JsonNode idle = component(found.at("/layers/0"), "Vector");
    assertThat(idle.at("/instances").asLong()).isEqualTo(16);
    assertThat(idle.get("actions").propertyNames()).containsExactly("leak");
    // 2 uW of each while the product runs
    double leaked = 16 * 2e6 * found.at("/layers/0/latencyS").asDouble();
    assertThat(idle.get("energyPj").asDouble())
        .isCloseTo(leaked, org.assertj.core.api.Assertions.within(1e-9 * leaked));

    JsonNode given = json("evaluate", WORKLOAD, "--arch", DESIGN, "--mapping", saved.toString());
    assertThat(given.at("/layers/0/components")).isEqualTo(found.at("/layers/0/components"));
    assertThat(given.at("/layers/1/components")).isEqualTo(found.at("/layers/1/components"));
    assertThat(given.at("/totals/areaUm2").asDouble()).isEqualTo(64 * 500.0 + 16 * 900.0);

    Path text = folder.resolve("m.txt");
    Files.writeString(
        text,
        found.at("/layers/0/mapping").asString() + "\n" + found.at("/layers/1/mapping").asString());
    JsonNode again = json("evaluate", WORKLOAD, "--arch", DESIGN, "--mapping", text.toString());
    assertThat(again.get("layers")).isEqualTo(given.get("layers"));
  }

  @Test
  void whatIsNoProductHasOperationsAndNoMacs() throws IOException {
    JsonNode found = json("map", WORKLOAD, "--arch", DESIGN);
    long product = 64 * 64 * 64;
    long pooling = 64 * 32 * 2;
    assertThat(found.at("/layers/0/macs").asLong()).isEqualTo(product);
    assertThat(found.at("/layers/0/operations").asLong()).isZero();
    assertThat(found.at("/layers/1/macs").asLong()).isZero();
    assertThat(found.at("/layers/1/operations").asLong()).isEqualTo(pooling);
    assertThat(found.at("/totals/macs").asLong()).isEqualTo(product);
    assertThat(found.at("/totals/operations").asLong()).isEqualTo(pooling);
    assertThat(Cli.run("map", WORKLOAD, "--arch", DESIGN).succeeded().out())
        .containsPattern("layer +x +MACs +ops +cycles")
        .containsPattern("pooling +1 +0 +4096 ");
    assertThat(Cli.run("workload", WORKLOAD).succeeded().out())
        .containsPattern("pooling +Einsum +1 +0 +4,096 +m64 n32 r2")
        .containsPattern("total +2 +262,144 +4,096\n");
  }

  @Test
  void whatLayersHandToEachOtherCouldStayInTheBuffer() throws IOException {
    JsonNode fusion = json("map", WORKLOAD, "--arch", DESIGN).get("fusion");
    assertThat(fusion.get("intermediates").asLong()).isEqualTo(1);
    // 64 x 64 words of 8 b, written once and read once, at 32 pJ for 8 b
    assertThat(fusion.get("outermostBits").asDouble()).isEqualTo(2 * 64 * 64 * 8.0);
    assertThat(fusion.get("outermostEnergyPj").asDouble()).isEqualTo(2 * 64 * 64 * 32.0);
    JsonNode kept = fusion.at("/kept/0");
    assertThat(kept.get("memory").asString()).isEqualTo("Buffer");
    assertThat(kept.at("/resultsOf/0").asString()).isEqualTo("product");
    assertThat(kept.get("savedBits").asDouble()).isEqualTo(2 * 64 * 64 * 8.0);
    assertThat(json("map", WORKLOAD, "--arch", DESIGN, "--layer", "pooling").get("fusion").isNull())
        .isTrue();
    assertThat(Cli.run("map", WORKLOAD, "--arch", DESIGN).succeeded().out())
        .contains("fusion: keeping the intermediate tensor on the chip can save at most 8.19 kB");
  }

  @Test
  void ofTwoUnitsThatOfferItTheBetterOneIsTaken() throws IOException {
    Path both = folder.resolve("both.yaml");
    String design = Files.readString(Path.of(DESIGN));
    Files.writeString(both, design.replace("[max, add, exp]", "[max, mac]"));
    JsonNode two = json("map", WORKLOAD, "--arch", both.toString(), "--objective", "energy");
    assertThat(two.at("/layers/0/mapping").asString()).contains("compute MAC");
    assertThat(two.at("/layers/0/optimality/status").asString()).isEqualTo("optimal");
    Path dear = folder.resolve("dear.yaml");
    Files.writeString(dear, Files.readString(both).replace("energy: 0.2 pJ", "energy: 9 pJ"));
    JsonNode other = json("map", WORKLOAD, "--arch", dear.toString(), "--objective", "energy");
    assertThat(other.at("/layers/0/mapping").asString()).contains("compute Vector");
    assertThat(other.at("/layers/0/optimality/status").asString()).isEqualTo("optimal");
    // the whole network, whose best choice may mix units
    JsonNode edp = json("map", WORKLOAD, "--arch", dear.toString(), "--objective", "edp");
    assertThat(edp.at("/totals/optimality/status").asString()).isEqualTo("optimal");
  }

  @Test
  void constraintsOfAUnitAreForThoseThatRunThere() throws IOException {
    Path constraints = folder.resolve("c.yaml");
    Files.writeString(
        constraints,
        """
        einloom: 1
        constraints:
          fanouts:
            Lanes: {dimensions: {x: {factors: {m: 4}}}}
            Array: {dimensions: {x: {factors: {k: 8}}}}
        """);
    JsonNode found =
        json("map", WORKLOAD, "--arch", DESIGN, "--constraints", constraints.toString());
    assertThat(found.at("/layers/0/mapping").asString())
        .containsPattern("parallel k in 0\\.\\.\\d+ .*on Array\\.x");
    assertThat(found.at("/layers/1/mapping").asString())
        .containsPattern("parallel m in 0\\.\\.\\d+ .*on Lanes\\.x");
  }

  @Test
  void whyThereIsNoMappingIsSaidOfEveryUnit() throws IOException {
    Path both = folder.resolve("both.yaml");
    Files.writeString(
        both, Files.readString(Path.of(DESIGN)).replace("[max, add, exp]", "[max, mac]"));
    Path constraints = folder.resolve("c.yaml");
    Files.writeString(
        constraints,
        """
        einloom: 1
        constraints:
          fanouts:
            Lanes: {dimensions: {x: {factors: {n: 5}}}}
            Array: {dimensions: {x: {factors: {k: 7}}}}
        """);
    assertThat(
            Cli.run(
                    "map",
                    WORKLOAD,
                    "--arch",
                    both.toString(),
                    "--constraints",
                    constraints.toString())
                .refused())
        .contains("no mapping of layer 'product' on 'two-units', on none of 2 ways; on the way to")
        .containsSubsequence("to 'MAC':", "Array", "to 'Vector':", "Lanes");
  }

  @Test
  void whatNoUnitOffersIsSaid() throws IOException {
    Path workload = folder.resolve("w.yaml");
    Files.writeString(
        workload, Files.readString(Path.of(WORKLOAD)).replace("operation: max", "operation: sin"));
    assertThat(Cli.run("map", workload.toString(), "--arch", DESIGN).refused())
        .contains(
            "no compute of 'two-units' offers 'sin', which layer 'pooling' (Einsum) needs; offered are"
                + " add, exp, mac, max: add what is missing to the 'operations' of a compute");
    assertThat(Cli.run("map", "lenet5", "--arch", DESIGN).refused())
        .contains(
            "offers 'tanh', which layer '/f/f.1/Tanh' (Tanh) and 3 more need; offered are add, exp,"
                + " mac, max: add what is missing to the 'operations' of a compute, or leave out all"
                + " but products with --operators products");
  }

  private static JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "-"));
    return JsonMapper.shared().readTree(Cli.run(all.toArray(String[]::new)).succeeded().out());
  }

  private static List<String> names(JsonNode layer) {
    List<String> names = new ArrayList<>();
    layer.get("components").forEach(c -> names.add(c.get("name").asString()));
    return names;
  }

  private static JsonNode component(JsonNode layer, String name) {
    for (JsonNode c : layer.get("components")) {
      if (c.get("name").asString().equals(name)) {
        return c;
      }
    }
    throw new AssertionError("no component " + name);
  }
}
