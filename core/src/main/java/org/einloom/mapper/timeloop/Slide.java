package org.einloom.mapper.timeloop;

/**
 * Loops have moved the tile along one rank that several dimensions move, and no neighbour hands on
 * anything.
 *
 * <p>When a loop goes on, those inside begin again. Of loops in time Timeloop looks at the first
 * two iterations, the second standing for all others; so the tile moves by the loop's own motion
 * less the sum of those of all loops inside ({@code sum}). If that is nothing, nothing is fetched;
 * if it is what the innermost loop that moves it does ({@code motion}), it goes on as before, and
 * fetches the same strip; otherwise all of it. (The loop that moved last is always that innermost
 * one: it ran through between any two steps of loops further out.)
 *
 * <p>A loop along another rank, or a tensor's rank that one dimension alone moves, is never such a
 * happy one; nor is any loop further out, as motions are not negative and the sum has two ranks
 * then. If no loop that is left can be one either, all loops outside together make it fetch as many
 * tiles as they have iterations, but for the first, which is counted already.
 *
 * @param rank along which the tile has moved
 * @param sum of the motions of all loops so far
 * @param motion of the innermost of them
 * @param strip words that are new after it
 */
record Slide(Open begun, int rank, long sum, long motion, double strip, double paidPj)
    implements LinkState {

  /** What follows the first loop that moves a tile. */
  static LinkState of(Open begun, long[] by, double strip, double paidPj, Placing loop, Tally to) {
    int rank = -1;
    for (int r = 0; r < by.length; r++) {
      if (by[r] != 0) {
        if (rank >= 0) {
          return close(begun, loop, to);
        }
        rank = r;
      }
    }
    return new Slide(begun, rank, by[rank], by[rank], strip, paidPj).orClosed(loop, to);
  }

  @Override
  public LinkState place(Placing loop, Tally to) {
    Link link = begun.link();
    Children.Served alone = begun.children().alone;
    int t = link.tensor();
    long[] by = loop.motion(t);
    double words = begun.tile().words();
    for (int r = 0; r < by.length; r++) {
      if (r != rank && by[r] != 0) {
        link.add(to, loop.advances(), words, alone);
        return close(begun, loop, to);
      }
    }
    long moved = by[rank] - sum;
    if (moved == 0) {
      words = 0;
    } else if (moved == motion) {
      words = strip;
    }
    double before = to.energyPj;
    link.add(to, loop.advances(), words, alone);
    double paid = paidPj + to.energyPj - before;
    return new Slide(begun, rank, sum + by[rank], motion, strip, paid).orClosed(loop, to);
  }

  /** Closes it if no loop that is left can be a happy one. */
  private LinkState orClosed(Placing loop, Tally to) {
    Problem p = loop.problem();
    int t = begun.link().tensor();
    // loops in between add to the sum: but all that is left moves by multiples of this
    long step = 0;
    for (int d = 0; d < p.dims && !p.plainRank[t][rank]; d++) {
      if (loop.left()[d] > 1) {
        step = gcd(step, p.coefficient[t][rank][d] * loop.next(d));
      }
    }
    if (step > 0) {
      boolean stays = sum % step == 0;
      boolean goesOn = (sum + motion) % step == 0 && strip < begun.tile().words();
      if (stays || goesOn) {
        return this;
      }
    }
    return close(begun, loop, to);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static LinkState close(Open begun, Placing loop, Tally to) {
    begun.link().add(to, loop.outside() - 1, begun.tile().words(), begun.children().alone);
    return Closed.CLOSED;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Slide s
        && rank == s.rank
        && sum == s.sum
        && motion == s.motion
        && begun.equals(s.begun);
  }

  @Override
  public int hashCode() {
    return begun.hashCode() * 31 + Long.hashCode(sum * 31 + motion) + rank;
  }
}
