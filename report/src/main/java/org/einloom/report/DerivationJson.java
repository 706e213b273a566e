package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Given;
import org.einloom.component.Product;
import org.einloom.component.Range;
import org.einloom.component.Sum;
import org.jspecify.annotations.Nullable;

/** A derivation as JSON: the chain of steps, sums with a chain for each of their parts. */
final class DerivationJson {
  private DerivationJson() {}

  /** Its value, how well it is founded, and its steps. */
  static Map<String, @Nullable Object> of(Derivation derivation) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("value", derivation.value());
    json.put("standing", derivation.standing().label());
    json.put("extrapolated", derivation.extrapolated());
    json.put("uncertainty", derivation.range().map(r -> range(r, derivation.value())).orElse(null));
    json.put("steps", steps(derivation));
    return json;
  }

  private static List<Double> range(Range range, double value) {
    return List.of(range.low() * value, range.high() * value);
  }

  private static List<Object> steps(Derivation derivation) {
    List<Object> steps = new ArrayList<>();
    switch (derivation) {
      case Given g -> {
        var step = step("given", g.value(), g.what());
        step.put("source", g.source());
        step.put("standing", g.standing().label());
        step.put("extrapolated", g.extrapolated());
        steps.add(step);
      }
      case Product p -> {
        steps.addAll(steps(p.of()));
        Factor f = p.factor();
        var step = step("times", f.value(), f.what());
        step.put("source", f.source());
        step.put("standing", f.standing().label());
        step.put("extrapolated", f.extrapolated());
        steps.add(step);
      }
      case Sum s -> {
        var step = step("sum", s.value(), s.what());
        step.put("parts", s.parts().stream().map(DerivationJson::steps).toList());
        steps.add(step);
      }
    }
    return steps;
  }

  private static Map<String, @Nullable Object> step(String kind, double value, String what) {
    var step = new LinkedHashMap<String, @Nullable Object>();
    step.put("step", kind);
    step.put("value", value);
    step.put("what", what);
    return step;
  }
}
