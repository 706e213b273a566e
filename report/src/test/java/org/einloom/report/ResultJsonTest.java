package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas that programs rely on. */
class ResultJsonTest {
  private static final List<String> OPTIMALITY =
      List.of("status", "objective", "value", "lowerBound", "gap", "evaluated", "cpuS");

  private final JsonNode unproven =
      parse(
          ResultJson.write(
              Example.unproven(), "1.2", (l, e, a, m) -> "for k in " + l, Detail.LEAST));

  @Test
  void hasTheKeysOfTheSchemaInItsOrder() {
    assertKeys(
        unproven,
        "einloom",
        "workload",
        "architecture",
        "policy",
        "totals",
        "layers",
        "order",
        "fusion",
        "notCosted",
        "figures",
        "design",
        "hardware",
        "inputs");
    assertKeys(
        unproven.get("totals"),
        "macs",
        "operations",
        "energyPj",
        "cycles",
        "latencyS",
        "areaUm2",
        "throughputPerS",
        "powerW",
        "tops",
        "topsPerW",
        "utilization",
        "outermostMemory",
        "outermostBits",
        "optimality");
    JsonNode layer = unproven.get("layers").get(0);
    assertKeys(
        layer,
        "name",
        "operator",
        "einsum",
        "repeats",
        "macs",
        "operations",
        "energyPj",
        "cycles",
        "latencyS",
        "utilization",
        "boundBy",
        "outermostBits",
        "optimality",
        "nest",
        "mapping",
        "components");
    assertThat(keys(layer.get("optimality"))).isEqualTo(OPTIMALITY);
    assertThat(keys(unproven.at("/totals/optimality"))).isEqualTo(OPTIMALITY);
    JsonNode memory = layer.get("components").get(0);
    assertKeys(memory, "name", "instances", "energyPj", "latencyCycles", "actions", "tensors");
    assertKeys(memory.get("actions"), "read", "write", "leak");
    assertKeys(memory.at("/actions/read"), "count", "energyPj");
    assertKeys(
        memory.at("/tensors/O"),
        "reads",
        "fills",
        "updates",
        "drains",
        "energyPj",
        "heldBits",
        "actions");
    assertKeys(unproven.get("notCosted").get(0), "operator", "count");
    assertKeys(
        unproven.get("figures").get(0),
        "component",
        "figure",
        "value",
        "source",
        "assumption",
        "origin",
        "derivation");
  }

  @Test
  void figuresOfALayerAreForOneExecutionAndTotalsIncludeRepeats() {
    assertThat(unproven.get("einloom").asString()).isEqualTo("1.2");
    assertThat(unproven.at("/layers/0/repeats").asInt()).isEqualTo(2);
    assertThat(unproven.at("/layers/0/cycles").asLong()).isEqualTo(1199);
    assertThat(unproven.at("/layers/1/cycles").asLong()).isEqualTo(299);
    assertThat(unproven.at("/totals/cycles").asLong()).isEqualTo(2 * 1199 + 299);
    assertThat(unproven.at("/totals/macs").asLong()).isEqualTo(900);
    assertThat(unproven.at("/totals/energyPj").asDouble()).isEqualTo(2 * 3198.0 + 798);
    // 4 MACs of one computation per cycle could be done, and one word comes or goes in each
    assertThat(unproven.at("/totals/utilization").asDouble()).isEqualTo(900 / (4 * 2697.0));
    assertThat(unproven.at("/totals/outermostMemory").asString()).isEqualTo("OffChipMemory");
    // A is 8 b wide; O is read 399 times with 32 b, and of 400 updates the last is complete, 16 b
    assertThat(unproven.at("/totals/outermostBits").asDouble())
        .isEqualTo(2 * (400 * 8 + 399 * 32 + 399 * 32 + 16) + (100 * 8 + 99 * 32 + 99 * 32 + 16));
    assertThat(unproven.at("/layers/0/mapping").asString()).isEqualTo("for k in fc1");
    // O at the memory: 399 words added to, 400 updates
    assertThat(unproven.at("/layers/0/components/0/tensors/O/reads").asLong()).isEqualTo(399);
    assertThat(unproven.at("/layers/0/components/0/actions/read/count").asDouble())
        .isEqualTo(400 + 399);
  }

  @Test
  void totalsPerSecondAndPerJoule() {
    // 2697 cycles of 1 us, 900 MACs of two operations each, 7194 pJ
    JsonNode totals = unproven.get("totals");
    assertThat(totals.get("throughputPerS").asDouble()).isCloseTo(1 / 2697e-6, within(1e-9));
    assertThat(totals.get("powerW").asDouble()).isCloseTo(7194e-12 / 2697e-6, within(1e-15));
    assertThat(totals.get("tops").asDouble()).isCloseTo(1800 / 2697e-6 / 1e12, within(1e-15));
    assertThat(totals.get("topsPerW").asDouble()).isCloseTo(1800 / 7194.0, within(1e-12));
  }

  @Test
  void theOrderOfTheGraphCanBeRebuilt() {
    assertKeys(unproven.at("/order/0"), "name", "layer");
    List<String> order = new ArrayList<>();
    unproven
        .get("order")
        .forEach(
            e ->
                order.add(
                    e.get("name").asString()
                        + " as "
                        + unproven.at("/layers/" + e.get("layer").asInt() + "/name").asString()));
    assertThat(order).containsExactly("fc1 as fc1", "fc2 as fc2", "fc1 again as fc1");
  }

