package org.einloom.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.einloom.profile.NumericTensor.NumberType;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statistics counted by hand. */
class MeasurementTest {
  private static NumericTensor floats(float... values) {
    return new NumericTensor(
        NumberType.FLOAT32, List.of((long) values.length), new NumericTensor.Floats(values));
  }

  private static NumericTensor longs(NumberType type, long... values) {
    return new NumericTensor(type, List.of((long) values.length), new NumericTensor.Longs(values));
  }

  private static TensorProfile measure(String format, int bins, NumericTensor... samples) {
    var m = new Measurement(List.of(BitFormat.named(format)), bins);
    for (NumericTensor t : samples) {
      m.range(t);
    }
    for (NumericTensor t : samples) {
      m.detail(t);
    }
    return m.profile("t", false);
  }

  private static BitStatistics bits(TensorProfile p) {
    return p.bits().getFirst();
  }

  @Test
  void densityRangeAndHistogram() {
    TensorProfile p = measure("int8", 4, floats(0, -1, 3, 0), floats(-0.0f, 2, 1, 0.5f));
    assertThat(p.samples()).isEqualTo(2);
    assertThat(p.elements()).isEqualTo(8);
    assertThat(p.density()).isEqualTo(5 / 8.0);
    // bins from -1, 0, 1, 2; the largest value is in the last
    assertThat(p.histogram()).isEqualTo(new Histogram(-1, 3, List.of(1L, 4L, 1L, 2L)));
  }

  /** Steps of 1: words 0001, 1111 (-1), 0111, 0000. */
  @Test
  void wholeNumbersThatFitAreTakenAsTheyAre() {
    TensorProfile p = measure("int4", 1, longs(NumberType.INT32, 1, -1, 7, 0));
    assertThat(bits(p).scale()).isEqualTo(1);
    assertThat(bits(p).ones()).containsExactly(0.75, 0.5, 0.5, 0.25);
    // 3 + 1 + 3 bits of three times 4
    assertThat(bits(p).toggle().orElseThrow()).isCloseTo(7 / 12.0, within(1e-12));
    // without a sign up to 15
    assertThat(bits(measure("int4", 1, longs(NumberType.UINT8, 15, 0))).ones())
        .containsExactly(0.5, 0.5, 0.5, 0.5);
    // 16 does not fit: the largest becomes 7
    assertThat(bits(measure("int4", 1, longs(NumberType.UINT8, 16, 0))).scale())
        .isCloseTo(16 / 7.0, within(1e-12));
  }

  /** What is less than half a step is 0 in words, though it is not 0. */
  @Test
  void smallValuesVanishInNarrowWords() {
    TensorProfile p = measure("int4", 1, floats(7, 0.4f, 0.6f, -7));
    assertThat(p.density()).isEqualTo(1);
    assertThat(bits(p).density()).isEqualTo(0.75);
    assertThat(bits(measure("int16", 1, floats(7, 0.4f, 0.6f, -7))).density()).isEqualTo(1);
  }

  /** The last word of a sample and the first of the next are no pair. */
  @Test
  void samplesDoNotTouch() {
    assertThat(
            bits(measure("int4", 1, longs(NumberType.INT8, 7), longs(NumberType.INT8, 0))).toggle())
        .isEmpty();
    assertThat(
            bits(measure("int4", 1, longs(NumberType.INT8, 7, 7), longs(NumberType.INT8, 0, 0)))
                .toggle())
        .isEqualTo(OptionalDouble.of(0));
  }

  /** 1, -1, 0, -0 and 1/3 in the formats of IEEE 754. */
  @ParameterizedTest
  @CsvSource({
    "fp32, 00111111100000000000000000000000, 10111111100000000000000000000000",
    "fp16, 0011110000000000, 1011110000000000",
    "bf16, 0011111110000000, 1011111110000000"
  })
  void floats(String format, String one, String minusOne) {
    BitFormat f = BitFormat.named(format);
    assertThat(f.encode(1, 1)).isEqualTo(Long.parseLong(one, 2));
    assertThat(f.encode(-1, 1)).isEqualTo(Long.parseLong(minusOne, 2));
    assertThat(f.isZero(f.encode(0, 1))).isTrue();
    assertThat(f.isZero(f.encode(-0.0, 1))).isTrue();
    assertThat(f.isZero(f.encode(1, 1))).isFalse();
    TensorProfile p = measure(format, 1, floats(1, -1));
    assertThat(bits(p).toggle().orElseThrow()).isCloseTo(1.0 / f.bits(), within(1e-12));
  }

  @Test
  void shorterFloatsAreRoundedToTheNearest() {
    BitFormat f = BitFormat.named("bf16");
    // 1 + 2^-8 is halfway between 1 and 1 + 2^-7, whose last bit is odd
    assertThat(f.encode(1 + 0x1p-8, 1)).isEqualTo(f.encode(1, 1));
    assertThat(f.encode(1 + 0x1.8p-8, 1)).isEqualTo(f.encode(1 + 0x1p-7, 1));
    assertThat(f.encode(1 + 3 * 0x1p-8, 1)).isEqualTo(f.encode(1 + 0x1p-6, 1));
    assertThat(f.encode(Double.POSITIVE_INFINITY, 1)).isEqualTo(0x7F80);
  }

  @Test
  void whatIsNotFiniteIsCountedAndLeftOutOfTheRange() {
    TensorProfile p =
        measure(
            "int4", 2, floats(1, Float.NEGATIVE_INFINITY, Float.NaN, 0, Float.POSITIVE_INFINITY));
    assertThat(p.notFinite()).isEqualTo(3);
    assertThat(p.histogram()).isEqualTo(new Histogram(0, 1, List.of(1L, 1L)));
    assertThat(p.density()).isEqualTo(0.8);
    // 7, -7, 0, 0, 7
    assertThat(bits(p).ones()).containsExactly(0.6, 0.4, 0.4, 0.2);
  }

  @Test
  void oneValueEverywhere() {
    TensorProfile p = measure("int8", 3, floats(0, 0, 0));
    assertThat(p.histogram()).isEqualTo(new Histogram(0, 0, List.of(3L, 0L, 0L)));
    assertThat(p.density()).isZero();
    assertThat(bits(p).toggle()).isEqualTo(OptionalDouble.of(0));
  }

  @ParameterizedTest
  @CsvSource({"int1", "int33", "int", "fp64", "float", "int08"})
  void unknownFormats(String name) {
    assertThatThrownBy(() -> BitFormat.named(name))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("unknown format '" + name + "'; expected int2 to int32, fp16");
  }

  @Test
  void tensorsHaveAsManyElementsAsTheirShapeSays() {
    assertThatThrownBy(
            () ->
                new NumericTensor(
                    NumberType.FLOAT32, List.of(2L, 2L), new NumericTensor.Floats(new float[3])))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage("a tensor of shape [2, 2] has 3 elements");
    assertThat(floats(1, 2, 3, 4).slice(1, 2).elements().at(1)).isEqualTo(3);
  }
}
