package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.explanation.Explanation;
import org.einloom.mapper.SearchLog;
import org.einloom.network.LayerResult;
import org.jspecify.annotations.Nullable;

/** Why a layer costs what it costs and how its search went, for programs. */
final class ExplanationJson {
  private ExplanationJson() {}

  static Map<String, @Nullable Object> of(LayerResult l, Architecture architecture, Detail detail) {
    Explanation why =
        Explanation.of(
            l.layer().einsum(), architecture, l.mapping(), l.evaluation(), detail.sparsity(l));
    var json = new LinkedHashMap<String, @Nullable Object>();
    List<Object> time = new ArrayList<>();
    for (Explanation.Busy b : why.time()) {
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("component", b.component());
      entry.put("latencyCycles", b.cycles());
      time.add(entry);
    }
    json.put("time", time);
    List<Object> traffic = new ArrayList<>();
    for (Explanation.Traffic t : why.traffic()) {
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("memory", t.memory());
      entry.put("tensor", t.tensor());
      entry.put("words", t.words());
      entry.put("compulsory", t.compulsory().isPresent() ? t.compulsory().getAsLong() : null);
      traffic.add(entry);
    }
    json.put("traffic", traffic);
    List<Object> runnersUp = new ArrayList<>();
    for (SearchLog.Alternative a : l.log().runnersUp()) {
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("dataflow", a.dataflow());
      entry.put("value", a.value());
      entry.put("exact", a.exact());
      runnersUp.add(entry);
    }
    json.put("runnersUp", runnersUp);
    json.put("tileShapes", l.log().shapes().map(ExplanationJson::shapes).orElse(null));
    List<Object> pruned = new ArrayList<>();
    for (SearchLog.Pruned p : l.log().pruned()) {
      var entry = new LinkedHashMap<String, @Nullable Object>();
      entry.put("argument", p.argument());
      entry.put("count", p.count());
      pruned.add(entry);
    }
    json.put("pruned", pruned);
    return json;
  }

  private static Map<String, @Nullable Object> shapes(SearchLog.Shapes shapes) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("count", shapes.count());
    json.put("fitting", shapes.fitting());
    json.put("within1Percent", shapes.within1Percent());
    json.put("within10Percent", shapes.within10Percent());
    json.put("withinTwice", shapes.withinTwice());
    json.put("median", shapes.median());
    return json;
  }
}
