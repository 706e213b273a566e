package org.einloom.component.sram;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Memories that cannot be are refused, with what was wrong and what would do. */
class SramSpecTest {

  private static void refused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(InvalidSpecException.class).hasMessage(message);
  }

  private static SramSpec memory(
      long bytes, int width, int banks, int rw, int r, int w, double nm) {
    return new SramSpec(bytes, width, banks, rw, r, w, nm, SramFlavour.LOW_STANDBY_POWER);
  }

  @Test
  @DisplayName("sizes and widths")
  void sizes() {
    refused(
        () -> memory(0, 8, 1, 1, 0, 0, 45), "an SRAM of size 0 bytes: expected at least 1 byte");
    refused(
        () -> memory(-5, 8, 1, 1, 0, 0, 45), "an SRAM of size -5 bytes: expected at least 1 byte");
    refused(
        () -> memory(1L << 40, 8, 1, 1, 0, 0, 45),
        "an SRAM of size 1099511627776 bytes: expected at most 16 GiB; use a DRAM class, or several"
            + " memories");
    refused(
        () -> memory(1024, 0, 1, 1, 0, 0, 45),
        "an SRAM of width 0 bits: expected at least 1 bit per access");
    refused(
        () -> memory(4, 64, 1, 1, 0, 0, 45),
        "an access of 64 bits is wider than a bank of the SRAM, which holds 32 bits; use a narrower"
            + " access or a larger memory");
    refused(
        () -> memory(1024, 2048, 8, 1, 0, 0, 45),
        "an access of 2048 bits is wider than a bank of the SRAM, which holds 1024 bits; use a"
            + " narrower access, fewer banks or a larger memory");
  }

  @Test
  @DisplayName("banks and ports")
  void banksAndPorts() {
    refused(() -> memory(1024, 8, 0, 1, 0, 0, 45), "an SRAM of 0 banks: expected at least 1");
    refused(
        () -> memory(1024, 8, 5, 1, 0, 0, 45),
        "5 banks do not divide an SRAM of 1024 bytes; use 4 banks or another size");
    refused(
        () -> memory(1024, 8, 2_000_000_000, 1, 0, 0, 45),
        "2000000000 banks do not divide an SRAM of 1024 bytes; use 1024 banks or another size");
    refused(
        () -> memory(1024, 8, 1, -1, 1, 1, 45),
        "an SRAM with a negative number of ports (read-write -1, read 1, write 1): expected at"
            + " least 0 of each");
    refused(
        () -> memory(1024, 8, 1, 0, 0, 1, 45),
        "an SRAM that cannot be read: expected a read-write port, or a read and a write port");
    refused(
        () -> memory(1024, 8, 1, 0, 2, 0, 45),
        "an SRAM that cannot be written: expected a read-write port, or a read and a write port");
    refused(
        () -> memory(1024, 8, 1, 1, Integer.MAX_VALUE, 0, 45),
        "an SRAM of 2147483648 ports: expected at most 16; use banks, or registers");
  }

  @Test
  @DisplayName("technologies")
  void technologies() {
    refused(() -> SramSpec.of(1024, 8, 3), "an SRAM in a technology of 3 nm: expected 5 to 130 nm");
    refused(
        () -> SramSpec.of(1024, 8, 1000),
        "an SRAM in a technology of 1000 nm: expected 5 to 130 nm");
    refused(
        () -> SramSpec.of(1024, 8, Double.NaN),
        "an SRAM in a technology of NaN nm: expected 5 to 130 nm");
    refused(
        () -> SramSpec.of(1024, 8, 4.99),
        "an SRAM in a technology of 4.99 nm: expected 5 to 130 nm");
  }
}
