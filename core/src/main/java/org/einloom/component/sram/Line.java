package org.einloom.component.sram;

/**
 * What loads a line, per cell that it crosses: the gates or drains of the cells, and the wire by
 * its length; and what comes once.
 */
record Line(double gate, double wire, double rest) {
  static Line of(Table t, String name, int node) {
    return new Line(
        t.get(name + ".gate", node), t.get(name + ".wire", node), t.get(name + ".rest", node));
  }

  /** For {@code cells} of the given pitch in feature sizes, without what comes once. */
  double load(double cells, double pitch) {
    return cells * (gate + wire * pitch);
  }
}
