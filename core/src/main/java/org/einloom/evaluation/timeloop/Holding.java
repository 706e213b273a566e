package org.einloom.evaluation.timeloop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a level remembers of one tensor from step to step: its last tile, and how that had moved
 * before.
 *
 * <p>Timeloop takes the difference of a tile to the last one only where the tile goes on moving as
 * it did before, or has just begun to; when it turns, all of it is fetched, and so it is when what
 * is new is no box. A tile that stays where it was costs nothing, and the next one may go on.
 *
 * @param tile the last; null before the first
 * @param motion how it came there; null where any motion counts as going on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Holding(@Nullable Box tile, long @Nullable [] motion) {
  static final Holding NOTHING = new Holding(null, null);

  /** The holding after a step, and what was fetched in it. */
  record Step(Holding after, Delta fetched) {}

  /** How a level holds a tensor. */
  enum Rule {
    /** As said above. */
    AS_IT_MOVES,
    /** The difference to the last tile where that is a box, however it moved. */
    PLAIN,
    /** The difference to the last tile, box or not. */
    EXACT,
    /** Nothing is kept. */
    FORGETS
  }

  /** Takes the next tile. */
  Step next(Box now, Rule rule) {
    Box last = tile;
    if (last == null) {
      return new Step(new Holding(now, null), Delta.all(now));
    }
    return switch (rule) {
      case FORGETS -> new Step(new Holding(now, null), Delta.all(now));
      case PLAIN -> new Step(new Holding(now, null), Delta.all(now.without(last)));
      case EXACT -> {
        Box rest = now.without(last);
        yield new Step(
            new Holding(now, null),
            rest.equals(now) && now.shared(last) > 0 ? Delta.but(now, last) : Delta.all(rest));
      }
      case AS_IT_MOVES -> asItMoves(last, now);
    };
  }

  private Step asItMoves(Box last, Box now) {
    long[] by = last.to(now);
    if (Arrays.stream(by).allMatch(x -> x == 0)) {
      return new Step(new Holding(now, motion), Delta.all(now.without(last)));
    }
    if (motion == null || Arrays.equals(motion, by)) {
      return new Step(new Holding(now, by), Delta.all(now.without(last)));
    }
    return new Step(new Holding(now, null), Delta.all(now));
  }
}
