package org.einloom.component.digital;

import java.util.Optional;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Given;
import org.einloom.component.Standing;
import org.einloom.component.Value;
import org.einloom.component.technology.Curve;
import org.einloom.component.technology.Scaling;
import org.einloom.component.technology.Technology;

/**
 * Adders and multipliers by the table of Horowitz, ISSCC 2014: energies at 45 nm and 0.9 V. The
 * areas that go with them are quoted everywhere but were not found in a source of their own. An
 * adder's cost is a straight line in its width, everything else a power law, each through the two
 * published points. Floating-point units go by the bits of their significand.
 *
 * @param to the technology wanted
 */
public record Horowitz(Technology to) {
  static final String SOURCE = "Horowitz, ISSCC 2014, doi:10.1109/ISSCC.2014.6757323";
  private static final Technology AT = new Technology(45, 0.9);

  /** Two published points of one operation. */
  private record Row(
      String name,
      double small,
      double smallPj,
      double smallUm2,
      double large,
      double largePj,
      double largeUm2) {}

  private static final Row INT_ADD = new Row("integer addition", 8, 0.03, 36, 32, 0.1, 137);
  private static final Row INT_MUL = new Row("integer product", 8, 0.2, 282, 32, 3.1, 3495);
  private static final Row FP_ADD =
      new Row("floating-point addition, significand", 11, 0.4, 1360, 24, 0.9, 4184);
  private static final Row FP_MUL =
      new Row("floating-point product, significand", 11, 1.1, 1640, 24, 3.7, 7700);

  /** An adder. */
  public Part adder(NumberFormat format) {
    Aladdin aladdin = new Aladdin(to);
    return format.isFloat()
        ? part(
            FP_ADD,
            format.significandBits(),
            aladdin.delayNs("single precision adder, 3 stages", 3, format.significandBits(), 24))
        : part(INT_ADD, format.bits(), aladdin.delayNs("adder", 0.5, format.bits(), 32));
  }

  /**
   * A multiplier of two formats, both integers or both floats. That of unequal widths costs as one
   * of their geometric mean.
   */
  public Part multiplier(NumberFormat a, NumberFormat b) {
    Aladdin aladdin = new Aladdin(to);
    if (a.isFloat()) {
      double bits = Math.sqrt((double) a.significandBits() * b.significandBits());
      return part(
          FP_MUL, bits, aladdin.delayNs("single precision multiplier, 3 stages", 3, bits, 24));
    }
    double bits = Math.sqrt((double) a.bits() * b.bits());
    return part(INT_MUL, bits, aladdin.delayNs("multiplier", 1, bits, 32));
  }

  private Part part(Row row, double bits, Derivation latencyNs) {
    boolean line = row.equals(INT_ADD);
    Derivation area =
        derive(row, bits, line, row.smallUm2, row.largeUm2, Standing.REMEMBERED)
            .times(Scaling.area(AT, to));
    return new Part(
        derive(row, bits, line, row.smallPj, row.largePj, Standing.PUBLISHED)
            .times(Scaling.energy(AT, to)),
        latencyNs,
        area,
        new Aladdin(to).leakageUw(area));
  }

  private static Derivation derive(
      Row row, double bits, boolean line, double small, double large, Standing standing) {
    boolean low = Math.abs(bits - row.small) <= Math.abs(bits - row.large);
    double near = low ? row.small : row.large;
    Derivation base =
        new Given(
            low ? small : large,
            row.name + ", " + Value.of(near) + " b",
            SOURCE,
            standing,
            false,
            Optional.empty());
    if (bits == near) {
      return base;
    }
    double[] x = {row.small, row.large};
    double[] y = {small, large};
    Curve curve = line ? Curve.linear(x, y) : Curve.powers(x, y);
    return base.times(
        Factor.modelled(
            curve.at(bits) / base.value(),
            "for " + Value.of(Math.round(bits * 100) / 100.0) + " b",
            (line ? "straight line" : "power law")
                + " through the rows of "
                + Value.of(row.small)
                + " and "
                + Value.of(row.large)
                + " b",
            bits < row.small || bits > row.large));
  }
}
