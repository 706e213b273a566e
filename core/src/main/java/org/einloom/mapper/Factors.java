package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;

/** Ways to cut a number. */
final class Factors {
  /** Larger prime factors are cut into parts that do not divide them. */
  private static final List<Long> SMALL_PRIMES = List.of(2L, 3L, 5L, 7L);

  private Factors() {}

  /** The distinct prime factors, smallest first. */
  static List<Long> primes(long n) {
    List<Long> primes = new ArrayList<>();
    long left = n;
    for (long p = 2; p * p <= left; p++) {
      if (left % p == 0) {
        primes.add(p);
        while (left % p == 0) {
          left /= p;
        }
      }
    }
    if (left > 1) {
      primes.add(left);
    }
    return primes;
  }

  /** Small steps by which a tile may grow towards a rest; 2 where the rest has no small factor. */
  static List<Long> growth(long rest) {
    if (rest == 1) {
      return List.of();
    }
    List<Long> small = SMALL_PRIMES.stream().filter(p -> rest % p == 0).toList();
    return small.isEmpty() ? List.of(2L) : small;
  }

  /**
   * How many of a rest to take at once when at most so many can be: the largest divisor, unless an
   * uneven cut saves a tenth of the rounds.
   */
  static long share(long rest, long most) {
    long even = 1;
    for (long d = Math.min(rest, most); d > 1; d--) {
      if (rest % d == 0) {
        even = d;
        break;
      }
    }
    long uneven = Math.min(rest, most);
    return Math.ceilDiv(rest, uneven) < 0.9 * ((double) rest / even) ? uneven : even;
  }
}
