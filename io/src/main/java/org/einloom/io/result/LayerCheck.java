package org.einloom.io.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.io.input.InputException;
import org.einloom.workload.Einsum;

/**
 * Whether the figures of one layer are there and agree: every energy is the sum of its parts, and
 * work is that of the Einsum.
 */
final class LayerCheck {
  private LayerCheck() {}

  /**
   * Checks a layer.
   *
   * @return how many instances there are of each component
   * @throws InputException at the first value that cannot be
   */
  static Map<String, Long> components(ResultObject layer) {
    if (layer.count("repeats") == 0) {
      throw layer.disagrees("repeats", "at least 1", "as layers that do not occur are left out");
    }
    work(layer, EinsumObject.read(layer.text("name"), layer.object("einsum")));
    layer.count("cycles");
    layer.amount("latencyS");
    utilization(layer);
    layer.amount("outermostBits");
    Map<String, Long> instances = new LinkedHashMap<>();
    double energyPj = 0;
    for (ResultObject component : layer.objects("components")) {
      String name = component.text("name");
      if (instances.put(name, component.count("instances")) != null) {
        throw component.disagrees("name", "another name", "as this one has stood before");
      }
      component(component);
      energyPj += component.amount("energyPj");
    }
    layer.agrees("energyPj", energyPj, "the sum of 'energyPj' over 'components'");
    if (!layer.isNull("boundBy") && !instances.containsKey(layer.text("boundBy"))) {
      throw layer.disagrees("boundBy", "the name of a component", "or null");
    }
    OptimalityCheck.check(
        layer.object("optimality"), layer.amount("energyPj"), layer.amount("latencyS"));
    return instances;
  }

  /**
   * A share; but of Timeloop's sparse problems, which have {@code zeros}, all computes of the dense
   * problem by those that there was time for, of which there may be fewer.
   */
  static OptionalDouble utilization(ResultObject layer) {
    return layer.has("zeros")
        ? layer.optionalAmount("utilization")
        : layer.optionalShare("utilization");
  }

  /** MACs are the points of the Einsum, or, where it has no MACs, operations are. */
  private static void work(ResultObject layer, Einsum einsum) {
    long points = layer.at().locate(einsum::computes);
    if (layer.count("macs") != 0) {
      layer.agrees("macs", points, "the points of its 'einsum', or 0");
    }
    layer.agrees(
        "operations",
        layer.count("macs") == 0 ? points : 0,
        "the points of its 'einsum' where 'macs' is 0, otherwise 0");
  }

  private static void component(ResultObject component) {
    component.amount("latencyCycles");
    double energyPj = 0;
    ResultObject actions = component.object("actions");
    for (String action : actions.keys()) {
      actions.object(action).amount("count");
      energyPj += actions.object(action).amount("energyPj");
    }
    component.agrees("energyPj", energyPj, "the sum of 'energyPj' over 'actions'");
    double ofTensors = 0;
    ResultObject tensors = component.object("tensors");
    for (String tensor : tensors.keys()) {
      ResultObject flows = tensors.object(tensor);
      for (String flow : new String[] {"reads", "fills", "updates", "drains"}) {
        flows.count(flow);
      }
      if (flows.has("links")) {
        flows.count("links");
      }
      if (!flows.isNull("heldBits")) {
        flows.count("heldBits");
      }
      ofTensors += flows.amount("energyPj");
    }
    if (ofTensors > energyPj && !ResultObject.same(ofTensors, energyPj)) {
      throw component.disagrees(
          "energyPj", ofTensors + " or more", "the sum of 'energyPj' over 'tensors'");
    }
  }
}
