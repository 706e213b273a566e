package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 7, 8, 9, 1000, 123_456_789, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void findsWhereSomethingBegins(long begin) {
    assertThat(Steps.first(0, Long.MAX_VALUE, x -> x >= begin)).hasValue(begin);
    assertThat(Steps.first(begin - 1, begin, x -> x >= begin)).hasValue(begin);
    assertThat(Steps.first(0, begin - 1, x -> x >= begin)).isEmpty();
    assertThat(Steps.last(begin, 0, x -> x <= begin / 2)).hasValue(begin / 2);
    assertThat(Steps.last(0, -begin, x -> x <= -begin)).hasValue(-begin);
    assertThat(Steps.last(begin, 0, x -> x < 0)).isEmpty();
  }

  @Test
  void numbersOfFourDigits() {
    assertThat(FourDigits.value(0)).isEqualByComparingTo("1");
    assertThat(FourDigits.value(1)).isEqualByComparingTo("1.001");
    assertThat(FourDigits.value(9000)).isEqualByComparingTo("10");
    assertThat(FourDigits.value(-1)).isEqualByComparingTo("0.9999");
    assertThat(FourDigits.value(3 * 9000 + 234)).isEqualByComparingTo("1234");
    for (long n : new long[] {0, 1, -1, 8999, 9000, -9000, 123_456, -98_765}) {
      BigDecimal value = FourDigits.value(n);
      assertThat(FourDigits.atMost(value.doubleValue()))
          .as("a double may lie below %s", value)
          .isBetween(n - 1, n);
      assertThat(FourDigits.atMost(value.doubleValue() * 1.00001)).isEqualTo(n);
      assertThat(FourDigits.atMost(value.doubleValue() * 0.99999)).isEqualTo(n - 1);
    }
  }

  @Test
  void numbersWithUnits() {
    var units = List.of(Map.entry("mm2", 6), Map.entry("um2", 0));
    assertThat(FourDigits.text(new BigDecimal("1234000"), units)).isEqualTo("1.234 mm2");
    assertThat(FourDigits.text(new BigDecimal("999900"), units)).isEqualTo("999900 um2");
    assertThat(FourDigits.text(new BigDecimal("0.02"), units)).isEqualTo("0.02 um2");
    assertThat(FourDigits.text(new BigDecimal("1E+8"), units)).isEqualTo("100 mm2");
  }
}
