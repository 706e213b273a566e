package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.network.ResultSummary;
import org.jspecify.annotations.Nullable;

/** A comparison for programs, as JSON. */
public final class CompareData {
  private CompareData() {}

  /** As JSON, UTF-8; what is not known is null. */
  public static byte[] json(List<Contender> contenders, String version) {
    return Json.bytes(map(contenders, version));
  }

  static Map<String, @Nullable Object> map(List<Contender> contenders, String version) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("einloom", version);
    json.put("warnings", Differences.warnings(contenders));
    List<Object> designs = new ArrayList<>();
    for (Contender c : contenders) {
      var design = new LinkedHashMap<>(facts(c));
      design.put("metrics", metrics(m -> m.of(c)));
      design.put("ratios", ratios(c, contenders.getFirst()));
      design.put("kinds", KindJson.of(c.summary().kinds()));
      design.put("notCosted", Json.notCosted(c.summary().notCosted()));
      designs.add(design);
    }
    json.put("designs", designs);
    return json;
  }

  static Map<String, @Nullable Object> facts(Contender c) {
    ResultSummary s = c.summary();
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("file", c.file());
    facts.put("architecture", s.architecture());
    facts.put("workload", s.workload());
    facts.put("policy", s.policy());
    facts.put("macs", s.macs());
    facts.put("objective", s.objective());
    facts.put("status", s.status().label());
    facts.put("gap", Json.orNull(s.gap()));
    facts.put("outermostMemory", s.outermost().memory());
    facts.put("costs", s.costs());
    facts.put("costsNotGiven", s.costsNotGiven());
    return facts;
  }

  /** Looks at a metric. */
  @FunctionalInterface
  interface Look {
    OptionalDouble at(Metric metric);
  }

  static Map<String, @Nullable Object> metrics(Look look) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    Metric.ALL.forEach(m -> values.put(m.key(), Json.orNull(look.at(m))));
    return values;
  }

  static Map<String, @Nullable Object> ratios(Contender c, Contender first) {
    Map<String, @Nullable Object> ratios = metrics(m -> m.ratio(c, first));
    Metric.ALL.stream().filter(Metric::difference).forEach(m -> ratios.remove(m.key()));
    return ratios;
  }
}
