package org.einloom.network;

import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.counts.Flows;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.Words;
import org.einloom.workload.TensorAccess;

/**
 * What a tensor of a layer moves in and out of the outermost memory.
 *
 * @param bits read and written, each word as wide as the policy says
 * @param energyPj of these reads and writes
 */
record OutermostUse(double bits, double energyPj) {
  static final OutermostUse NONE = new OutermostUse(0, 0);

  static OutermostUse of(
      TensorAccess tensor, Evaluation evaluation, Architecture path, Policy policy) {
    // an architecture begins with a memory that holds every tensor
    Memory outermost = path.memories().getFirst();
    for (ComponentCost c : evaluation.components()) {
      if (c.node().name().equals(outermost.name())) {
        return new OutermostUse(
            of(tensor, c.flows(tensor.name()), path, policy).bits, c.energyPj(tensor.name()));
      }
    }
    return NONE;
  }

  /** What it takes to write each word of a result once, when it is complete. */
  static OutermostUse writtenOnce(TensorAccess result, Architecture path, Policy policy) {
    long words = result.words();
    return of(result, new Flows(0, 0, words, 0, words, 0), path, policy);
  }

  private static OutermostUse of(
      TensorAccess tensor, Flows flows, Architecture path, Policy policy) {
    Memory outermost = path.memories().getFirst();
    double bits = 0;
    double energyPj = 0;
    for (Map.Entry<String, Words> e : policy.memoryWords(outermost, tensor, flows).entrySet()) {
      bits += e.getValue().bits(tensor, path.widths());
      var action = outermost.actions().get(e.getKey());
      if (action != null) {
        energyPj +=
            policy.actions(action, e.getValue(), tensor, path.widths()) * action.energyPj().value();
      }
    }
    return new OutermostUse(bits, energyPj);
  }

  OutermostUse plus(OutermostUse o) {
    return new OutermostUse(bits + o.bits, energyPj + o.energyPj);
  }

  /** What is left of it, at least nothing. */
  OutermostUse less(OutermostUse o) {
    return new OutermostUse(Math.max(0, bits - o.bits), Math.max(0, energyPj - o.energyPj));
  }
}
