package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.component.Derivation;
import org.einloom.component.Estimate;
import org.einloom.component.Value;
import org.jspecify.annotations.Nullable;

/**
 * What components cost, as JSON for programs. Attributes are in the units they are held in: bits,
 * nm, um, V, bits per second.
 */
public final class EstimateJson {
  private EstimateJson() {}

  /** One estimate, or those of a sweep under {@code estimates}; UTF-8. */
  public static byte[] write(List<Estimate> estimates, boolean sweep) {
    if (!sweep) {
      return Json.bytes(of(estimates.getFirst()));
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("estimates", estimates.stream().map(EstimateJson::of).toList());
    return Json.bytes(json);
  }

  private static Map<String, @Nullable Object> of(Estimate e) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("class", e.componentClass());
    var attributes = new LinkedHashMap<String, Object>();
    e.attributes().values().forEach((name, value) -> attributes.put(name, plain(value)));
    json.put("attributes", attributes);
    var actions = new LinkedHashMap<String, Object>();
    List<Object> provenance = new ArrayList<>();
    e.actions()
        .forEach(
            (name, action) -> {
              var a = new LinkedHashMap<String, Object>();
              a.put("energyPj", action.energyPj().value());
              a.put("latencyNs", action.latencyNs().value());
              a.put("widthBits", action.widthBits());
              actions.put(name, a);
              provenance.add(figure(e, "actions." + name + ".energyPj", action.energyPj()));
              provenance.add(figure(e, "actions." + name + ".latencyNs", action.latencyNs()));
            });
    json.put("actions", actions);
    json.put("areaUm2", e.areaUm2().value());
    json.put("leakageUw", e.leakageUw().value());
    json.put("notes", e.notes());
    provenance.add(figure(e, "areaUm2", e.areaUm2()));
    provenance.add(figure(e, "leakageUw", e.leakageUw()));
    json.put("provenance", provenance);
    return json;
  }

  private static Object plain(Value value) {
    return switch (value) {
      case Value.Word w -> w.word();
      case Value.Amount a ->
          a.number() == Math.rint(a.number()) && Math.abs(a.number()) < 1e15
              ? (Object) (long) a.number()
              : (Object) a.number();
    };
  }

  private static Map<String, @Nullable Object> figure(
      Estimate e, String figure, Derivation derivation) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("figure", figure);
    json.put("model", e.model());
    json.putAll(DerivationJson.of(derivation));
    return json;
  }
}
