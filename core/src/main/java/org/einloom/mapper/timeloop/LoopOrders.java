package org.einloom.mapper.timeloop;

import java.util.Arrays;

/** Which loops in time may follow each other at a level. */
final class LoopOrders {
  private final Problem problem;

  LoopOrders(Problem problem) {
    this.problem = problem;
  }

  /**
   * The dimensions that need not come right after this one, since they may as well come right
   * before it: those before it in number that every link sees alike.
   */
  long barred(Label l, int d) {
    long barred = 0;
    if (!ordered(l.level(), d)) {
      for (int o = 0; o < d; o++) {
        if ((l.used() >> o & 1) == 0 && !ordered(l.level(), o) && seenAlike(l, d, o)) {
          barred |= 1L << o;
        }
      }
    }
    return barred;
  }

  /** Dimensions of which an order is asked come in that order, and before all others. */
  boolean mayBeNext(Label l, int dim) {
    int[] order = problem.timeOrder[l.level()];
    int at = -1;
    for (int i = 0; i < order.length; i++) {
      at = order[i] == dim ? i : at;
    }
    for (int d = 0; d < problem.dims; d++) {
      if ((l.used() >> d & 1) != 0) {
        int other = -1;
        for (int i = 0; i < order.length; i++) {
          other = order[i] == d ? i : other;
        }
        if (at >= 0 && (other < 0 || other > at)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean ordered(int level, int dim) {
    return Arrays.stream(problem.timeOrder[level]).anyMatch(d -> d == dim);
  }

  /**
   * Whether every link that is not done sees two dimensions alike: it depends on neither, or on
   * each along a rank of its own. Then what the two loops fetch is the same in either order.
   */
  private boolean seenAlike(Label l, int a, int b) {
    for (LinkState state : l.states()) {
      if (state instanceof Open o) {
        int t = o.link().tensor();
        boolean neither = !problem.relevant[t][a] && !problem.relevant[t][b];
        if (!neither && !(movesPlain(t, a) && movesPlain(t, b))) {
          return false;
        }
      } else if (state instanceof Slide || state instanceof Chain) {
        return false;
      }
    }
    return true;
  }

  private boolean movesPlain(int t, int d) {
    for (int r = 0; r < problem.plainRank[t].length; r++) {
      if (problem.plainRank[t][r] && problem.coefficient[t][r][d] != 0) {
        return true;
      }
    }
    return false;
  }
}
