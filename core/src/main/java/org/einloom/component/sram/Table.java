package org.einloom.component.sram;

import java.util.HashMap;
import java.util.Map;

/** Named constants, a value per node: reads what {@link LowStandbyPower} writes. */
final class Table {
  private static final int LEAST_BITS = 4;
  private static final int BITS = 9;
  private final Map<String, double[]> rows = new HashMap<>();

  Table(String text) {
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      String[] words = line.strip().split("\\s+");
      double[] values = new double[words.length - 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.parseDouble(words[i + 1]);
      }
      rows.put(words[0], values);
    }
  }

  double get(String name, int node) {
    double[] row = rows.get(name);
    if (row == null) {
      throw new IllegalStateException("no constant " + name);
    }
    return row[node];
  }

  /**
   * A figure by the number of address bits that a row decoder decodes, 4 to 12: its depth and its
   * kinds of gates change from bit to bit.
   */
  ByAddressBits byAddressBits(String name, int node) {
    double[] values = new double[BITS];
    for (int i = 0; i < BITS; i++) {
      values[i] = get(name + ".bits" + (i + LEAST_BITS), node);
    }
    return new ByAddressBits(values);
  }

  /** See {@link Table#byAddressBits}. */
  static final class ByAddressBits {
    private final double[] values;

    private ByAddressBits(double[] values) {
      this.values = values;
    }

    /** The ends' values beyond them. */
    double at(int bits) {
      return values[Math.clamp(bits - LEAST_BITS, 0, BITS - 1)];
    }
  }
}