  @Test
  void saysWhatItRanOnAndWhatItWasMadeFrom() {
    JsonNode memory = unproven.at("/hardware/nodes/0");
    assertKeys(memory, "component", "kind", "instances", "capacityBits", "sharedPort", "ports");
    assertThat(memory.at("/ports/read/perCycle").asDouble()).isEqualTo(1);
    assertThat(memory.at("/ports/read/widthBits").isNull()).isTrue();
    assertThat(unproven.at("/hardware/nodes/1/dimensions/0/size").asInt()).isEqualTo(4);
    assertThat(unproven.at("/hardware/nodes/2/instances").asInt()).isEqualTo(4);
    assertThat(unproven.at("/inputs/files").isEmpty()).isTrue();
    var file = new RunInputs.InputFile("workload", "w.yaml", false, 3, "ab", null);
    JsonNode made =
        parse(
            ResultJson.write(
                Example.given(),
                "1.2",
                (l, e, a, m) -> "",
                Detail.LEAST,
                new RunInputs("einloom map w.yaml", List.of(file))));
    assertKeys(made.get("inputs"), "command", "files");
    assertKeys(made.at("/inputs/files/0"), "use", "name", "shipped", "bytes", "sha256", "text");
  }

  @Test
  void theEnergyDelayProductOfTheWholeIsTheProductOfTheSums() {
    double energy = unproven.at("/totals/energyPj").asDouble();
    double latency = unproven.at("/totals/latencyS").asDouble();
    assertThat(unproven.at("/totals/optimality/value").asDouble()).isEqualTo(energy * latency);
  }

  @Test
  void whatIsAbsentIsNull() {
    assertThat(unproven.at("/layers/0/optimality/status").asString()).isEqualTo("unproven");
    assertThat(unproven.at("/layers/0/optimality/lowerBound").isNull()).isTrue();
    assertThat(unproven.at("/layers/0/optimality/evaluated").asLong()).isEqualTo(1000);
    JsonNode given =
        parse(ResultJson.write(Example.given(), "1.2", (l, e, a, m) -> "", Detail.LEAST));
    assertThat(given.at("/layers/0/optimality/status").asString()).isEqualTo("given");
    assertThat(given.at("/layers/0/optimality/evaluated").isNull()).isTrue();
    assertThat(given.at("/totals/optimality/cpuS").isNull()).isTrue();
  }

  @Test
  void saysHowFarABoundIs() {
    JsonNode bounded =
        parse(ResultJson.write(Example.bounded(), "1.2", (l, e, a, m) -> "", Detail.LEAST));
    JsonNode layer = bounded.at("/layers/0/optimality");
    assertThat(layer.get("status").asString()).isEqualTo("bounded");
    assertThat(layer.get("gap").asDouble()).isEqualTo(0.25);
    assertThat(bounded.at("/layers/1/optimality/gap").asDouble()).isZero();
    JsonNode totals = bounded.at("/totals/optimality");
    assertThat(totals.get("status").asString()).isEqualTo("bounded");
    assertThat(totals.get("value").asDouble()).isEqualTo(2 * 3198.0 + 798);
    assertThat(totals.get("lowerBound").asDouble()).isEqualTo(2 * 0.75 * 3198 + 798);
    assertThat(totals.get("evaluated").asInt()).isEqualTo(10);
    assertThat(totals.get("cpuS").asDouble()).isEqualTo(0.5);
  }

  @Test
  void frontsAndExplanationsAreThereWhenAskedFor() {
    JsonNode layer =
        parse(ResultJson.write(Example.bounded(), "", (l, e, a, m) -> "", new Detail(true, true)))
            .at("/layers/0");
    assertKeys(layer.at("/front/0"), "energyPj", "cycles", "latencyS", "mapping");
    assertKeys(layer.get("explanation"), "time", "traffic", "runnersUp", "tileShapes", "pruned");
    assertKeys(layer.at("/explanation/time/0"), "component", "latencyCycles");
    assertThat(layer.at("/explanation/time/0/component").asString()).isEqualTo("OffChipMemory");
    assertKeys(layer.at("/explanation/runnersUp/1"), "dataflow", "value", "exact");
    assertKeys(layer.at("/explanation/pruned/0"), "argument", "count");
    assertKeys(
        layer.at("/explanation/tileShapes"),
        "count",
        "fitting",
        "within1Percent",
        "within10Percent",
        "withinTwice",
        "median");
  }

  @Test
  void aWorkloadHasItsOwnSchema() {
    JsonNode json = parse(WorkloadJson.write(Example.WORKLOAD));
    assertKeys(json, "workload", "totals", "layers", "notCosted");
    assertKeys(json.get("totals"), "macs", "operations", "parameters");
    assertKeys(
        json.get("layers").get(0),
        "name",
        "operator",
        "einsum",
        "macs",
        "operations",
        "repeats",
        "bits");
    assertThat(json.at("/totals/parameters").asLong()).isEqualTo(1234);
    assertThat(json.at("/layers/0/einsum").asString()).isEqualTo("O[] += A[k] * A#2[k]");
  }

  private static void assertKeys(JsonNode node, String... keys) {
    assertThat(keys(node)).containsExactly(keys);
  }

  private static List<String> keys(JsonNode node) {
    return new ArrayList<>(node.propertyNames());
  }

  private static JsonNode parse(byte[] json) {
    return JsonMapper.shared().readTree(json);
  }
}
