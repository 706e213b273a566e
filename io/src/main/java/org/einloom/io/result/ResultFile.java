package org.einloom.io.result;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.einloom.arch.Origin;
import org.einloom.io.input.InputException;
import org.einloom.mapper.Optimality;
import org.einloom.network.KindUse;
import org.einloom.network.OutermostTraffic;
import org.einloom.network.ResultSummary;
import org.einloom.network.ResultSummary.LayerSize;
import org.einloom.workload.LayerKind;
import org.einloom.workload.Workload.NotCosted;

/** Reads what {@code einloom map} and {@code einloom evaluate} write with {@code --json}. */
public final class ResultFile {
  static final String EXPECTED =
      "expected what 'einloom map' or 'einloom evaluate' writes with --json";

  /** What nobody here looks at; most of the file. */
  private static final Set<String> SKIPPED =
      Set.of("front", "explanation", "derivation", "nest", "inputs", "zeros");

  /** What the figures of the whole do not need of a layer. */
  private static final Set<String> DROPPED = Set.of("components", "mapping");

  private ResultFile() {}

  /**
   * The figures of the whole.
   *
   * @throws InputException when the file cannot be read, or is no such result
   */
  public static ResultSummary read(Path path) {
    return summary(open(path, DROPPED));
  }

  /**
   * A result whose figures agree.
   *
   * @param dropped what is not needed of layers
   */
  static ResultObject open(Path path, Set<String> dropped) {
    var check = new ResultCheck(dropped);
    JsonValue value = JsonText.read(path, SKIPPED, "layers", check::layer);
    if (!(value instanceof JsonValue.Fields fields)) {
      throw value.at().error("this is " + value.shown() + ", not a result", EXPECTED);
    }
    var result = new ResultObject("the result", fields);
    if (!result.has("einloom") || !result.has("totals") || !result.has("layers")) {
      throw result.at().error("this JSON is not a result of a mapping", EXPECTED);
    }
    if (result.objects("layers").isEmpty()) {
      throw result.at().error("the result has no layers", EXPECTED);
    }
    check.whole(result);
    return result;
  }

  private static ResultSummary summary(ResultObject result) {
    ResultObject totals = result.object("totals");
    ResultObject optimality = totals.object("optimality");
    List<LayerSize> layers =
        result.objects("layers").stream()
            .map(l -> new LayerSize(l.text("name"), l.count("repeats"), l.count("macs")))
            .toList();
    List<KindUse.Sample> samples =
        result.objects("layers").stream()
            .map(
                l ->
                    new KindUse.Sample(
                        LayerKind.of(
                            l.text("operator"),
                            EinsumObject.read(l.text("name"), l.object("einsum"))),
                        l.count("repeats"),
                        l.count("macs"),
                        l.optionalAmount("utilization")))
            .toList();
    List<NotCosted> notCosted =
        result.objects("notCosted").stream()
            .map(n -> new NotCosted(n.text("operator"), n.count("count")))
            .toList();
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
        KindUse.of(samples),
        notCosted,
        costs.size(),
        (int) costs.stream().filter(c -> origin(c) == Origin.NOT_GIVEN).count());
  }

  private static Origin origin(ResultObject cost) {
    return cost.oneOf("origin", List.of(Origin.values()), Origin::label);
  }
}
