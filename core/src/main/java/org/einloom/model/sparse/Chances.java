package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.einloom.density.ActualDensity;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.model.sparse.JointPlaces.Factor;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** Probabilities of what regions of tensors hold, over all tensors and all places. */
final class Chances {
  /** More instances in one network than the sum over sets of them is exact for. */
  private static final int MOST_ALTERNATIVES = 24;

  private final Einsum einsum;
  private final LoopSet loops;
  private final Sparsity sparsity;
  private final boolean jointly;
  private final Map<Object, Double> known = new HashMap<>();

  /**
   * Of the tensors of an Einsum.
   *
   * @param jointly whether means over places at which several tensors stand together are taken
   */
  Chances(Einsum einsum, LoopSet loops, Sparsity sparsity, boolean jointly) {
    this.jointly = jointly;
    this.einsum = einsum;
    this.loops = loops;
    this.sparsity = sparsity;
  }

  /** The largest value of a figure over all places of a tile. */
  double most(TensorAccess tensor, BitSet fixed, ToDoubleFunction<Box> figure) {
    var own = (BitSet) fixed.clone();
    own.and(loops.relevant(tensor));
    BitSet zero = even(tensor, own) ? own : new BitSet();
    return loops.boxes(tensor, own, zero).stream().mapToDouble(figure).max().orElseThrow();
  }

  /** The probability that all conditions hold. */
  double all(Conditions conditions) {
    return any(conditions, new BitSet(), new BitSet());
  }

  /**
   * The probability that all conditions hold in at least one iteration of the merged loops.
   *
   * @param zero fixed loops that stay at their first iteration
   */
  double any(Conditions given, BitSet merged, BitSet zero) {
    return any(given, merged, zero, Optional.empty());
  }

  /**
   * The mean over all places of a figure, times the probability that all conditions hold there in
   * at least one iteration of the merged loops.
   *
   * @param zero fixed loops that stay at their first iteration
   * @param weight the figure, which merged loops do not move; empty: 1
   */
  double any(Conditions given, BitSet merged, BitSet zero, Optional<Factor> weight) {
    Conditions conditions = alone(given, merged);
    List<TensorAccess> shared = moved(conditions, merged);
    List<TensorAccess> uneven = uneven(conditions);
    boolean several = uneven.size() + (weight.isPresent() ? 1 : 0) > 1;
    double p = 1;
    for (var e : conditions.regions().entrySet()) {
      if (!certain(e.getKey())
          && !shared.contains(e.getKey())
          && !(several && uneven.contains(e.getKey()))) {
        p *= occupied(e.getKey(), e.getValue(), zero);
      }
    }
    if (several) {
      p *= jointly(conditions, uneven, shared, zero, weight);
    } else if (weight.isPresent()) {
      p *= new JointPlaces(einsum.name(), loops).mean(List.of(weight.get()), zero);
    }
    return shared.isEmpty() ? p : p * together(conditions, shared, merged);
  }

  private double jointly(
      Conditions conditions,
      List<TensorAccess> uneven,
      List<TensorAccess> shared,
      BitSet zero,
      Optional<Factor> weight) {
    if (!jointly) {
      throw refuse(
          "the densities of "
              + String.join(" and ", uneven.stream().map(TensorAccess::name).toList())
              + " depend on the place, and so does what they have in common");
    }
    var factors = new ArrayList<Factor>();
    for (TensorAccess t : uneven) {
      List<BitSet> regions = conditions.regions().getOrDefault(t, List.of());
      if (shared.contains(t)) {
        throw refuse(
            "instances that share a network differ in '" + t.name() + "' in an irregular way");
      }
      if (regions.size() > 1 && !(sparsity.density(t) instanceof ActualDensity)) {
        throw refuse("several regions of '" + t.name() + "' that overlap matter at once");
      }
      for (BitSet r : regions) {
        if (!loops.isBox(t, r) && !(sparsity.density(t) instanceof ActualDensity)) {
          throw refuse("a region of '" + t.name() + "' that is no tile matters");
        }
        factors.add(new Factor(t, r, b -> 1 - sparsity.density(t).probabilityEmpty(b)));
      }
    }
    weight.ifPresent(factors::add);
    return new JointPlaces(einsum.name(), loops).mean(factors, zero);
  }

