package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InterruptsTest {
  @Test
  @Timeout(30)
  void theFirstCtrlCRunsTheActionAndTheJvmGoesOn() throws Exception {
    for (int again = 0; again < 2; again++) { // each time it is opened
      var pressed = new CountDownLatch(1);
      try (var interrupts = Interrupts.first(pressed::countDown)) {
        assertThat(interrupts).isNotNull();
        press();
        assertThat(pressed.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** As the terminal does; by reflection, as the compiler warns of this class. */
  private static void press() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    signal
        .getMethod("raise", signal)
        .invoke(null, signal.getConstructor(String.class).newInstance("INT"));
  }
}
