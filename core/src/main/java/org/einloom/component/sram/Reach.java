package org.einloom.component.sram;

import java.util.ArrayList;
import java.util.List;

/** How far the CACTI runs reach that the model was fitted to and checked on. */
final class Reach {
  private static final long LEAST_BYTES = 256;
  private static final long MOST_BYTES = 32L << 20;
  private static final int LEAST_WIDTH = 8;
  private static final int MOST_WIDTH = 512;
  private static final int MOST_BANKS = 8;
  private static final int MOST_PORTS = 2;

  /** Of the test's table, rounded up; the test holds them to it. */
  private static final SramErrors LOW_STANDBY_POWER = SramErrors.of(0.15, 0.1, 0.15, 0.08, 0.08);

  private static final SramErrors HIGH_PERFORMANCE = SramErrors.of(0.04, 0.04, 0.04, 0.04, 0.05);

  private Reach() {}

  static SramErrors errors(SramFlavour flavour) {
    return switch (flavour) {
      case LOW_STANDBY_POWER -> LOW_STANDBY_POWER;
      case HIGH_PERFORMANCE -> HIGH_PERFORMANCE;
    };
  }

  /** What is beyond them, one sentence each. */
  static List<String> notes(SramSpec spec, SramOrganisation organisation) {
    List<String> notes = new ArrayList<>();
    long rows = organisation.rows();
    if (spec.widthBits() < OrganisationSearch.LEAST_BITS) {
      notes.add(
          "CACTI has no access of fewer than 4 bits: estimated as 4 bits, not " + spec.widthBits());
    } else if (spec.widthBits() < LEAST_WIDTH || spec.widthBits() > MOST_WIDTH) {
      notes.add("checked for accesses of 8 to 512 bits, not " + spec.widthBits());
    }
    if (rows < OrganisationSearch.LEAST_ROWS) {
      notes.add(
          "CACTI has no sub-array of fewer than 16 rows: its laws are continued to "
              + rows
              + "; consider registers");
    } else if (spec.sizeBytes() < LEAST_BYTES || spec.sizeBytes() > MOST_BYTES) {
      notes.add("checked for 256 B to 32 MiB, not " + spec.sizeBytes() + " bytes");
    }
    if (spec.banks() > MOST_BANKS) {
      notes.add("checked for 1 to 8 banks, not " + spec.banks());
    }
    if (Integer.bitCount(spec.banks()) > 1) {
      notes.add(
          spec.banks() + " banks, no power of two: the tree between them is that of the next one");
    }
    if (spec.ports() > MOST_PORTS) {
      notes.add("checked for one and two ports, not " + spec.ports());
    }
    if (spec.flavour() == SramFlavour.HIGH_PERFORMANCE && (spec.ports() > 1 || spec.banks() > 1)) {
      notes.add("ports and banks were checked for low standby power only");
    }
    return notes;
  }
}
