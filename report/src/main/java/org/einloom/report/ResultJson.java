package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapping.LoopTree;
import org.einloom.network.Execution;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.network.OutermostTraffic;
import org.einloom.network.Rates;
import org.einloom.workload.Einsum;
import org.jspecify.annotations.Nullable;

/**
 * A result as JSON, for programs. Energies in pJ, times in s, areas in um2; figures of a layer are
 * for one execution, totals include repeats; what is absent is null.
 */
public final class ResultJson {
  private ResultJson() {}

  /** The whole result, UTF-8, without what it was made from. */
  public static byte[] write(
      NetworkResult result, String version, MappingText text, Detail detail) {
    return write(result, version, text, detail, RunInputs.NONE);
  }

  /** The whole result, UTF-8. */
  public static byte[] write(
      NetworkResult result, String version, MappingText text, Detail detail, RunInputs inputs) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("einloom", version);
    json.put("workload", result.workload());
    json.put("architecture", result.design().first().name());
    json.put("policy", result.policy());
    var totals = new LinkedHashMap<String, @Nullable Object>();
    totals.put("macs", result.macs());
    totals.put("operations", result.operations());
    totals.put("energyPj", result.energyPj());
    totals.put("cycles", result.cycles());
    totals.put("latencyS", result.latencyS());
    totals.put("areaUm2", result.areaUm2());
    Rates rates = result.rates();
    totals.put("throughputPerS", Json.orNull(rates.throughputPerS()));
    totals.put("powerW", Json.orNull(rates.powerW()));
    totals.put("tops", Json.orNull(rates.tops()));
    totals.put("topsPerW", Json.orNull(rates.topsPerW()));
    if (!detail.sparse().isEmpty()) {
      Rates done = result.ratesDone();
      totals.put("macsDone", result.macsDone());
      totals.put("topsDone", Json.orNull(done.tops()));
      totals.put("topsPerWDone", Json.orNull(done.topsPerW()));
    }
    totals.put("utilization", Json.orNull(result.utilization()));
    totals.put("outermostMemory", result.outermost().memory());
    totals.put("outermostBits", result.outermost().bits());
    totals.put("optimality", optimality(result.optimality()));
    json.put("totals", totals);
    json.put("layers", Lazily.list(result.layers(), l -> layer(l, result, text, detail)));
    json.put("order", Lazily.list(result.order(), ResultJson::execution));
    json.put("fusion", FusionJson.of(result));
    json.put("notCosted", Json.notCosted(result.notCosted()));
    json.put("figures", FiguresJson.of(result.design().first(), detail.sparseNodes()));
    json.put("design", DesignJson.of(result.design()));
    json.put("hardware", HardwareJson.of(result.design()));
    json.put("inputs", inputs.json());
    return Json.bytes(json);
  }

  private static Map<String, Object> execution(Execution e) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", e.name());
    json.put("layer", e.layer());
    return json;
  }

  private static Map<String, @Nullable Object> layer(
      LayerResult l, NetworkResult result, MappingText text, Detail detail) {
    Evaluation e = l.evaluation();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", l.layer().name());
    json.put("operator", l.layer().operator());
    json.put("einsum", EinsumJson.of(l.layer().einsum()));
    json.put("repeats", l.repeats());
    json.put("macs", l.layer().macs());
    json.put("operations", l.layer().operations());
    json.put("energyPj", e.energyPj());
    json.put("cycles", e.cycles());
    json.put("latencyS", e.latencyS());
    json.put("utilization", Json.orNull(e.utilization()));
    json.put("boundBy", e.boundBy().orElse(null));
    json.put("outermostBits", OutermostTraffic.of(l, result).bits());
    json.put("optimality", optimality(l.optimality()));
    json.put("nest", NestJson.nest(l.layer().einsum(), l.mapping()));
    json.put("mapping", mapping(l, l.mapping(), e, result, text));
    List<Object> components = new ArrayList<>();
    e.components().forEach(c -> components.add(component(c)));
    json.put("components", components);
    detail
        .data()
        .flatMap(d -> d.of(l.layer().name()))
        .ifPresent(d -> json.put("data", DataLines.json(d)));
    SparseOutcome sparse = detail.sparse().get(l.layer().name());
    if (sparse != null) {
      json.put("sparsity", SparseJson.of(sparse, result.path(e)));
    }
    detail.zeros().ifPresent(z -> json.put("zeros", ZerosJson.of(z)));
    if (detail.fronts()) {
      List<Object> front = new ArrayList<>();
      l.front().forEach(p -> front.add(point(l, p, result, text)));
      json.put("front", front);
    }
    if (detail.explanations()) {
      json.put("explanation", ExplanationJson.of(l, result.path(e), detail));
    }
    return json;
  }

  private static String mapping(
      LayerResult l, LoopTree mapping, Evaluation e, NetworkResult result, MappingText text) {
    return text.of(l.layer().name(), l.layer().einsum(), result.path(e), mapping);
  }

  private static Map<String, Object> point(
      LayerResult l, ParetoPoint p, NetworkResult result, MappingText text) {
    var json = new LinkedHashMap<String, Object>();
    json.put("energyPj", p.evaluation().energyPj());
    json.put("cycles", p.evaluation().cycles());
    json.put("latencyS", p.evaluation().latencyS());
    json.put("mapping", mapping(l, p.mapping(), p.evaluation(), result, text));
    Einsum einsum = l.layer().einsum();
    p.sparsity()
        .ifPresent(
            s ->
                json.put(
                    "sparsity",
                    Map.of("choice", SparseChoice.json(einsum, result.path(p.evaluation()), s))));
    return json;
  }

  private static Map<String, @Nullable Object> optimality(Optimality o) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("status", o.status().label());
    json.put("objective", o.objective().label());
    json.put("value", o.value());
    json.put("lowerBound", Json.orNull(o.lowerBound()));
    json.put("gap", Json.orNull(o.gap()));
    json.put("evaluated", Json.orNull(o.evaluated()));
    json.put("cpuS", Json.orNull(o.cpuS()));
    return json;
  }

  private static Map<String, @Nullable Object> component(ComponentCost c) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", c.node().name());
    json.put("instances", c.instances());
    json.put("energyPj", c.energyPj());
    json.put("latencyCycles", c.latencyCycles());
    var actions = new LinkedHashMap<String, Object>();
    c.actions()
        .forEach(
            (name, total) -> {
              var action = new LinkedHashMap<String, Object>();
              action.put("count", total.count());
              action.put("energyPj", total.energyPj());
              actions.put(name, action);
            });
    json.put("actions", actions);
    var tensors = new LinkedHashMap<String, Object>();
    c.flows().forEach((tensor, flows) -> tensors.put(tensor, TensorJson.of(c, tensor, flows)));
    json.put("tensors", tensors);
    return json;
  }
}
