package org.einloom.component.sram;

/**
 * A chain of inverters that grow until the last can drive a load (Horowitz; Amrutur and Horowitz,
 * "Fast low-power decoders for RAMs", JSSC 36, 2001). With {@code n} stages and equal stage effort
 * the last inverter but one grows with the load to the power of {@code 1 - 1/n}: a root for the two
 * stages of a small load, the power of 3/4 for four. Above a largest width inverters grow no more.
 *
 * <p>A load is given as the energy to charge it, in pJ: capacitance is charge times the same square
 * of the supply everywhere in a node.
 *
 * @param threshold load from which the chain has four stages
 * @param few energy of a chain of two, per root of the load
 * @param manyBase energy that a chain of four starts with
 * @param many energy of a chain of four, per load to the power of 3/4
 * @param widest load from which the inverters stay as they are
 */
record Drivers(double threshold, double few, double manyBase, double many, double widest) {
  static Drivers of(Table t, int node) {
    return new Drivers(
        t.get("drivers.threshold", node),
        t.get("drivers.few", node),
        t.get("drivers.manyBase", node),
        t.get("drivers.many", node),
        t.get("drivers.widest", node));
  }

  boolean small(double loadPj) {
    return loadPj < threshold;
  }

  /** Energy of the chain itself, without the load. */
  double energyPj(double loadPj) {
    return small(loadPj) ? few * Math.sqrt(loadPj) : manyBase + many * power34(clipped(loadPj));
  }

  double clipped(double loadPj) {
    return Math.min(loadPj, widest);
  }

  static double power34(double x) {
    double root = Math.sqrt(x);
    return root * Math.sqrt(root);
  }

  /**
   * How long the chain and the wire behind it take. Each stage takes as long as its effort, so the
   * sum goes with the root, or the fourth root, of the load; past the largest width with the load;
   * the wire's own resistance and capacitance add the square of its length.
   */
  record Delay(double few, double manyBase, double many, double beyond, double wireRc) {
    static Delay of(Table t, String name, int node) {
      return new Delay(
          t.get(name + ".few", node),
          t.get(name + ".manyBase", node),
          t.get(name + ".many", node),
          t.get(name + ".beyond", node),
          t.get(name + ".wireRc", node));
    }

    double ns(Drivers chain, double loadPj, double length) {
      double gates =
          chain.small(loadPj)
              ? few * Math.sqrt(loadPj)
              : manyBase
                  + many * Math.sqrt(Math.sqrt(chain.clipped(loadPj)))
                  + beyond * Math.max(0, loadPj - chain.widest());
      return gates + wireRc * length * length;
    }
  }
}
