package org.einloom.evaluation.timeloop.sparse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
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

  private record Point(long hits, Key of) {}

  private final Map<Key, Map<Long, Double>> found = new HashMap<>();
  private final Map<Point, BigDecimal> exact = new HashMap<>();

  /** The probability of exactly {@code hits}. */
  double probability(long hits, long marked, long draws, long total) {
    if (hits > marked || hits > draws || hits < 0 || hits < marked + draws - total) {
      return 0;
    }
    if (total > FACTORIALS && isFar(hits, marked, draws, total)) {
      return 0;
    }
    Map<Long, Double> known =
        found.computeIfAbsent(new Key(marked, draws, total), k -> new HashMap<>());
    Double p = known.get(hits);
    if (p == null) {
      p =
          total <= FACTORIALS
              ? small(hits, marked, draws, total)
              : large(hits, marked, draws, total);
      known.put(hits, p);
    }
    return p;
  }

  /** Whether it is less than the smallest double. */
  private static boolean isFar(long k, long r, long n, long total) {
    double mean = (double) r / total * n;
    double deviation = Math.sqrt(mean * (1 - (double) r / total));
    return Math.abs(k - mean) > 60 * deviation + 1000;
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

  private double large(long k, long r, long n, long total) {
    Key key = new Key(r, n, total);
    BigDecimal p = exact.get(new Point(k, key));
    BigDecimal less = exact.get(new Point(k - 1, key));
    BigDecimal fewer = exact.get(new Point(k, new Key(r - 1, n, total)));
    if (p == null && less != null) {
      p =
          less.multiply(product(r - k + 1, n - k + 1))
              .divide(product(k, total - r - n + k), DIGITS);
    } else if (p == null && k == 0 && fewer != null) {
      p =
          fewer
              .multiply(BigDecimal.valueOf(total - n - r + 1))
              .divide(BigDecimal.valueOf(total - r + 1), DIGITS);
    } else if (p == null) {
      p = quotients(k, r, n, total);
    }
    exact.put(new Point(k, key), p);
    return Math.min(1, p.doubleValue());
  }

  private static BigDecimal product(long a, long b) {
    return BigDecimal.valueOf(a).multiply(BigDecimal.valueOf(b));
  }

  /** Quotients near 1, as many as the smaller of the two sets has elements: it is symmetric. */
  private static BigDecimal quotients(long k, long r, long n, long total) {
    long few = Math.min(r, n);
    long many = Math.max(r, n);
    BigDecimal p = BigDecimal.ONE;
    for (long i = 0; i < few; i++) {
      BigDecimal part =
          i < k
              ? product(many - i, few - i).divide(BigDecimal.valueOf(i + 1), DIGITS)
              : BigDecimal.valueOf(total - many - (i - k));
      p = p.multiply(part.divide(BigDecimal.valueOf(total - i), DIGITS), DIGITS);
    }
    return p;
  }
}
