package org.einloom.mapper.timeloop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Any link, also one whose children hand words on to each other, or keep nothing.
 *
 * <p>What a step fetches is said at {@link Slide}. Neighbours hand it on if one of them asked for
 * just that a step ago. Between any two steps of loops further out the innermost loop of all has
 * run through, and in its own first step comes after one of them; its others count as the first. So
 * of a step of a loop further out, what was asked for before is what the innermost loop asks for;
 * and of all steps of the innermost loop, in a run, what the step before that run asked for: the
 * beginning, or a step of some loop further out, which counts {@code (count - 1)} of the innermost
 * loop's steps as well as itself.
 *
 * <p>Equal parts of equal tiles alone are handed on: whole tiles after whole tiles, or strips after
 * strips. When no loop that is left can move the tile as far as a neighbour stands, or be a happy
 * one, all loops outside are alike, and their steps are one less than their iterations.
 *
 * @param first iterations of the innermost loop; 0 before there is one, 1 if it fetches nothing
 * @param firstBy how it moves the tile
 * @param firstPart what it fetches
 * @param motion of the innermost loop that moves the tile; null before there is one
 * @param sum of the motions of all loops so far
 */
@SuppressWarnings("ArrayRecordComponent") // compares them itself
record Chain(
    Link link,
    Children children,
    Extents tile,
    long first,
    long[] firstBy,
    Part firstPart,
    long @Nullable [] motion,
    long[] sum,
    double paidPj)
    implements LinkState {
  /** What a step fetches. */
  enum Part {
    NOTHING,
    STRIP,
    ALL
  }

  static Chain begin(Link link, Children children, Extents tile) {
    long[] still = new long[tile.ranks().length];
    return new Chain(link, children, tile, 0, still, Part.NOTHING, null, still, 0);
  }

  @Override
  public LinkState place(Placing loop, Tally to) {
    double before = to.energyPj;
    long[] own = loop.motion(link.tensor());
    long[] by = new long[own.length];
    long[] total = new long[own.length];
    for (int r = 0; r < own.length; r++) {
      by[r] = own[r] - sum[r];
      total[r] = own[r] + sum[r];
    }
    boolean stays = Arrays.stream(by).allMatch(x -> x == 0);
    long[] now = motion == null && !stays ? by : motion;
    Part part = part(by, stays, now);
    Chain next;
    if (first == 0) {
      link.add(to, 1, tile.words(), children.alone);
      fetch(to, loop.count() - 1.0, part, Part.ALL, own, now);
      boolean silent = part == Part.NOTHING;
      next = with(silent ? 1 : loop.count(), silent ? sum : own, part, now, total, 0);
    } else {
      fetch(to, loop.advances(), part, firstPart, by, now);
      fetch(to, loop.advances() * (first - 1), firstPart, part, firstBy, now);
      next = with(first, firstBy, firstPart, now, total, 0);
    }
    if (next.isDead(loop)) {
      next.fetch(to, loop.outside() - 1, Part.ALL, Part.NOTHING, by, now);
      next.fetch(
          to, (loop.outside() - 1) * (next.first - 1), next.firstPart, Part.ALL, next.firstBy, now);
      return Closed.CLOSED;
    }
    return next.with(
        next.first, next.firstBy, next.firstPart, now, total, paidPj + to.energyPj - before);
  }

  private Chain with(
      long count, long[] countBy, Part part, long @Nullable [] now, long[] total, double paid) {
    return new Chain(link, children, tile, count, countBy, part, now, total, paid);
  }

  @Override
  public void finish(Tally to) {
    if (first == 0) {
      link.add(to, 1, tile.words(), children.alone);
    }
  }

  private Part part(long[] by, boolean stays, long @Nullable [] now) {
    if (link.forgets()) {
      return Part.ALL;
    }
    if (stays) {
      return Part.NOTHING;
    }
    return Arrays.equals(by, now) && tile.fresh(by) < tile.words() ? Part.STRIP : Part.ALL;
  }

  private void fetch(
      Tally to, double steps, Part part, Part before, long[] by, long @Nullable [] now) {
    if (part == Part.NOTHING) {
      return;
    }
    double words = part == Part.STRIP && now != null ? tile.fresh(now) : tile.words();
    boolean handsOn = link.mayLink() && part == before;
    link.add(to, steps, words, handsOn ? children.after(by) : children.alone);
  }

  /** Whether all loops that are left fetch all, from above. */
  private boolean isDead(Placing loop) {
    Problem p = loop.problem();
    int t = link.tensor();
    int far = -1;
    for (int r = 0; r < sum.length; r++) {
      if (sum[r] == 0) {
        continue;
      }
      if (p.plainRank[t][r]) {
        return true;
      }
      long reach = motion == null ? 0 : Math.abs(motion[r]);
      if (link.mayLink() && firstPart == Part.ALL) {
        reach = Math.max(reach, children.reach(r));
      }
      if (sum[r] > reach) {
        if (far >= 0) {
          return !p.odd[t];
        }
        far = r;
        if (p.odd[t]) {
          continue;
        }
        boolean some = false;
        for (int d = 0; d < p.dims; d++) {
          long step = p.coefficient[t][r][d] * loop.next(d);
          some |= step > 0 && loop.left()[d] > 1 && step <= sum[r] + reach;
        }
        if (!some) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Chain c
        && link.equals(c.link)
        && children == c.children
        && tile.equals(c.tile)
        && first == c.first
        && firstPart == c.firstPart
        && Arrays.equals(firstBy, c.firstBy)
        && Arrays.equals(motion, c.motion)
        && Arrays.equals(sum, c.sum);
  }

  @Override
  public int hashCode() {
    int h = Arrays.hashCode(sum) * 31 + Arrays.hashCode(motion);
    return (h * 31 + Arrays.hashCode(firstBy)) * 31 + Long.hashCode(first) + tile.hashCode();
  }
}