  /** The leaders of which merged loops move a region. */
  private List<TensorAccess> moved(Conditions conditions, BitSet merged) {
    var moved = new ArrayList<TensorAccess>();
    conditions
        .regions()
        .forEach(
            (leader, _) -> {
              if (!certain(leader) && conditions.fixed(leader).intersects(merged)) {
                moved.add(leader);
              }
            });
    return moved;
  }

  /**
   * The same conditions where merged loops that move a region of one leader alone are part of that
   * region: in some of their iterations it is not empty if all of these together are not.
   */
  private Conditions alone(Conditions given, BitSet merged) {
    List<TensorAccess> moved = moved(given, merged);
    var wider = new Conditions(loops);
    given
        .regions()
        .forEach(
            (leader, regions) -> {
              var own = (BitSet) merged.clone();
              own.and(loops.relevant(leader));
              for (TensorAccess other : moved) {
                if (!other.equals(leader)) {
                  own.andNot(given.fixed(other));
                }
              }
              if (!certain(leader) && regions.stream().filter(own::intersects).count() > 1) {
                throw refuse(
                    "instances that share a network depend on several regions of one tensor");
              }
              for (BitSet r : regions) {
                var region = (BitSet) r.clone();
                region.andNot(own);
                wider.require(leader, region);
              }
            });
    return wider;
  }

  /** A tensor without zeros never stands in the way. */
  private boolean certain(TensorAccess leader) {
    return sparsity.density(leader) instanceof UniformDensity u
        && u.nonZeros() == Box.whole(u.shape()).words();
  }

