package org.einloom.io.timeloop.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.convert.Blocks.Placed;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;

/**
 * How often loops run in Timeloop's terms: in full turns, and in the last one of all loops outside
 * over the same dimension.
 */
final class Turns {
  private Turns() {}

  /**
   * A factor.
   *
   * @param dimension of the problem, or what it is flattened to
   */
  record Factor(String dimension, long count, long last) {
    /** {@code 4}, or {@code 4,2} where the last turn is shorter. */
    String written() {
      return count == last ? Long.toString(count) : count + "," + last;
    }

    /** This, and inside of it another over the same dimension, as one loop. */
    Factor over(Factor inner) {
      return new Factor(
          dimension,
          Math.multiplyExact(count, inner.count()),
          Math.addExact(Math.multiplyExact(last - 1, inner.count()), inner.last()));
    }
  }

  static Map<Placed, Factor> of(Blocks blocks, Einsum einsum, TimeloopProblem problem) {
    List<Placed> all =
        Stream.concat(blocks.time().stream(), blocks.space().stream())
            .flatMap(List::stream)
            .sorted(Comparator.comparingInt(Placed::place))
            .toList();
    Map<Placed, Factor> factors = new HashMap<>();
    for (RankVariable v : einsum.variables()) {
      List<Placed> loops = all.stream().filter(l -> l.variable().equals(v.name())).toList();
      String dimension = flattened(problem, v.name()).map(f -> f.name()).orElse(v.name());
      turns(v, dimension, loops, factors);
    }
    problem.flattened().forEach(f -> check(f, all, factors));
    return factors;
  }

  private static Optional<TimeloopProblem.Flattened> flattened(
      TimeloopProblem problem, String variable) {
    return problem.flattened().stream().filter(f -> f.dimensions().contains(variable)).findFirst();
  }

  /** Only the tiles of the outermost loop may be cut short, and only the last of them. */
  private static void turns(
      RankVariable v, String dimension, List<Placed> loops, Map<Placed, Factor> factors) {
    long rest = v.extent();
    for (int i = 0; i < loops.size(); i++) {
      Placed l = loops.get(i);
      if (i > 0 && l.outer() % l.tile() != 0) {
        throw new InvalidSpecException(
            "tiles of %d values of '%s' are cut into tiles of %d, which leaves a smaller one every time; Timeloop's factors leave one at the very end alone"
                .formatted(l.outer(), v.name(), l.tile()));
      }
      long last = Math.ceilDiv(rest, l.tile());
      factors.put(l, new Factor(dimension, l.count(), last));
      rest -= (last - 1) * l.tile();
    }
  }

  /** Flattened dimensions are run through in turn: the slowest outside. */
  private static void check(
      TimeloopProblem.Flattened f, List<Placed> all, Map<Placed, Factor> factors) {
    List<Integer> order = new ArrayList<>();
    for (Placed l : all) {
      int at = f.dimensions().reversed().indexOf(l.variable());
      if (at < 0) {
        continue;
      }
      Factor factor = java.util.Objects.requireNonNull(factors.get(l));
      boolean whole = factor.count() == factor.last();
      if (!whole || (!order.isEmpty() && at < order.getLast())) {
        throw new InvalidSpecException(
            "the loop over '%s' is none over the flattened dimension '%s', which runs through %s in turn"
                .formatted(l.variable(), f.name(), String.join(", ", f.dimensions())));
      }
      order.add(at);
    }
  }
}
