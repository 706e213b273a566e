package org.einloom.mapper.sparse;

/**
 * Words of an operand that several computes ask for at once, since ranks have several variables
 * that are spread: how probably any of them needs it. Two computes that ask for the same word
 * differ in two variables of a rank at least. So if a leader is indexed by all of these but one,
 * each of them looks at another word of it.
 */
final class SharedWords {
  private final Problem problem;

  SharedWords(Problem problem) {
    this.problem = problem;
  }

  /**
   * The mean over words that are asked for; not a number where it is not counted.
   *
   * @param s with all loops
   * @param merged nodes of fanouts whose children are merged, as bits
   * @param least whether the loops may stand in any order, and the least is asked for
   */
  double any(State s, Needs needs, long merged, int t, boolean least) {
    int leader = -1;
    for (int l = 0; l < problem.result; l++) {
      if (needs.regions(l) > 0 && !problem.law[l].certain()) {
        long moving = Odds.moving(s, l);
        boolean word = needs.regions(l) == 1 && (needs.region(l, 0) & moving) == moving;
        if (leader >= 0 || !word || problem.placed(l) || !problem.law[l].uniform()) {
          return Double.NaN;
        }
        leader = l;
      } else if (needs.regions(l) > 0 && problem.ranks[l].padded) {
        return Double.NaN;
      }
    }
    if (leader < 0) {
      return 1;
    }
    double others = 1;
    for (int i = 0; i < s.variable.length; i++) {
      int v = s.variable[i];
      boolean together = s.fanout[i] >= 0 && (merged >> s.fanout[i] & 1) == 1;
      others *=
          together && !problem.relevant[t][v] && problem.relevant[leader][v]
              ? (double) s.count[i]
              : 1;
    }
    if (least) {
      return 1 - problem.law[leader].emptyWords((long) others);
    }
    double[][] words = new double[problem.ranks[t].variable.length][];
    double all = 1;
    for (int r = 0; r < words.length; r++) {
      words[r] = words(s, t, r, merged, leader);
      double sum = 0;
      for (double w : words[r]) {
        sum += w;
      }
      all *= sum;
    }
    return mean(words, 0, others, leader) / all;
  }

  /** By how many words of the leader are looked at for it: coordinates that are asked for. */
  private double[] words(State s, int t, int r, long merged, int leader) {
    Ranks ranks = problem.ranks[t];
    long[] instances = RankPlaces.NONE;
    long[] places = RankPlaces.NONE;
    int own = 0;
    int apart = 0;
    for (int v : ranks.variable[r]) {
      long tile = 1;
      boolean spread = false;
      for (int i = s.variable.length - 1; i >= 0; i--) {
        if (s.variable[i] == v) {
          long step = ranks.factor[v] * tile;
          if (s.fanout[i] >= 0 && (merged >> s.fanout[i] & 1) == 1) {
            instances = RankPlaces.with(instances, step, s.count[i]);
            spread |= s.count[i] > 1;
          } else {
            places = RankPlaces.with(places, step, s.count[i]);
          }
          tile *= s.count[i];
        }
      }
      own += spread && problem.relevant[leader][v] ? 1 : 0;
      apart += spread && !problem.relevant[leader][v] ? 1 : 0;
    }
    double[] times = problem.places(t).rank[r].shared(instances, places);
    if (own > 0 && apart > 1) {
      return new double[] {Double.NaN};
    }
    if (own > 0) {
      return times;
    }
    double[] once = new double[2];
    for (double n : times) {
      once[1] += n;
    }
    return once;
  }

  private double mean(double[][] words, int r, double n, int leader) {
    if (r == words.length) {
      return 1 - problem.law[leader].emptyWords((long) n);
    }
    double mean = 0;
    for (int k = 0; k < words[r].length; k++) {
      mean += words[r][k] == 0 ? 0 : words[r][k] * mean(words, r + 1, n * (double) k, leader);
    }
    return mean;
  }
}
