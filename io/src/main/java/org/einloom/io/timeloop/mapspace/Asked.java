package org.einloom.io.timeloop.mapspace;

import java.util.List;
import java.util.SequencedMap;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.FactorText;

/**
 * How often a loop may run.
 *
 * @param least at least this often
 * @param most at most this often; the largest long where nothing is asked
 */
record Asked(long least, long most) {
  /** Whether it asks nothing of a dimension of that size. */
  boolean isFree(long extent) {
    return least <= 1 && most >= extent;
  }

  /** Whether the loop does not iterate. */
  boolean isOne() {
    return most == 1;
  }

  /**
   * What a factor asks for.
   *
   * <p>A factor of 0 is whatever remains of the dimension when all other factors that are given for
   * it with '=' are taken out; those that are not given are then 1. One that is larger than the
   * dimension stands for all of it.
   *
   * @param all every constraint there is
   */
  static Asked of(
      FactorText.Item item, SequencedMap<String, Long> extents, List<TimeloopConstraint> all) {
    Long extent = extents.get(item.dimension());
    if (extent == null) {
      throw item.at()
          .error(
              "unknown dimension " + Words.quote(item.dimension()),
              "expected " + Words.list(extents.keySet()),
              Words.didYouMean(item.dimension(), extents.keySet()));
    }
    if (item.last() != item.count()) {
      throw item.at()
          .error(
              "a constraint has the factor %s=%d,%d"
                  .formatted(item.dimension(), item.count(), item.last()),
              "expected one number: a shorter last turn is for mappings");
    }
    return switch (item.comparison()) {
      case "<=" -> new Asked(1, positive(item));
      case ">=" -> new Asked(positive(item), Long.MAX_VALUE);
      default -> {
        long count = item.count() == 0 ? rest(item, extent, all) : Math.min(item.count(), extent);
        yield new Asked(count, count);
      }
    };
  }

  private static long positive(FactorText.Item item) {
    if (item.count() < 1) {
      throw item.at()
          .error(
              "a factor is %s%s0".formatted(item.dimension(), item.comparison()),
              "expected at least 1");
    }
    return item.count();
  }

  private static long rest(FactorText.Item item, long extent, List<TimeloopConstraint> all) {
    long others = 1;
    for (TimeloopConstraint c : all) {
      if (c instanceof TimeloopConstraint.Loops loops) {
        for (FactorText.Item f : loops.factors()) {
          boolean other = !f.equals(item) && f.dimension().equals(item.dimension());
          if (other && f.comparison().equals("=") && f.count() == 0) {
            throw item.at()
                .error(
                    "two factors of dimension %s are 0".formatted(Words.quote(f.dimension())),
                    "the other is at " + f.at(),
                    "expected one that takes what remains");
          }
          others *= other && f.comparison().equals("=") ? Math.min(f.count(), extent) : 1;
          others = Math.min(others, extent);
        }
      }
    }
    return (extent + others - 1) / others;
  }
}
