package org.einloom.component.sram;

/**
 * Ports of every cell, and what they make of it: each beyond the first adds two wires to the cell's
 * width and height, five feature sizes (CACTI 6.0, Technical Report HPL-2009-85, section on ports).
 * Lengths in feature sizes.
 */
record Ports(int readWrite, int read, int write) {
  private static final double CELL_HEIGHT = 14.6;
  private static final double CELL_WIDTH = 10;
  private static final double PER_PORT = 5;
  private static final int STITCH_EVERY = 16;
  private static final double STITCH_WIDTH = 7.5;

  static Ports of(SramSpec spec) {
    return new Ports(spec.readWritePorts(), spec.readPorts(), spec.writePorts());
  }

  int all() {
    return readWrite + read + write;
  }

  int reading() {
    return readWrite + read;
  }

  int writing() {
    return readWrite + write;
  }

  double cellHeight() {
    return CELL_HEIGHT + PER_PORT * (all() - 1);
  }

  /** Width of a row of cells; every sixteenth is followed by a stitch of the word line. */
  double rowWidth(long columns) {
    return columns * (CELL_WIDTH + PER_PORT * (all() - 1))
        + Math.floorDiv(columns, STITCH_EVERY) * STITCH_WIDTH;
  }

  /** Cell width, its share of stitches included. */
  double pitch(long columns) {
    return CELL_WIDTH
        + PER_PORT * (all() - 1)
        + (columns >= STITCH_EVERY ? STITCH_WIDTH / STITCH_EVERY : 0);
  }
}
