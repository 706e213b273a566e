package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one-dimensional sums that the counts of one component are made of, each listed once. A factor
 * belongs to a group of variables: those that some rank joins. Its value depends on the instance
 * only through the indices of that group's loops.
 */
final class Factors {
  /** What a factor is told from others by, without boxes: it is looked up again and again. */
  private static final class Key {
    private final int[] parts;
    private final int hash;

    Key(int view, int tensor, int rank, int[] split, int own, boolean held) {
      parts = new int[split.length + 5];
      parts[0] = view;
      parts[1] = tensor;
      parts[2] = rank;
      parts[3] = own;
      parts[4] = held ? 1 : 0;
      System.arraycopy(split, 0, parts, 5, split.length);
      hash = Arrays.hashCode(parts);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Key k && hash == k.hash && Arrays.equals(parts, k.parts);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** What to evaluate. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Factor(View view, int tensor, int rank, int[] split, int own, boolean held, int group) {}

  private final Compiled compiled;
  private final int[] groupOf;
  private final Map<Key, Integer> index = new HashMap<>();
  private final List<Factor> factors = new ArrayList<>();
  private final Map<Integer, RankSums> prepared = new HashMap<>();

  Factors(Compiled compiled, int[] groupOf) {
    this.compiled = compiled;
    this.groupOf = groupOf;
  }

  List<Factor> list() {
    return factors;
  }

  /** A tensor's rank in steps that advance the loop, or for a loop beyond the last, in each. */
  int rank(View view, int tensor, int rank, int loop, boolean held) {
    int[] vs = compiled.tensors.get(tensor).ranks[rank].variable;
    int[] split = new int[vs.length];
    int own = -1;
    for (int i = 0; i < vs.length; i++) {
      split[i] = loopsBefore(vs[i], loop);
      if (loop >= 0 && loop < view.depth() && compiled.loopVariable[loop] == vs[i]) {
        own = i;
      }
    }
    int group = vs.length == 0 ? 0 : groupOf[vs[0]];
    return add(view, tensor, rank, split, own, held, group);
  }

  /** A variable that no rank of the tensor uses. */
  int other(View view, int tensor, int variable, int loop) {
    boolean own = loop >= 0 && loop < view.depth() && compiled.loopVariable[loop] == variable;
    int[] split = {loopsBefore(variable, loop)};
    return add(view, tensor, ~variable, split, own ? 0 : -1, true, groupOf[variable]);
  }

  private int add(View view, int tensor, int rank, int[] split, int own, boolean held, int group) {
    Key key = new Key(view.id(), rank < 0 ? -1 : tensor, rank, split, own, held);
    return index.computeIfAbsent(
        key,
        k -> {
          factors.add(new Factor(view, tensor, rank, split, own, held, group));
          return factors.size() - 1;
        });
  }

  private int loopsBefore(int variable, int loop) {
    int n = 0;
    for (int l : compiled.loopsOf[variable]) {
      if (l < loop) {
        n++;
      }
    }
    return n;
  }

  /** The factor's value for given indices of the fixed loops. */
  Sums value(int factor, long[] fixedIndex) {
    Factor f = factors.get(factor);
    if (f.rank() < 0) {
      long steps = 0;
      Variable v = new Variable(compiled, f.view(), ~f.rank(), fixedIndex);
      int split = Math.min(f.split()[0], v.loops());
      for (TileClass c : v.classes(split, f.own() == 0, false)) {
        steps = Limits.add(steps, c.count());
      }
      return new Sums(steps, steps, steps, steps, steps, List.of());
    }
    return prepared.computeIfAbsent(factor, k -> prepare(f)).sums(fixedIndex);
  }

  private RankSums prepare(Factor f) {
    Compiled.Rank rank = compiled.tensors.get(f.tensor()).ranks[f.rank()];
    int[] split = f.split().clone();
    for (int i = 0; i < split.length; i++) {
      split[i] = Math.min(split[i], loopsBefore(rank.variable[i], f.view().depth()));
    }
    return new RankSums(compiled, rank, f.view(), split, f.own(), f.held());
  }
}