  /** The tensors of which some region is more likely empty at one place than at another. */
  private List<TensorAccess> uneven(Conditions conditions) {
    return conditions.regions().entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(r -> !even(e.getKey(), r)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether means over places at which several tensors stand together are taken. */
  boolean jointly() {
    return jointly;
  }

  /** Whether all places where a region stands are alike. */
  boolean even(TensorAccess tensor, BitSet fixed) {
    Density density = sparsity.density(tensor);
    if (density instanceof UniformDensity) {
      return true;
    }
    return loops.isBox(tensor, fixed)
        && loops.onGrid(tensor)
        && density.sameEverywhere(loops.extents(tensor, fixed));
  }

  /** The probability that none of these regions of one tensor is empty. */
  private double occupied(TensorAccess tensor, List<BitSet> regions, BitSet zero) {
    var kept = new Conditions(loops);
    regions.forEach(r -> kept.require(tensor, r));
    List<BitSet> left = kept.regions().values().iterator().next();
    if (left.size() == 1) {
      return 1 - empty(tensor, left.getFirst(), zero);
    }
    if (jointly && sparsity.density(tensor) instanceof ActualDensity) {
      return jointly(kept, List.of(tensor), List.of(), zero, Optional.empty());
    }
    boolean windows = tensor.ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
    if (windows || left.size() > 8 || !(sparsity.density(tensor) instanceof UniformDensity u)) {
      throw refuse("several regions of '" + tensor.name() + "' that overlap matter at once");
    }
    double p = 0;
    for (int some = 0; some < 1 << left.size(); some++) {
      long words = 0;
      for (int part = some; part > 0; part = (part - 1) & some) {
        var common = new BitSet();
        for (int i = 0; i < left.size(); i++) {
          if ((part >> i & 1) == 1) {
            common.or(left.get(i));
          }
        }
        words += (Integer.bitCount(part) % 2 == 1 ? 1 : -1) * loops.words(tensor, common);
      }
      p += (Integer.bitCount(some) % 2 == 0 ? 1 : -1) * u.probabilityEmpty(words);
    }
    return p;
  }

  private double empty(TensorAccess tensor, BitSet fixed, BitSet zero) {
    if (sparsity.density(tensor) instanceof UniformDensity u) {
      return u.probabilityEmpty(loops.words(tensor, fixed));
    }
    if (jointly
        && !loops.isBox(tensor, fixed)
        && sparsity.density(tensor) instanceof ActualDensity a) {
      var region = new Factor(tensor, fixed, b -> 1 - a.probabilityEmpty(b));
      return 1 - new JointPlaces(einsum.name(), loops).mean(List.of(region), zero);
    }
    return mean(tensor, fixed, zero, b -> sparsity.density(tensor).probabilityEmpty(b), "empty");
  }

  /** The mean of a figure over all places of a region. */
  double mean(
      TensorAccess tensor, BitSet fixed, BitSet zero, ToDoubleFunction<Box> figure, Object key) {
    record Known(String tensor, BitSet fixed, BitSet zero, Object key) {}
    var own = (BitSet) fixed.clone();
    own.and(loops.relevant(tensor));
    var of = new Known(tensor.name(), own, (BitSet) zero.clone(), key);
    Double before = known.get(of);
    if (before != null) {
      return before;
    }
    if (!loops.isBox(tensor, own)) {
      throw refuse("a region of '" + tensor.name() + "' that is no tile matters");
    }
    double mean;
    if (even(tensor, own)) {
      mean = figure.applyAsDouble(loops.boxes(tensor, own, own).getFirst());
    } else {
      mean = loops.boxes(tensor, own, zero).stream().mapToDouble(figure).average().orElseThrow();
    }
    known.put(of, mean);
    return mean;
  }

  /**
   * The probability that in some iteration of the merged loops neither of two regions is empty. The
   * regions of one tensor are disjoint and alike, so which of them are not empty matters only by
   * their number s: the sum over s of C(n,s) P(of A exactly these s are not) P(of B all these are).
   * Loops that move neither count for nothing.
   */
  private double together(Conditions conditions, List<TensorAccess> moved, BitSet merged) {
    var both = (BitSet) merged.clone();
    moved.forEach(t -> both.and(conditions.fixed(t)));
    long iterations = loops.iterations(both);
    if (moved.size() > 2 || iterations > MOST_ALTERNATIVES) {
      throw refuse(
          "%d instances share a network, and sparse tensors (%s) differ among them, where two tensors and %d instances are the most"
              .formatted(
                  iterations,
                  moved.stream().map(TensorAccess::name).collect(Collectors.joining(", ")),
                  MOST_ALTERNATIVES));
    }
    int n = (int) iterations;
    double[] a = emptyOf(conditions, moved.get(0), both, n);
    double[] b = emptyOf(conditions, moved.get(1), both, n);
    double none = 0;
    for (int s = 0; s <= n; s++) {
      double exactly = 0;
      for (int j = 0; j <= s; j++) {
        exactly += (j % 2 == 0 ? 1 : -1) * choose(s, j) * a[n - s + j];
      }
      none += choose(n, s) * exactly * b[s];
    }
    return 1 - none;
  }

  /** By number: the probability that so many of the regions are all empty. */
  private double[] emptyOf(Conditions conditions, TensorAccess tensor, BitSet merged, int n) {
    List<BitSet> regions = conditions.regions().getOrDefault(tensor, List.of());
    BitSet one = regions.getFirst();
    var all = (BitSet) one.clone();
    all.andNot(merged);
    if (regions.size() > 1
        || !(sparsity.density(tensor) instanceof UniformDensity u)
        || loops.words(tensor, all) != n * loops.words(tensor, one)) {
      throw refuse(
          "instances that share a network differ in '" + tensor.name() + "' in an irregular way");
    }
    var empty = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      empty[i] = u.probabilityEmpty(i * loops.words(tensor, one));
    }
    return empty;
  }

  static double choose(int n, int k) {
    double c = 1;
    for (int i = 0; i < k; i++) {
      c = c * (n - i) / (i + 1);
    }
    return Math.rint(c);
  }

  InvalidSpecException refuse(String what) {
    return new InvalidSpecException(
        "'%s' cannot be counted with sparse tensors under this mapping: %s, which is not modelled; use %sfewer optimisations or another mapping"
            .formatted(einsum.name(), what, Odds.uniform(einsum, sparsity)));
  }
}
