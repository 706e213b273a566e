package org.einloom.evaluation.timeloop.sparse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hypergeometric distribution: how many of {@code draws} out of {@code total} are among {@code
 * marked}; C(r,k) C(N-r,n-k) / C(N,n).
 *
 * <p>Up to {@value #FACTORIALS} it is a quotient of factorials in extended precision, multiplied
 * and divided so that it stays near 1; above, the nearest double.
 */
final class Hypergeometric {
  /** The largest factorial that extended precision holds. */
  private static final int FACTORIALS = 1754;

  private static final MathContext DIGITS = new MathContext(34);
  private static final List<BigInteger> EXACT = new ArrayList<>(List.of(BigInteger.ONE));

  private record Key(long marked, long draws, long total) {}

  /** Probabilities from a number of hits on. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Table(long first, double[] probabilities) {
    double at(long hits) {
      long i = hits - first;
      return i < 0 || i >= probabilities.length ? 0 : probabilities[(int) i];
    }
  }

  private final Map<Key, Map<Long, Double>> found = new HashMap<>();
  private final Map<Key, BigDecimal> exact = new HashMap<>();
  private final Map<Key, Table> tables = new HashMap<>();

  /** The probability of exactly {@code hits}. */
  double probability(long hits, long marked, long draws, long total) {
    if (hits > marked || hits > draws || hits < 0 || hits < marked + draws - total) {
      return 0;
    }
    Key key = new Key(marked, draws, total);
    if (total > FACTORIALS) {
      return isFar(hits, key) ? 0 : large(hits, key);
    }
    return found
        .computeIfAbsent(key, k -> new HashMap<>())
        .computeIfAbsent(hits, k -> small(k, marked, draws, total));
  }

  /** Whether it is less than the smallest double. */
  private static boolean isFar(long hits, Key key) {
    double share = (double) key.marked / key.total;
    double mean = share * key.draws;
    return Math.abs(hits - mean) > 60 * Math.sqrt(mean * (1 - share)) + 1000;
  }

  private static double small(long k, long r, long n, long total) {
    Extended result = factorial(n);
    List<Extended> above = List.of(factorial(r), factorial(total - n), factorial(total - r));
    List<Extended> below =
        List.of(
            factorial(total),
            factorial(k),
            factorial(n - k),
            factorial(r - k),
            factorial(total - n - r + k));
    int i = 0;
    int j = 0;
    while (i < above.size() || j < below.size()) {
      while (j < below.size() && (result.compareToOne() >= 0 || i == above.size())) {
        result = result.over(below.get(j));
        j++;
      }
      while (i < above.size() && (result.compareToOne() <= 0 || j == below.size())) {
        result = result.times(above.get(i));
        i++;
      }
    }
    return Math.min(1, result.value());
  }

  private static synchronized Extended factorial(long n) {
    while (EXACT.size() <= n) {
      EXACT.add(EXACT.getLast().multiply(BigInteger.valueOf(EXACT.size())));
    }
    return Extended.of(EXACT.get((int) n));
  }

  private double large(long k, Key key) {
    return Math.min(1, k == 0 ? none(key).doubleValue() : table(key).at(k));
  }

  /** The probability of no hit: a step from that with one less marked, if it is known. */
  private BigDecimal none(Key key) {
    BigDecimal known = exact.get(key);
    if (known != null) {
      return known;
    }
    BigDecimal fewer = exact.get(new Key(key.marked - 1, key.draws, key.total));
    BigDecimal p =
        fewer == null
            ? none(Math.min(key.marked, key.draws), Math.max(key.marked, key.draws), key.total)
            : fewer
                .multiply(BigDecimal.valueOf(key.total - key.draws - key.marked + 1))
                .divide(BigDecimal.valueOf(key.total - key.marked + 1), DIGITS);
    exact.put(key, p);
    return p;
  }

  /** Quotients below 1, as many as the smaller of the two sets has elements. */
  private static BigDecimal none(long few, long many, long total) {
    BigDecimal p = BigDecimal.ONE;
    for (long i = 0; i < few; i++) {
      p =
          p.multiply(
              BigDecimal.valueOf(total - many - i).divide(BigDecimal.valueOf(total - i), DIGITS),
              DIGITS);
    }
    return p;
  }

  private Table table(Key key) {
    return tables.computeIfAbsent(key, Hypergeometric::newTable);
  }

  /** Steps from the likeliest number of hits either way, as far as doubles go, over their sum. */
  private static Table newTable(Key key) {
    long low = Math.max(0, key.marked + key.draws - key.total);
    long high = Math.min(key.marked, key.draws);
    long mode = (long) Math.floor((key.draws + 1.0) * ((key.marked + 1.0) / (key.total + 2.0)));
    long start = Math.clamp(mode, low, high);
    ArrayDeque<BigDecimal> weights = new ArrayDeque<>(List.of(BigDecimal.ONE));
    BigDecimal sum = BigDecimal.ONE;
    long k = start;
    for (BigDecimal w = BigDecimal.ONE; k < high && !isFar(k + 1, key); k++) {
      w = w.multiply(above(key, k)).divide(below(key, k), DIGITS);
      weights.addLast(w);
      sum = sum.add(w, DIGITS);
    }
    long first = start;
    for (BigDecimal w = BigDecimal.ONE; first > low && !isFar(first - 1, key); first--) {
      w = w.multiply(below(key, first - 1)).divide(above(key, first - 1), DIGITS);
      weights.addFirst(w);
      sum = sum.add(w, DIGITS);
    }
    BigDecimal all = sum;
    return new Table(
        first, weights.stream().mapToDouble(w -> w.divide(all, DIGITS).doubleValue()).toArray());
  }

  /** P(k + 1) / P(k) is the one over the other. */
  private static BigDecimal above(Key key, long k) {
    return product(key.marked - k, key.draws - k);
  }

  private static BigDecimal below(Key key, long k) {
    return product(k + 1, key.total - key.marked - key.draws + k + 1);
  }

  private static BigDecimal product(long a, long b) {
    return BigDecimal.valueOf(a).multiply(BigDecimal.valueOf(b));
  }
}
