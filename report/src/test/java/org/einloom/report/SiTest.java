package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiTest {
  @ParameterizedTest
  @CsvSource({
    "0, J, 0 J",
    "1, s, 1.00 s",
    "999.4, s, 999 s",
    "999.6, s, 1.00 ks",
    "0.0123, J, 12.3 mJ",
    "4.5e-5, s, 45.0 us",
    "1e-12, J, 1.00 pJ",
    "9.996e-4, s, 1.00 ms",
    "200e6, Hz, 200 MHz",
    "1e30, J, 1.00e+12 EJ"
  })
  void hasThreeDigitsAndAPrefix(double value, String unit, String text) {
    assertThat(Si.of(value, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9999, 9999", "10000, 10.00 k", "118013952, 118.0 M", "1814073344, 1.814 G"})
  void countsHaveFourDigits(long n, String text) {
    assertThat(Si.count(n)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0%", "0.004, <1%", "0.005, 1%", "0.456, 46%", "1, 100%"})
  void sharesThatRoundToNothingAreStillSeen(double share, String text) {
    assertThat(Si.percent(share)).isEqualTo(text);
  }

  /** What was computed keeps its zeros, what was given has none. */
  @ParameterizedTest
  @CsvSource({
    "1.2, 1.20, 1.2",
    "2, 2.00, 2",
    "0.007861, 0.00786, 0.00786",
    "999.6, 1000, 1000",
    "12345, 12345, 12300",
    "0, 0, 0",
    "1e-7, 1.00e-07, 1.00e-07"
  })
  void figuresHaveTheirZeros(double value, String computed, String given) {
    assertThat(Si.figure(value, 3)).isEqualTo(computed);
    assertThat(Si.significant(value, 3)).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 um2", "950, 950 um2", "12.25e6, 12.3 mm2", "4e3, 4000 um2", "5e9, 5000 mm2"})
  void areasAreInSquareMillimetresUnlessSmall(double um2, String text) {
    assertThat(Si.area(um2)).isEqualTo(text);
  }
}
