package org.einloom.mapper;

import java.util.random.RandomGenerator;

/** Random candidates that are sensible already: the fanouts well used, the memories well filled. */
final class Seeds {
  private static final int SPREADS = 4;
  private static final double STOP_GROWING = 0.05;
  private static final double BYPASS = 0.2;

  private Seeds() {}

  /** A candidate that fits, if the smallest tiles do. */
  static Candidate draw(Space space, RandomGenerator random) {
    Candidate smallest = Candidate.smallestTiles(space).copy();
    keepMore(smallest, random);
    Candidate best = smallest;
    double bestSteps = Double.POSITIVE_INFINITY;
    for (int i = 0; i < SPREADS; i++) {
      Candidate c = smallest.copy();
      spread(c, random);
      if (steps(c) < bestSteps) {
        bestSteps = steps(c);
        best = c;
      }
    }
    fill(best, random);
    arrange(best, random);
    return best;
  }

  private static void keepMore(Candidate c, RandomGenerator random) {
    for (int m = 1; m < c.keep.length; m++) {
      for (int t : shuffled(c.keep[m].length, random)) {
        if (!c.keep[m][t] && c.space.memories.get(m).keep().allows(c.space.tensors.get(t))) {
          c.keep[m][t] = random.nextDouble() >= BYPASS;
          if (!c.fits()) {
            c.keep[m][t] = false;
          }
        }
      }
    }
  }

  /** Time steps, were the computes alone to decide. */
  private static double steps(Candidate c) {
    double steps = 1;
    for (int v = 0; v < c.space.variables(); v++) {
      steps *= c.rest(v);
    }
    return steps;
  }

  private static void spread(Candidate c, RandomGenerator random) {
    for (int s : shuffled(c.factor.length, random)) {
      if (c.space.temporal(s)) {
        continue;
      }
      for (int v : shuffled(c.space.variables(), random)) {
        long left = c.space.size(s) / c.used(s);
        if (left < 2) {
          break;
        }
        if (c.space.allowed(s, v)) {
          long share = Factors.share(c.rest(v), left);
          while (share > 1 && !grow(c, s, v, share)) {
            share = Factors.share(c.rest(v), share - 1);
          }
        }
      }
    }
  }

  private static void fill(Candidate c, RandomGenerator random) {
    for (int s = c.factor.length - 1; s > 0; s--) {
      if (!c.space.temporal(s)) {
        continue;
      }
      int failures = 0;
      while (failures < c.space.variables() && random.nextDouble() >= STOP_GROWING) {
        int v = random.nextInt(c.space.variables());
        var steps = Factors.growth(c.rest(v));
        if (steps.isEmpty() || !grow(c, s, v, steps.get(random.nextInt(steps.size())))) {
          failures++;
        }
      }
    }
  }

  private static boolean grow(Candidate c, int slot, int v, long by) {
    c.factor[slot][v] *= by;
    if (c.fits()) {
      return true;
    }
    c.factor[slot][v] /= by;
    return false;
  }

  /**
   * Orders loops so that one tensor after the other, drawn at random, stays where it is longest.
   */
  private static void arrange(Candidate c, RandomGenerator random) {
    for (int s = 0; s < c.order.length; s++) {
      int[] priority = shuffled(c.space.tensors.size(), random);
      int[] variables = shuffled(c.space.variables(), random);
      c.order[s] =
          java.util.Arrays.stream(variables)
              .boxed()
              .sorted(
                  (a, b) -> {
                    for (int t : priority) {
                      // what moves the tensor stands outside of what does not
                      int order = Boolean.compare(c.space.indexes(t, b), c.space.indexes(t, a));
                      if (order != 0) {
                        return order;
                      }
                    }
                    return 0;
                  })
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  static int[] shuffled(int n, RandomGenerator random) {
    int[] numbers = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }
}
