package org.einloom.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.Nest;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * How many words of a tensor the computes below each instance of a memory touch over the whole run,
 * summed over the instances: a word that two instances need counts twice, padding not at all.
 *
 * <p>Which values of a rank variable an instance's computes have depends on the instance's indices
 * of the spatial loops over that variable alone. So, where no variable occurs in two ranks, the sum
 * is a product: of a sum for each rank, over the indices of its variables, of the coordinates
 * touched, and of the number of indices in use for each variable that the tensor does not have.
 */
final class Touched {
  private final Einsum einsum;
  private final Nest nest;
  private final int node;

  private Touched(Einsum einsum, Nest nest, int node) {
    this.einsum = einsum;
    this.nest = nest;
    this.node = node;
  }

  /**
   * The sum over all instances of the memory.
   *
   * @param mapping legal for the Einsum
   * @param node the position of the storage node in it
   * @return empty where a rank variable occurs in two ranks of the tensor, or there would be too
   *     much to enumerate
   */
  static OptionalLong words(Einsum einsum, LoopTree mapping, int node, TensorAccess tensor) {
    if (!tensor.ranksAreDisjoint()) {
      return OptionalLong.empty();
    }
    try {
      return new Touched(einsum, Nest.of(einsum, mapping), node).words(tensor);
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong words(TensorAccess tensor) {
    long words = 1;
    for (TensorAccess.Rank rank : tensor.ranks()) {
      OptionalLong sum = coordinates(rank);
      if (sum.isEmpty()) {
        return sum;
      }
      words = Math.multiplyExact(words, sum.getAsLong());
    }
    for (var v : einsum.variables()) {
      if (!tensor.indexedBy(v.name()) && isSpread(v.name())) {
        Optional<List<Values>> shares = shares(v.name());
        if (shares.isEmpty()) {
          return OptionalLong.empty();
        }
        words = Math.multiplyExact(words, (long) shares.get().size());
      }
    }
    return OptionalLong.of(words);
  }

  /** Coordinates of the rank touched, summed over the instances' indices of its variables. */
  private OptionalLong coordinates(TensorAccess.Rank rank) {
    List<Affine.Term> terms = rank.expression().terms();
    if (terms.size() == 1) {
      // every value is one instance's, and has a coordinate of its own
      return OptionalLong.of(
          inRange(
              terms.getFirst().coefficient(), rank, einsum.extent(terms.getFirst().variable())));
    }
    List<List<Values>> shares = new ArrayList<>();
    double work = 1;
    for (Affine.Term t : terms) {
      Optional<List<Values>> of = shares(t.variable());
      if (of.isEmpty()) {
        return OptionalLong.empty();
      }
      shares.add(of.get());
      work *= einsum.extent(t.variable());
    }
    return work > Values.MOST
        ? OptionalLong.empty()
        : OptionalLong.of(Values.sums(rank, shares, 0, Values.of(rank.expression().offset())));
  }

  /** How many of the values 0 to extent - 1 have a coordinate that is no padding. */
  private static long inRange(long coefficient, TensorAccess.Rank rank, long extent) {
    long offset = rank.expression().offset();
    long first = coefficient > 0 ? -offset : offset - (rank.size() - 1);
    long last = coefficient > 0 ? rank.size() - 1 - offset : offset;
    long step = Math.abs(coefficient);
    return Math.max(
        0,
        Math.min(extent - 1, Math.floorDiv(last, step))
            - Math.max(0, Math.ceilDiv(first, step))
            + 1);
  }

  /** Whether instances of the memory have different values of the variable. */
  private boolean isSpread(String variable) {
    return nest.loops().stream().anyMatch(b -> b.loop().variable().equals(variable) && selects(b));
  }

  private boolean selects(Nest.Bound b) {
    return b.loop() instanceof MappingNode.Spatial && b.node() < node;
  }

  /**
   * The values of the variable by the instances' indices of its spatial loops; where no instance
   * has any, there is no entry.
   */
  private Optional<List<Values>> shares(String variable) {
    long extent = einsum.extent(variable);
    if (extent > Values.MOST) {
      return Optional.empty();
    }
    List<Nest.Bound> loops =
        nest.loops().stream().filter(b -> b.loop().variable().equals(variable)).toList();
    var shares = new Shares(loops, this::selects);
    shares.walk(0, 0, 0, (int) extent);
    return Optional.of(shares.list());
  }
}
