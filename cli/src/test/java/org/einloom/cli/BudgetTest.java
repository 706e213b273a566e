package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final AtomicLong ns = new AtomicLong(1_000_000_000_000L);

  @Test
  void eachLayerGetsAShareOfWhatIsLeft() {
    var budget = new Budget(Optional.of(Duration.ofSeconds(12)), 4, 1, ns::get);
    assertLasts(budget.begin(1), 3);
    // one that is proven early leaves its time to the others
    Budget.Slice early = budget.begin(1);
    pass(1.5);
    assertThat(early.over(true)).isFalse();
    assertLasts(budget.begin(1), 3.75);
    assertLasts(budget.begin(1), 3.75);
  }

  @Test
  void layersSearchedAtOnceShareNothing() {
    var budget = new Budget(Optional.of(Duration.ofSeconds(12)), 3, 2, ns::get);
    Budget.Slice first = budget.begin(1);
    Budget.Slice second = budget.begin(1);
    pass(7.9);
    assertThat(first.over(true)).isFalse();
    pass(0.2);
    assertThat(first.over(true)).isTrue();
    assertThat(second.over(true)).isFalse();
    assertLasts(budget.begin(1), 3.9);
  }

  @Test
  void sharesHaveWeights() {
    var budget = new Budget(Optional.of(Duration.ofSeconds(12)), 2 + 4 * 0.25, 1, ns::get);
    assertLasts(budget.begin(1), 4);
    assertLasts(budget.begin(1), 4);
    for (int front = 0; front < 4; front++) {
      assertLasts(budget.begin(0.25), 1);
    }
  }

  @Test
  void whoeverComesLateStillGetsALittle() {
    var budget = new Budget(Optional.of(Duration.ofMillis(10)), 2, 1, ns::get);
    assertLasts(budget.begin(1), 0.1);
    assertLasts(budget.begin(1), 0.1);
  }

  @Test
  void withoutAMappingItMayTakeALittleLonger() {
    var budget = new Budget(Optional.of(Duration.ofSeconds(1)), 1, 1, ns::get);
    Budget.Slice slice = budget.begin(1);
    pass(1.1);
    assertThat(slice.over(false)).isFalse();
    assertThat(slice.over(true)).isTrue();
    pass(2);
    assertThat(slice.over(false)).isTrue();
  }

  @Test
  void withoutALimitOnlyAnInterruptEndsIt() {
    var budget = new Budget(Optional.empty(), 2, 1, ns::get);
    Budget.Slice slice = budget.begin(1);
    pass(1e6);
    assertThat(slice.over(true)).isFalse();
    assertThat(budget.interrupted()).isFalse();
    budget.interrupt();
    assertThat(budget.interrupted()).isTrue();
    assertThat(slice.over(true)).isTrue();
    assertThat(slice.over(false)).isFalse();
    pass(2.1);
    assertThat(slice.over(false)).isTrue();
    assertLasts(budget.begin(1), 0.1);
  }

  private void assertLasts(Budget.Slice slice, double seconds) {
    assertThat(slice.over(true)).isFalse();
    pass(seconds - 0.001);
    assertThat(slice.over(true)).isFalse();
    pass(0.002);
    assertThat(slice.over(true)).isTrue();
    ns.addAndGet(-1_000_000L);
  }

  private void pass(double seconds) {
    ns.addAndGet(Math.round(seconds * 1e9));
  }
}
