package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.einloom.density.ActualDensity;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.model.sparse.Regions.Content;
import org.einloom.model.sparse.Regions.Region;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * The probability that of several sets of regions there is one in which no region is empty, by
 * inclusion and exclusion: over the sets, of which each tensor has to have all regions occupied,
 * and then, tensor by tensor, over those regions that are empty together.
 */
final class Odds {
  /** More of them take too long. */
  private static final int MOST = 10;

  /** More instances in one network than the sum over numbers of them is exact for. */
  private static final int MOST_ALIKE = 24;

  private final Einsum einsum;
  private final Sparsity sparsity;
  private final Map<Set<Set<Region>>, Double> known = new HashMap<>();
  private final Map<Set<Region>, Optional<Set<Region>>> left = new HashMap<>();

  Odds(Einsum einsum, Sparsity sparsity) {
    this.einsum = einsum;
    this.sparsity = sparsity;
  }

  /** The probability that all regions of at least one set are occupied. */
  double any(List<Set<Region>> sets) {
    boolean chance = false;
    for (Set<Region> s : sets) {
      Content all = content(s);
      if (all == Content.SOMETHING) {
        return 1;
      }
      chance |= all == Content.CHANCE;
    }
    if (!chance) {
      return 0;
    }
    Set<Set<Region>> open = new HashSet<>();
    for (Set<Region> s : sets) {
      left.computeIfAbsent(s, this::open).ifPresent(open::add);
    }
    if (open.contains(Set.of())) {
      return 1;
    }
    return open.isEmpty() ? 0 : known.computeIfAbsent(open, this::compute);
  }

  /** Whether no region of a set is empty. */
  private Content content(Set<Region> all) {
    Content content = Content.SOMETHING;
    for (Region r : all) {
      Content one = r.content(this::content);
      if (one == Content.NOTHING) {
        return one;
      }
      content = one == Content.CHANCE ? one : content;
    }
    return content;
  }

  private Content content(Region r) {
    if (r.words() == 0) {
      return Content.NOTHING;
    }
    return switch (density(r)) {
      case ActualDensity a ->
          r.boxes().stream().anyMatch(b -> a.pattern().count(b) > 0)
              ? Content.SOMETHING
              : Content.NOTHING;
      case UniformDensity u when u.nonZeros() == Box.whole(u.shape()).words() -> Content.SOMETHING;
      default -> Content.CHANCE;
    };
  }

  /** What of a set is left to chance; empty if it cannot be. */
  private Optional<Set<Region>> open(Set<Region> all) {
    var chance = new HashSet<Region>();
    for (Region r : all) {
      Density density = density(r);
      if (r.words() == 0) {
        return Optional.empty();
      }
      if (density instanceof ActualDensity a) {
        if (r.boxes().stream().allMatch(b -> a.pattern().count(b) == 0)) {
          return Optional.empty();
        }
      } else if (!(density instanceof UniformDensity u)
          || u.nonZeros() < Box.whole(u.shape()).words()) {
        chance.add(r);
      }
    }
    var needed = new HashSet<Region>();
    for (Region r : chance) {
      boolean implied =
          chance.stream()
              .anyMatch(o -> o.tensor().equals(r.tensor()) && r.contains(o) && !o.equals(r));
      if (!implied) {
        needed.add(r);
      }
    }
    return Optional.of(needed);
  }

  private Density density(Region r) {
    return sparsity.density(einsum.tensor(r.tensor()));
  }

  private double compute(Set<Set<Region>> sets) {
    List<Set<Region>> all = List.copyOf(sets);
    if (all.stream().allMatch(s -> s.size() == 1)
        && all.stream().map(s -> s.iterator().next().tensor()).distinct().count() == 1) {
      return 1 - empty(all.stream().map(s -> s.iterator().next()).toList());
    }
    OptionalDouble alike = alike(all);
    if (alike.isPresent()) {
      return alike.getAsDouble();
    }
    limit(all.size());
    double p = 0;
    for (int some = 1; some < 1 << all.size(); some++) {
      Map<String, Set<Region>> byTensor = new LinkedHashMap<>();
      for (int i = 0; i < all.size(); i++) {
        if ((some >> i & 1) == 1) {
          all.get(i)
              .forEach(r -> byTensor.computeIfAbsent(r.tensor(), _ -> new HashSet<>()).add(r));
        }
      }
      double product = 1;
      for (Set<Region> of : byTensor.values()) {
        product *= occupied(List.copyOf(of));
      }
      p += Integer.bitCount(some) % 2 == 1 ? product : -product;
    }
    return p;
  }

