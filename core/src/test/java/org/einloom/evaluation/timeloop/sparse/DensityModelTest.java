package org.einloom.evaluation.timeloop.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityModelTest {
  private static DensityModel band(long side, long halfWidth, boolean exact) {
    return DensityModel.of(new Density.Banded(halfWidth), "A", List.of(side, side), exact);
  }

  @Test
  @DisplayName("Timeloop finds 62 of 256 tiles of 1 x 4 in a band not empty; counting gives 74")
  void bandOfTheCase() {
    Tile tile = new Tile(List.of(1L, 4L));
    assertThat(1 - band(32, 3, false).probability(tile, 0)).isEqualTo(62.0 / 256);
    assertThat(1 - band(32, 3, true).probability(tile, 0)).isEqualTo(74.0 / 256);
  }

  @ParameterizedTest
  @CsvSource({"12,0,1,1", "12,2,3,3", "12,5,2,4", "16,3,16,1", "16,7,4,8", "16,15,1,1"})
  @DisplayName("looked at as a whole, a band's tiles hold what it holds")
  void exactBand(long side, long halfWidth, long height, long width) {
    DensityModel band = band(side, halfWidth, true);
    Tile tile = new Tile(List.of(height, width));
    double sum = 0;
    double mean = 0;
    for (long words = 0; words <= tile.words(); words++) {
      sum += band.probability(tile, words);
      mean += band.probability(tile, words) * words;
    }
    long inBand = 0;
    for (long r = 0; r < side; r++) {
      for (long c = 0; c < side; c++) {
        inBand += Math.abs(r - c) <= halfWidth ? 1 : 0;
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(mean).isCloseTo((double) inBand * tile.words() / (side * side), within(1e-9));
    assertThat(band.mean(tile)).isCloseTo(mean, within(1e-9));
  }

  @Test
  @DisplayName("a structured tile has its share, or the whole numbers next to it")
  void structured() {
    var even = new Even(0.3);
    Tile tile = new Tile(List.of(8L));
    assertThat(even.probability(tile, 2)).isCloseTo(0.6, within(1e-12));
    assertThat(even.probability(tile, 3)).isCloseTo(0.4, within(1e-12));
    assertThat(even.probability(tile, 4)).isZero();
    assertThat(even.most(tile)).isEqualTo(3);
    Tile inside = new Tile(List.of(4L), Optional.of(new Tile.Within(List.of(8L), 8, 2)));
    assertThat(even.probability(inside, 1)).isEqualTo(1);
  }

  @Test
  @DisplayName("what is not zero of a scattered tensor is rounded up")
  void scattered() {
    DensityModel a =
        DensityModel.of(new Density.Hypergeometric(0.1), "A", List.of(32L, 32L), false);
    assertThat(a.most(new Tile(List.of(32L, 32L)))).isEqualTo(103);
    assertThat(a.probability(new Tile(List.of(1L, 1L)), 1)).isEqualTo(103.0 / 1024);
    assertThat(a.leastDensity(new Tile(List.of(32L, 31L)))).isCloseTo(71.0 / 992, within(1e-12));
  }

  @Test
  @DisplayName("what Timeloop does not know is refused")
  void refused() {
    assertThatThrownBy(() -> DensityModel.of(new Density.Banded(1), "A", List.of(4L, 8L), false))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("square");
    assertThatThrownBy(() -> band(4, 4, false)).hasMessageContaining("band_width");
    assertThatThrownBy(() -> new Density.Hypergeometric(1.5)).hasMessageContaining("0 to 1");
    DensityModel a = DensityModel.of(new Density.Hypergeometric(0.5), "A", List.of(4L), false);
    assertThatThrownBy(() -> a.probability(new Tile(List.of(8L)), 0))
        .hasMessageContaining("block_size");
  }
}
