package org.einloom.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every law against all tensors that it allows, or against many drawn ones. */
class DensityTest {
  private static final List<Density> SMALL = EveryTensor.SMALL;

  @Test
  @DisplayName("every answer for every tile equals that of all tensors of the law")
  void equalsEnumeration() {
    for (Density density : SMALL) {
      Map<Pattern, Double> every = EveryTensor.of(density);
      for (Box tile : EveryTensor.boxes(density.shape())) {
        double expected = 0;
        double empty = 0;
        long most = 0;
        var law = new double[(int) tile.words() + 1];
        for (var e : every.entrySet()) {
          long n = e.getKey().count(tile);
          expected += n * e.getValue();
          empty += n == 0 ? e.getValue() : 0;
          most = Math.max(most, n);
          law[(int) n] += e.getValue();
        }
        String what = density + " at " + tile;
        assertThat(density.expectedOccupied(tile)).as(what).isCloseTo(expected, within(1e-12));
        assertThat(density.probabilityEmpty(tile)).as(what).isCloseTo(empty, within(1e-12));
        assertThat(density.mostOccupied(tile)).as(what).isEqualTo(most);
        Distribution d = density.occupied(tile);
        for (int n = 0; n < law.length; n++) {
          assertThat(d.probability(n)).as(what + " of " + n).isCloseTo(law[n], within(1e-12));
        }
        assertThat(d.mean()).as(what).isCloseTo(expected, within(1e-12));
        assertThat(d.probabilityAbove(0)).as(what).isCloseTo(1 - empty, within(1e-12));
      }
    }
  }

  @Test
  @DisplayName("tiles that are said to be alike everywhere are, and sums over tiles are sums")
  void alikeMeansAlike() {
    for (Density density : SMALL) {
      for (Box tile : EveryTensor.boxes(density.shape())) {
        if (tile.low().stream().allMatch(x -> x == 0)) {
          var tiling = new Tiling(Box.whole(density.shape()), tile.extents());
          double sum = 0;
          for (Box other : EveryTensor.boxes(density.shape())) {
            if (onGrid(density, other, tile.extents())) {
              sum += density.probabilityEmpty(other);
              if (density.sameEverywhere(tile.extents())
                  && other.extents().equals(tile.extents())) {
                assertThat(density.probabilityEmpty(other))
                    .as(density + " at " + other)
                    .isCloseTo(density.probabilityEmpty(tile), within(1e-12));
              }
            }
          }
          assertThat(tiling.sum(density, density::probabilityEmpty))
              .as(density + " in tiles of " + tile.extents())
              .isCloseTo(sum, within(1e-9));
        }
      }
    }
  }

  private static boolean onGrid(Density density, Box box, List<Long> extents) {
    for (int r = 0; r < extents.size(); r++) {
      long low = box.low().get(r);
      if (low % extents.get(r) != 0
          || box.extents().get(r) != Math.min(extents.get(r), density.shape().get(r) - low)) {
        return false;
      }
    }
    return true;
  }

  @Test
  @DisplayName("drawn tensors follow the law (chi-square)")
  void drawsFollowTheLaw() {
    long seed = new SplittableRandom().nextLong();
    var random = new SplittableRandom(seed);
    for (Density density : SMALL) {
      Map<Pattern, Double> every = EveryTensor.of(density);
      int draws = Math.max(2000, every.size() * 10);
      double z = deviation(density, every, draws, random, seed);
      if (z > 4) { // by chance in 3 of 100,000; then it is not there in more draws of its own
        z = deviation(density, every, 4 * draws, random, seed);
      }
      assertThat(z).as("%s, seed %d, %d draws", density, seed, draws).isLessThan(4);
    }
  }

  /** How many standard deviations the draws are from the law. */
  private static double deviation(
      Density density, Map<Pattern, Double> every, int draws, SplittableRandom random, long seed) {
    Map<Pattern, Integer> seen = new LinkedHashMap<>();
    for (int i = 0; i < draws; i++) {
      seen.merge(density.draw(random), 1, Integer::sum);
    }
    assertThat(every.keySet()).as("%s, seed %d", density, seed).containsAll(seen.keySet());
    double freedom = every.size() - 1;
    if (freedom == 0) {
      return 0;
    }
    double chi = 0;
    for (var e : every.entrySet()) {
      double expected = e.getValue() * draws;
      chi += Math.pow(seen.getOrDefault(e.getKey(), 0) - expected, 2) / expected;
    }
    // Wilson and Hilferty (1931): the cube root of chi-square over its freedom is nearly normal
    return (Math.cbrt(chi / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
  }

  @Test
  @DisplayName("a draw is the same for the same seed")
  void replays() {
    for (Density density : SMALL) {
      assertThat(density.draw(new SplittableRandom(7)))
          .isEqualTo(density.draw(new SplittableRandom(7)));
    }
  }

  @Test
  @DisplayName("large tensors: probabilities against independent arithmetic, at once")
  void large() {
    var u = UniformDensity.ofShare(List.of(4096L, 4096L), 0.01);
    assertThat(u.nonZeros()).isEqualTo(167772);
    var tile = new Box(List.of(0L, 0L), List.of(16L, 16L));
    var exact = java.math.BigDecimal.ONE;
    var context = java.math.MathContext.DECIMAL128;
    for (int i = 0; i < 256; i++) {
      exact =
          exact
              .multiply(java.math.BigDecimal.valueOf(16777216 - 167772 - i), context)
              .divide(java.math.BigDecimal.valueOf(16777216 - i), context);
    }
    assertThat(u.probabilityEmpty(tile)).isCloseTo(exact.doubleValue(), within(1e-14));
    Distribution d = u.occupied(tile);
    assertThat(d.probability(0)).isCloseTo(exact.doubleValue(), within(1e-13));
    assertThat(d.mean()).isCloseTo(256 * u.density(), within(1e-10));
    assertThat(d.quantile(0.01)).isBetween(5L, 10L);
    var huge = new UniformDensity(List.of(1L << 40), 1L << 39);
    assertThat(huge.probabilityEmpty(new Box(List.of(0L), List.of(1L << 38)))).isZero();
    assertThat(huge.occupied(new Box(List.of(0L), List.of(1L << 20))).mean())
        .isCloseTo(1 << 19, within(1e-3));
  }

  @Test
  @DisplayName("a power law gives rows what it says")
  void powerLaw() {
    var p = PowerLawDensity.ofShare(List.of(10L, 100L), 1, 0.1);
    assertThat(p.ofRow()).first().isEqualTo(34L); // 100 / H(10) = 34.14
    assertThat(p.ofRow().stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
    var capped = PowerLawDensity.ofShare(List.of(4L, 10L), 3, 0.5);
    assertThat(capped.ofRow()).startsWith(10L).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertThat(PowerLawDensity.ofShare(List.of(4L, 10L), 5, 1).ofRow()).containsOnly(10L);
  }

  @Test
  @DisplayName("what cannot be is refused")
  void refuses() {
    assertThatThrownBy(() -> UniformDensity.ofShare(List.of(3L), 1.5))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("density 1.5; expected 0 to 1");
    assertThatThrownBy(() -> new StructuredDensity(List.of(6L), 0, 2, 4))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("groups of 4 words along rank 0, which has 6");
    assertThatThrownBy(() -> new BlockDensity(List.of(6L), List.of(4L), 1))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("expected divisors");
    assertThatThrownBy(
            () ->
                UniformDensity.dense(List.of(2L))
                    .probabilityEmpty(new Box(List.of(1L), List.of(2L))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("reaches beyond");
  }
}
