package org.einloom.component.wire;

import java.util.List;
import java.util.Optional;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Given;
import org.einloom.component.Kind;
import org.einloom.component.Range;
import org.einloom.component.Rate;
import org.einloom.component.Standing;
import org.einloom.component.Value;
import org.einloom.component.digital.DigitalModel;
import org.einloom.component.memory.Registers;
import org.einloom.component.technology.Curve;
import org.einloom.component.technology.Technology;

/**
 * Wires with repeaters. Energy per mm and bit is what the H-trees of CACTI 7 come to at 22 to 90 nm
 * (low standby power), divided by the square of its supply voltages there; it then goes with the
 * square of the voltage.
 */
public final class Wires {
  private static final double LONGEST_UM = 1e6;

  private static final Attribute WIDTH =
      Attribute.number("width", Kind.WIDTH, 1, 1 << 20, "bits of a transfer");

  private static final Attribute LENGTH =
      Attribute.number("length", Kind.LENGTH, 0, LONGEST_UM, "of the way");

  /** pJ per mm, bit and V2: 0.18, 0.29, 0.37, 0.50, 0.62 pJ at 0.8, 1.0, 1.1, 1.2, 1.2 V. */
  private static final Curve PJ_PER_MM_V2 =
      Curve.powers(
          new double[] {22, 32, 45, 65, 90},
          new double[] {
            0.18 / (0.8 * 0.8), 0.29, 0.37 / (1.1 * 1.1), 0.50 / (1.2 * 1.2), 0.62 / (1.2 * 1.2)
          });

  private static final double NS_PER_MM = 0.1;

  private Wires() {}

  /** The class {@code wire}. */
  public static ComponentModel model() {
    return new DigitalModel(
        "wire",
        "parallel wires with repeaters, by length",
        List.of(LENGTH, WIDTH, Registers.TOGGLE),
        Wires::costs);
  }

  private static Costs costs(Attributes a) {
    double mm = a.number(LENGTH.name()) / 1000;
    return Costs.of(
            "transfer",
            new ActionEstimate(
                energyPj(
                    Technology.of(a), mm, a.number("width"), a.number(Registers.TOGGLE.name())),
                Given.assumed(NS_PER_MM, "delay per mm", "typical of wires with repeaters")
                    .times(mm, "mm"),
                a.whole("width"),
                Rate.unlimited()),
            Derivation.leftOut("repeaters; the wires are above other parts"),
            Derivation.leftOut("repeaters"))
        .noting(
            List.of(
                "as many wires as it takes: no limit of throughput",
                "area and leakage of repeaters are left out"));
  }

  /**
   * The energy of sending words.
   *
   * @param toggle share of bits that change
   */
  static Derivation energyPj(Technology t, double mm, double width, double toggle) {
    boolean outside = t.nm() < 22 || t.nm() > 90;
    Derivation perBit =
        new Given(
                PJ_PER_MM_V2.at(t.nm()),
                "pJ per mm, bit and V2 at " + Value.of(t.nm()) + " nm",
                "H-trees of CACTI 7, low standby power, 22 to 90 nm; power law between nodes",
                outside ? Standing.ASSUMED : Standing.MODELLED,
                outside,
                outside ? Optional.empty() : Optional.of(new Range(0.8, 1.2)))
            .times(t.volts() * t.volts(), "V2")
            .times(mm, "mm")
            .times(width, "bits");
    return toggle == 0.5
        ? perBit
        : perBit.times(
            Factor.assumed(
                toggle / 0.5,
                "for a share of " + toggle + " of bits that change",
                "in proportion; the figure is taken to be for random data"));
  }
}
