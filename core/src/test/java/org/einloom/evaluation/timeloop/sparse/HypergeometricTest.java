package org.einloom.evaluation.timeloop.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypergeometricTest {
  @ParameterizedTest
  @ValueSource(longs = {12, 1024, 1754, 1755, 4096, 100_000})
  @DisplayName("C(r,k) C(N-r,n-k) / C(N,n), on either side of where factorials end")
  void definition(long total) {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var distribution = new Hypergeometric();
    for (int i = 0; i < 20; i++) {
      int r = random.nextInt((int) Math.min(total, 300) + 1);
      int n = random.nextInt((int) Math.min(total, 300) + 1);
      for (int k = 0; k <= Math.min(r, n); k++) {
        double exact = exact(k, r, n, (int) total);
        assertThat(distribution.probability(k, r, n, total))
            .as("%d of %d, %d draws of %d, seed %d", k, r, n, total, seed)
            .isCloseTo(exact, within(4e-16 * exact));
      }
    }
  }

  @Test
  @DisplayName("one draw hits with the share of what is marked, to the last bit")
  void oneDraw() {
    var distribution = new Hypergeometric();
    for (long total : new long[] {48, 864, 1024, 2048, 30_000}) {
      for (long r = 1; r < total; r += 7) {
        assertThat(distribution.probability(0, r, 1, total))
            .isEqualTo((double) (total - r) / total);
        assertThat(distribution.probability(1, r, 1, total)).isEqualTo((double) r / total);
      }
    }
  }

  @Test
  @DisplayName("what cannot be has probability 0, and all that can be adds up to 1")
  void sum() {
    var distribution = new Hypergeometric();
    assertThat(distribution.probability(3, 2, 5, 10)).isZero();
    assertThat(distribution.probability(0, 8, 5, 10)).isZero();
    for (long total : new long[] {100, 5000}) {
      double sum = 0;
      double mean = 0;
      for (long k = 0; k <= 40; k++) {
        double p = distribution.probability(k, 40, 60, total);
        sum += p;
        mean += p * k;
      }
      assertThat(sum).isCloseTo(1, within(1e-13));
      assertThat(mean).isCloseTo(40.0 * 60 / total, within(1e-11));
    }
  }

  @Test
  @DisplayName("extended precision is the nearest mantissa of 64 bits, the even one of two")
  void extended() {
    Extended third = Extended.ONE.over(Extended.of(BigInteger.valueOf(3)));
    // 2^65 / 3 = 12297829382473034410.67
    assertThat(third.mantissa()).isEqualTo(new BigInteger("12297829382473034411"));
    assertThat(third.value()).isEqualTo(1.0 / 3);
    BigInteger half = BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE);
    assertThat(Extended.of(half).mantissa()).isEqualTo(BigInteger.ONE.shiftLeft(63));
    BigInteger next = BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(3));
    assertThat(Extended.of(next).mantissa())
        .isEqualTo(BigInteger.ONE.shiftLeft(63).add(BigInteger.TWO));
    assertThat(third.times(Extended.of(BigInteger.valueOf(3))).compareToOne()).isZero();
    assertThat(third.compareToOne()).isNegative();
    assertThat(Extended.of(BigInteger.TWO).compareToOne()).isPositive();
  }

  private static double exact(int k, int r, int n, int total) {
    if (n - k > total - r || n - k < 0) {
      return 0;
    }
    BigInteger above = choose(r, k).multiply(choose(total - r, n - k));
    return new BigDecimal(above)
        .divide(new BigDecimal(choose(total, n)), MathContext.DECIMAL128)
        .doubleValue();
  }

  private static BigInteger choose(int n, int k) {
    BigInteger c = BigInteger.ONE;
    for (int i = 0; i < k; i++) {
      c = c.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
    }
    return c;
  }
}
