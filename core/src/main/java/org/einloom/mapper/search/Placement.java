package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Keep;
import org.einloom.constraint.Constraint;
import org.einloom.workload.TensorAccess;

/**
 * Which memories keep which tensors.
 *
 * @param chains by tensor, the indices of the memories that keep it, innermost first, without the
 *     outermost memory, which keeps all
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Placement(int[][] chains) {

  /** Every placement that keeps and constraints allow. */
  static List<Placement> all(Problem p) {
    List<List<int[]>> choices = new ArrayList<>();
    for (int t = 0; t < p.tensors.size(); t++) {
      choices.add(chains(p, t));
    }
    List<Placement> all = new ArrayList<>();
    combine(choices, new int[p.tensors.size()][], 0, all);
    return all;
  }

  private static void combine(
      List<List<int[]>> choices, int[][] chosen, int t, List<Placement> all) {
    if (t == chosen.length) {
      all.add(new Placement(chosen.clone()));
      return;
    }
    for (int[] chain : choices.get(t)) {
      chosen[t] = chain;
      combine(choices, chosen, t + 1, all);
    }
  }

  private static List<int[]> chains(Problem p, int t) {
    List<int[]> chains = new ArrayList<>();
    TensorAccess tensor = p.tensors.get(t);
    int outermost = p.memories[0];
    if (!p.memory(outermost).keep().allows(tensor)
        || constrained(p, tensor, p.memory(outermost).name(), false)) {
      return chains;
    }
    List<Integer> must = new ArrayList<>();
    List<Integer> may = new ArrayList<>();
    for (int i = p.memories.length - 1; i > 0; i--) {
      Keep keep = p.memory(p.memories[i]).keep();
      String name = p.memory(p.memories[i]).name();
      boolean kept = keep.requires(tensor) || constrained(p, tensor, name, true);
      boolean bypassed = constrained(p, tensor, name, false);
      if (kept && (bypassed || !keep.allows(tensor))) {
        return chains;
      }
      if (kept) {
        must.add(p.memories[i]);
      } else if (keep.allows(tensor) && !bypassed) {
        may.add(p.memories[i]);
      }
    }
    for (int subset = 0; subset < 1 << may.size(); subset++) {
      List<Integer> chain = new ArrayList<>(must);
      for (int i = 0; i < may.size(); i++) {
        if ((subset >> i & 1) != 0) {
          chain.add(may.get(i));
        }
      }
      chains.add(chain.stream().sorted((a, b) -> b - a).mapToInt(Integer::intValue).toArray());
    }
    return chains;
  }

  private static boolean constrained(Problem p, TensorAccess tensor, String memory, boolean kept) {
    for (Constraint c : p.options.constraints().all()) {
      if (kept
          && c instanceof Constraint.Kept k
          && k.memory().equals(memory)
          && Keep.names(k.tensors(), tensor)) {
        return true;
      }
      if (!kept
          && c instanceof Constraint.Bypassed b
          && b.memory().equals(memory)
          && Keep.names(b.tensors(), tensor)) {
        return true;
      }
    }
    return false;
  }
}
