package org.einloom.mapper.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a structure of which little is sure to be lost: from one of them to another that
 * differs in one fanout, or in what is kept where, as long as there is one with a lower bound. Its
 * best mapping is seldom far from the best of all, and known long before bounds lead there.
 */
final class Scout {

  /** Completes structures. */
  interface Maker {
    /** A structure with these choices; null if there is none, or none of interest. */
    @Nullable Open of(Placement placement, int[] choices);
  }

  /** Bounds structures. */
  interface Bound {
    /** What a structure costs at least; infinite if it is of no interest. */
    double value(Open o);
  }

  private final List<Placement> placements;
  private final int[] counts;
  private final Maker maker;
  private final Bound bound;

  /**
   * @param counts by fanout, how many choices there are
   */
  Scout(List<Placement> placements, int[] counts, Maker maker, Bound bound) {
    this.placements = placements;
    this.counts = counts;
    this.maker = maker;
    this.bound = bound;
  }

  /**
   * The last structure that is reached.
   *
   * @param from where to begin
   * @param choices its choices by fanout
   */
  Open from(Open from, int[] choices) {
    int[] at = choices.clone();
    Open best = from;
    double value = bound.value(from);
    // once around without anything better is enough
    int left = counts.length + 1;
    for (int f = 0; left > 0; f = (f + 1) % (counts.length + 1), left--) {
      int before = f == counts.length ? 0 : at[f];
      int count = f == counts.length ? placements.size() : counts[f];
      for (int c = 0; c < count; c++) {
        if (f < counts.length) {
          at[f] = c;
        }
        Placement placement = f < counts.length ? best.placement() : placements.get(c);
        Open o = maker.of(placement, at);
        // the bound can only be more than what is known without it
        double v = o == null || o.value() >= value ? Double.POSITIVE_INFINITY : bound.value(o);
        if (o != null && v < value) {
          value = v;
          best = o;
          before = c;
          left = counts.length + 2;
        }
      }
      if (f < counts.length) {
        at[f] = before;
      }
    }
    return best;
  }
}
