package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InterruptsTest {
  private static final int SIGINT = 2;

  @Test
  @Timeout(30)
  void theFirstCtrlCRunsTheActionAndTheJvmGoesOn() throws Exception {
    assumeFalse(
        ignored(), "SIGINT is ignored, as shells have it for what they run in the background");
    for (int again = 0; again < 2; again++) { // each time it is opened
      var pressed = new CountDownLatch(1);
      try (var interrupts = Interrupts.first(pressed::countDown)) {
        assertThat(interrupts).isNotNull();
        press();
        assertThat(pressed.await(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** A JVM that was started so never hears of it. Only Linux tells. */
  private static boolean ignored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (var lines = Files.lines(status)) {
      long signals =
          lines
              .filter(l -> l.startsWith("SigIgn:"))
              .mapToLong(l -> Long.parseUnsignedLong(l.substring("SigIgn:".length()).strip(), 16))
              .findFirst()
              .orElse(0);
      return (signals >> (SIGINT - 1) & 1) != 0;
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
