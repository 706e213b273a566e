package org.einloom.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WidthsTest {
  private static final Widths WIDTHS = new Widths(16, 12, 10, 24);
  private static final OptionalInt NONE = OptionalInt.empty();

  private static TensorAccess tensor(Role role, OptionalInt bits, OptionalInt partial) {
    return new TensorAccess("T", "T", role, List.of(), bits, partial);
  }

  @Test
  void aTensorsOwnWidthsGoBeforeThoseOfItsRole() {
    assertThat(WIDTHS.of(tensor(Role.INPUT, NONE, NONE))).isEqualTo(16);
    assertThat(WIDTHS.of(tensor(Role.INPUT, OptionalInt.of(8), NONE))).isEqualTo(8);
    assertThat(WIDTHS.partialOf(tensor(Role.OUTPUT, NONE, NONE))).isEqualTo(24);
    assertThat(WIDTHS.partialOf(tensor(Role.OUTPUT, NONE, OptionalInt.of(20)))).isEqualTo(20);
  }

  /** A sum that is not complete is never narrower than the tensor's own complete words. */
  @Test
  void partialWordsHoldCompleteOnes() {
    assertThat(WIDTHS.partialOf(tensor(Role.OUTPUT, OptionalInt.of(32), NONE))).isEqualTo(32);
    assertThat(WIDTHS.partialOf(tensor(Role.OUTPUT, OptionalInt.of(32), OptionalInt.of(8))))
        .isEqualTo(32);
    assertThat(WIDTHS.partialOf(tensor(Role.OUTPUT, OptionalInt.of(8), OptionalInt.of(32))))
        .isEqualTo(32);
  }

  @Test
  void operandsHaveOneWidth() {
    assertThat(WIDTHS.partialOf(tensor(Role.WEIGHT, OptionalInt.of(4), OptionalInt.of(32))))
        .isEqualTo(4);
  }

  @Test
  void widthsAreOneBitToManyBits() {
    assertThatThrownBy(() -> tensor(Role.OUTPUT, NONE, OptionalInt.of(0)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage("tensor 'T' has words of 0 bits; expected 1 to 1024");
  }
}
