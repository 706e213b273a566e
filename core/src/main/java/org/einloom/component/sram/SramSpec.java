package org.einloom.component.sram;

import org.einloom.component.Value;
import org.einloom.component.technology.Technology;
import org.einloom.workload.InvalidSpecException;

/**
 * An SRAM macro to be estimated. A plain RAM: no tags, no error correction; an access is one word
 * of {@code widthBits}.
 *
 * @param sizeBytes of the whole macro, all banks; at most 16 GiB
 * @param widthBits bits that one access reads or writes
 * @param banks equal parts with decoders of their own, joined by a tree; must divide the size
 * @param readWritePorts ports that read or write
 * @param readPorts ports that only read
 * @param writePorts ports that only write
 * @param technologyNm feature size, from {@link Technology#SMALLEST_NM} to {@link
 *     Technology#LARGEST_NM}
 * @param flavour the kind of transistors
 */
public record SramSpec(
    long sizeBytes,
    int widthBits,
    int banks,
    int readWritePorts,
    int readPorts,
    int writePorts,
    double technologyNm,
    SramFlavour flavour) {
  static final int MOST_PORTS = 16;
  private static final long LARGEST_BYTES = 16L << 30;

  /** Checks that such a memory can be; throws {@link InvalidSpecException} with what is wrong. */
  public SramSpec {
    if (sizeBytes < 1) {
      throw new InvalidSpecException(
          "an SRAM of size " + sizeBytes + " bytes: expected at least 1 byte");
    }
    if (sizeBytes > LARGEST_BYTES) {
      throw new InvalidSpecException(
          "an SRAM of size "
              + sizeBytes
              + " bytes: expected at most 16 GiB; use a DRAM class, or several memories");
    }
    if (widthBits < 1) {
      throw new InvalidSpecException(
          "an SRAM of width " + widthBits + " bits: expected at least 1 bit per access");
    }
    if (banks < 1) {
      throw new InvalidSpecException("an SRAM of " + banks + " banks: expected at least 1");
    }
    if (sizeBytes % banks != 0) {
      throw new InvalidSpecException(
          banks
              + " banks do not divide an SRAM of "
              + sizeBytes
              + " bytes; use "
              + nearestDivisor(sizeBytes, banks)
              + " banks or another size");
    }
    long bankBits = sizeBytes / banks * 8;
    if (widthBits > bankBits) {
      throw new InvalidSpecException(
          "an access of "
              + widthBits
              + " bits is wider than a bank of the SRAM, which holds "
              + bankBits
              + " bits; use a narrower access"
              + (banks > 1 ? ", fewer banks" : "")
              + " or a larger memory");
    }
    if (readWritePorts < 0 || readPorts < 0 || writePorts < 0) {
      throw new InvalidSpecException(
          "an SRAM with a negative number of ports (read-write "
              + readWritePorts
              + ", read "
              + readPorts
              + ", write "
              + writePorts
              + "): expected at least 0 of each");
    }
    if (readWritePorts == 0 && (readPorts == 0 || writePorts == 0)) {
      throw new InvalidSpecException(
          "an SRAM that cannot be "
              + (readPorts == 0 ? "read" : "written")
              + ": expected a read-write port, or a read and a write port");
    }
    if ((long) readWritePorts + readPorts + writePorts > MOST_PORTS) {
      throw new InvalidSpecException(
          "an SRAM of "
              + ((long) readWritePorts + readPorts + writePorts)
              + " ports: expected at most "
              + MOST_PORTS
              + "; use banks, or registers");
    }
    if (!(technologyNm >= Technology.SMALLEST_NM && technologyNm <= Technology.LARGEST_NM)) {
      throw new InvalidSpecException(
          "an SRAM in a technology of %s nm: expected %s to %s nm"
              .formatted(
                  Value.of(technologyNm),
                  Value.of(Technology.SMALLEST_NM),
                  Value.of(Technology.LARGEST_NM)));
    }
  }

  /** One bank and one read-write port, low standby power: the defaults. */
  public static SramSpec of(long sizeBytes, int widthBits, double technologyNm) {
    return new SramSpec(
        sizeBytes, widthBits, 1, 1, 0, 0, technologyNm, SramFlavour.LOW_STANDBY_POWER);
  }

  /** All ports together. */
  public int ports() {
    return readWritePorts + readPorts + writePorts;
  }

  private static long nearestDivisor(long size, int banks) {
    for (long d = 1; d < banks; d++) {
      if (size % (banks - d) == 0) {
        return banks - d;
      }
      if (size % (banks + d) == 0) {
        return banks + d;
      }
    }
    return 1;
  }
}
