package org.einloom.network;

import java.util.LinkedHashSet;
import java.util.Set;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.Flows;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Policy;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * What moves in and out of the outermost memory, which is the DRAM of most designs.
 *
 * @param memory its name; the names of several, with commas between, where a design forks above all
 *     memories and its layers use more than one
 * @param bits read and written there, repetitions of layers included; each word as wide as the
 *     policy says, and the metadata of sparse tensors
 */
public record OutermostTraffic(String memory, double bits) {

  static OutermostTraffic of(NetworkResult result) {
    Set<String> names = new LinkedHashSet<>();
    double bits = 0;
    for (LayerResult l : result.layers()) {
      OutermostTraffic once = of(l, result);
      names.add(once.memory());
      bits += once.bits() * l.repeats();
    }
    return new OutermostTraffic(String.join(", ", names), bits);
  }

  /** Of one execution of a layer of the result. */
  public static OutermostTraffic of(LayerResult layer, NetworkResult result) {
    Policy policy = Policy.named(result.policy());
    Evaluation e = layer.evaluation();
    // an architecture begins with a memory that holds every tensor
    Node outermost = result.path(e).nodes().getFirst();
    double bits = 0;
    for (ComponentCost c : e.components()) {
      if (c.node() instanceof Memory m && m.name().equals(outermost.name())) {
        bits += bits(m, c, layer.layer().einsum(), policy, result) + c.metadataBits();
      }
    }
    return new OutermostTraffic(outermost.name(), bits);
  }

  private static double bits(
      Memory memory, ComponentCost cost, Einsum einsum, Policy policy, NetworkResult result) {
    Widths widths = result.design().first().widths();
    double bits = 0;
    for (TensorAccess t : einsum.tensors()) {
      Flows flows = cost.flows(t.name());
      bits +=
          policy.memoryWords(memory, t, flows).values().stream()
              .mapToDouble(words -> words.bits(t, widths))
              .sum();
    }
    return bits;
  }
}
