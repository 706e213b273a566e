package org.einloom.io.result;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.einloom.io.input.InputException;
import org.einloom.mapper.Optimality;
import org.einloom.network.OutermostTraffic;
import org.einloom.network.ResultSummary;
import org.einloom.network.ResultSummary.LayerSize;

/** Reads what {@code einloom map} and {@code einloom evaluate} write with {@code --json}. */
public final class ResultFile {
  private static final String EXPECTED =
      "expected what 'einloom map' or 'einloom evaluate' writes with --json";

  /** What the figures of the whole do not need; most of the file. */
  private static final Set<String> SKIPPED =
      Set.of("mapping", "components", "front", "explanation", "derivation", "order", "notCosted");

  private ResultFile() {}

  /**
   * The figures of the whole.
   *
   * @throws InputException when the file cannot be read, or is no such result
   */
  public static ResultSummary read(Path path) {
    JsonValue value = JsonText.read(path, SKIPPED);
    if (!(value instanceof JsonValue.Fields fields)) {
      throw value.at().error("this is " + value.shown() + ", not a result", EXPECTED);
    }
    var result = new ResultObject("the result", fields);
    if (!result.has("einloom") || !result.has("totals") || !result.has("layers")) {
      throw result.at().error("this JSON is not a result of a mapping", EXPECTED);
    }
    return summary(result);
  }

  private static ResultSummary summary(ResultObject result) {
    ResultObject totals = result.object("totals");
    ResultObject optimality = totals.object("optimality");
    List<LayerSize> layers =
        result.objects("layers").stream()
            .map(l -> new LayerSize(l.text("name"), l.count("repeats"), l.count("macs")))
            .toList();
    if (layers.isEmpty()) {
      throw result.at().error("the result has no layers", EXPECTED);
    }
    List<ResultObject> costs = result.objects("figures");
    return new ResultSummary(
        result.text("workload"),
        result.text("architecture"),
        result.text("policy"),
        layers,
        totals.count("macs"),
        totals.amount("energyPj"),
        totals.amount("latencyS"),
        totals.amount("areaUm2"),
        totals.optionalAmount("utilization"),
        new OutermostTraffic(totals.text("outermostMemory"), totals.amount("outermostBits")),
        optimality.constant("status", Optimality.Status.class),
        optimality.text("objective"),
        optimality.optionalAmount("gap"),
        costs.size(),
        (int) costs.stream().filter(ResultFile::isNotGiven).count());
  }

  /** A cost that the design leaves out: nothing, by nobody's word. */
  private static boolean isNotGiven(ResultObject cost) {
    double value = cost.amount("value");
    String source = cost.text("source");
    return cost.flag("assumption") && value == 0 && source.isEmpty();
  }
}
