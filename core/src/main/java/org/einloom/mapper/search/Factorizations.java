package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Every way to share the temporal iterations of one variable among its loops, and for each way what
 * a cost asks of it. Ways in which the same loops have a bound above 1 follow each other: these are
 * a <em>group</em>.
 */
final class Factorizations {
  /** How many there are. */
  final int count;

  /** By group, where it begins; and where the last one ends. */
  final int[] group;

  /** {@code [way]}: the group that it is in. */
  final int[] groupOf;

  /** {@code [place][way]}: the product of the bounds of its loops from that place on outwards. */
  final double[][] outside;

  /** {@code [place][way]}: the product of the bounds of its loops before that place. */
  final double[][] inside;

  /**
   * {@code [group][place]}: the first place from there on with a loop that iterates; behind all
   * loops if there is none.
   */
  final int[][] first;

  /** {@code [way][of its loops]}: innermost first. */
  private final List<long[]> bounds;

  /**
   * @param iterations the product of the bounds
   * @param loops the places of its loops, innermost first
   * @param places how many loops there are of all variables
   */
  Factorizations(long iterations, List<Integer> loops, int places) {
    bounds = new ArrayList<>();
    fill(iterations, divisors(iterations), new long[loops.size()], 0, bounds);
    bounds.sort(Comparator.comparingLong(Factorizations::pattern));
    count = bounds.size();
    outside = new double[places + 1][count];
    inside = new double[places + 1][count];
    groupOf = new int[count];
    List<Integer> begins = new ArrayList<>();
    List<int[]> firsts = new ArrayList<>();
    for (int way = 0; way < count; way++) {
      long[] of = bounds.get(way);
      if (way == 0 || pattern(of) != pattern(bounds.get(way - 1))) {
        begins.add(way);
        firsts.add(first(of, loops, places));
      }
      groupOf[way] = begins.size() - 1;
      double all = 1;
      for (int x = 0; x <= places; x++) {
        inside[x][way] = all;
        outside[x][way] = (double) iterations / all;
        int own = loops.indexOf(x);
        all *= own >= 0 ? (double) of[own] : 1;
      }
    }
    begins.add(count);
    group = begins.stream().mapToInt(Integer::intValue).toArray();
    first = firsts.toArray(new int[0][]);
  }

  /** The bounds of its loops, innermost first. */
  long[] bounds(int way) {
    return bounds.get(way).clone();
  }

  /** How many ways there are, without making them. */
  static double count(long iterations, int loops) {
    double count = 1;
    long left = iterations;
    for (long p = 2; left > 1; p++) {
      p = p > left / p ? left : p;
      for (int e = 1; left % p == 0; e++) {
        left /= p;
        // (e + loops - 1 over e), factor by factor
        count *= (double) (e + loops - 1) / e;
      }
    }
    return Math.rint(count);
  }

  private static long[] divisors(long n) {
    List<Long> found = new ArrayList<>();
    for (long d = 1; d <= n / d; d++) {
      if (n % d == 0) {
        found.add(d);
        if (d != n / d) {
          found.add(n / d);
        }
      }
    }
    return found.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static void fill(long left, long[] divisors, long[] of, int loop, List<long[]> found) {
    if (loop == of.length) {
      if (left == 1) {
        found.add(of.clone());
      }
      return;
    }
    for (long n : divisors) {
      if (left % n == 0) {
        of[loop] = n;
        fill(left / n, divisors, of, loop + 1, found);
      }
    }
  }

  /** Which of the loops iterate, as bits. */
  private static long pattern(long[] of) {
    long pattern = 0;
    for (int i = 0; i < of.length; i++) {
      pattern |= of[i] > 1 ? 1L << i : 0;
    }
    return pattern;
  }

  private static int[] first(long[] of, List<Integer> loops, int places) {
    int[] first = new int[places + 1];
    first[places] = places;
    for (int x = places - 1; x >= 0; x--) {
      int own = loops.indexOf(x);
      first[x] = own >= 0 && of[own] > 1 ? x : first[x + 1];
    }
    return first;
  }
}
