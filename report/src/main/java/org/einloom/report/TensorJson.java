package org.einloom.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.einloom.counts.Flows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.jspecify.annotations.Nullable;

/** What one tensor does at one component, as JSON. */
final class TensorJson {
  private TensorJson() {}

  static Map<String, @Nullable Object> of(ComponentCost cost, String tensor, Flows flows) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("reads", flows.reads());
    json.put("fills", flows.fills());
    json.put("updates", flows.updates());
    json.put("drains", flows.drains());
    if (flows.links() > 0) {
      json.put("links", flows.links());
    }
    json.put("energyPj", cost.energyPj(tensor));
    json.put("heldBits", cost.heldBits().get(tensor));
    var actions = new LinkedHashMap<String, Double>();
    for (Charge c : cost.charges()) {
      if (c.tensor().filter(tensor::equals).isPresent()) {
        actions.put(c.action(), c.count());
      }
    }
    json.put("actions", actions);
    return json;
  }
}