  /**
   * The same where each set has a region of the same two uniform tensors, those of a tensor being
   * disjoint and of one size: which of them are not empty matters only by their number s. The sum
   * over s of C(n,s) P(of the one exactly these s are not) P(of the other all these are).
   */
  private OptionalDouble alike(List<Set<Region>> sets) {
    int n = sets.size();
    List<String> tensors =
        sets.getFirst().stream().map(Region::tensor).distinct().sorted().toList();
    if (n < 2 || n > MOST_ALIKE || tensors.size() != 2) {
      return OptionalDouble.empty();
    }
    List<double[]> empty = new ArrayList<>();
    for (String t : tensors) {
      var own = new ArrayList<Region>();
      for (Set<Region> s : sets) {
        s.stream().filter(r -> s.size() == 2 && r.tensor().equals(t)).forEach(own::add);
      }
      if (own.size() != n
          || !(density(own.getFirst()) instanceof UniformDensity u)
          || own.stream().anyMatch(r -> r.words() != own.getFirst().words())
          || !disjoint(own)) {
        return OptionalDouble.empty();
      }
      var of = new double[n + 1];
      for (int i = 0; i <= n; i++) {
        of[i] = u.probabilityEmpty(i * own.getFirst().words());
      }
      empty.add(of);
    }
    double none = 0;
    for (int s = 0; s <= n; s++) {
      double exactly = 0;
      for (int j = 0; j <= s; j++) {
        exactly += (j % 2 == 0 ? 1 : -1) * Chances.choose(s, j) * empty.get(0)[n - s + j];
      }
      none += Chances.choose(n, s) * exactly * empty.get(1)[s];
    }
    return OptionalDouble.of(1 - none);
  }

  private static boolean disjoint(List<Region> regions) {
    for (int i = 0; i < regions.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (regions.get(i).meet(regions.get(j)).words() > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** The probability that none of these regions of one tensor is empty. */
  private double occupied(List<Region> regions) {
    limit(regions.size());
    double p = 0;
    for (int some = 0; some < 1 << regions.size(); some++) {
      var of = new ArrayList<Region>();
      for (int i = 0; i < regions.size(); i++) {
        if ((some >> i & 1) == 1) {
          of.add(regions.get(i));
        }
      }
      double empty = of.isEmpty() ? 1 : empty(of);
      p += Integer.bitCount(some) % 2 == 0 ? empty : -empty;
    }
    return p;
  }

  /** The probability that all of these regions of one tensor are empty. */
  private double empty(List<Region> regions) {
    Density density = density(regions.getFirst());
    if (density instanceof UniformDensity u) {
      return u.probabilityEmpty(union(regions));
    }
    List<Region> outer =
        regions.stream()
            .filter(r -> regions.stream().noneMatch(o -> !o.equals(r) && o.contains(r)))
            .toList();
    if (outer.size() == 1) {
      Optional<Box> box = outer.getFirst().box();
      if (box.isPresent()) {
        return density.probabilityEmpty(box.get());
      }
    }
    throw refuse("a region of '" + regions.getFirst().tensor() + "' that is no tile matters");
  }

  /** How many words are in any of them. */
  private long union(List<Region> regions) {
    if (regions.size() == 1) {
      return regions.getFirst().words();
    }
    if (disjoint(regions)) {
      return regions.stream().mapToLong(Region::words).sum();
    }
    limit(regions.size());
    long words = 0;
    for (int some = 1; some < 1 << regions.size(); some++) {
      Region common = null;
      for (int i = 0; i < regions.size(); i++) {
        if ((some >> i & 1) == 1) {
          common = common == null ? regions.get(i) : common.meet(regions.get(i));
        }
      }
      if (common != null) {
        words += (Integer.bitCount(some) % 2 == 1 ? 1 : -1) * common.words();
      }
    }
    return words;
  }

  private void limit(int n) {
    if (n > MOST) {
      throw refuse(
          "%d instances share a network, and sparse tensors differ among them, where %d are the most"
              .formatted(n, MOST));
    }
  }

  InvalidSpecException refuse(String what) {
    return new InvalidSpecException(
        "'%s' cannot be counted with sparse tensors under this mapping: %s, which is not modelled; use %sfewer optimisations, tiles that divide or another mapping"
            .formatted(einsum.name(), what, uniform(einsum, sparsity)));
  }

  /** Advice to use uniform densities, where some are not. */
  static String uniform(Einsum einsum, Sparsity sparsity) {
    return einsum.operands().stream()
            .map(sparsity::density)
            .allMatch(UniformDensity.class::isInstance)
        ? ""
        : "uniform densities, ";
  }
}
