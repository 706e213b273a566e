package org.einloom.component.digital;

import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Given;
import org.einloom.component.technology.Scaling;
import org.einloom.component.technology.Technology;

/**
 * Parts of the library of Aladdin (Shao, Reagen, Wei, Brooks, ISCA 2014), synthesised at 40 nm. Its
 * voltage is not published; 0.9 V is usual for the process.
 *
 * @param to the technology wanted
 */
public record Aladdin(Technology to) {
  /** Where the numbers come from. */
  public static final String SOURCE =
      "Aladdin's 40 nm library (Shao et al., ISCA 2014, doi:10.1109/ISCA.2014.6853196)";

  /** What they were synthesised for. */
  static final Technology AT = new Technology(40, 0.9);

  /** The width of the library's parts. */
  private static final double BITS = 32;

  /** Delay of an inverter with a fan-out of four: 360 ps per um of feature size (rule of thumb). */
  private static final double FO4_NS = 0.36 * 0.040;

  /** A register of one bit that is written. */
  public Part registerBit() {
    return part("register, 1 b", 0.009, 2 * FO4_NS, 5.98, 0.07);
  }

  /** One bit of a unit that does a bitwise operation: about three gates. */
  public Part gateSlice() {
    return slice("bitwise operation", 0.0181, 2 * FO4_NS, 50.4, 0.61);
  }

  /** One bit of a counter. */
  public Part counterBit() {
    return slice("counter", 0.20678, 2 * FO4_NS, 214.5, leakage(214.5));
  }

  /** One bit of a comparator of two words. */
  public Part comparatorBit() {
    return slice("comparator", 0.02898, 2 * FO4_NS, 70, leakage(70));
  }

  /** One bit of one of the five levels of a 32 b shifter. */
  public Part shifterBit() {
    return slice("shifter", 0.417, 2 * FO4_NS, 250, 1.7).times(0.2, "of 5 levels");
  }

  /** One crossing of a 1-to-4 crossbar, per bit and output. */
  public Part crosspoint() {
    Part bit = slice("1-to-4 crossbar", 0.6804, 2 * FO4_NS, 569.5, leakage(569.5));
    return bit.times(0.25, "of 4 outputs");
  }

  /** The time of an operation that the library does in so many ns at 32 bits. */
  Derivation delayNs(String what, double ns, double widthBits, double publishedBits) {
    Derivation base = Given.published(ns, what + ", " + (int) publishedBits + " b", SOURCE);
    double levels = Math.log(Math.max(2, widthBits)) / Math.log(publishedBits);
    Derivation wide =
        levels == 1
            ? base
            : base.times(
                Factor.assumed(
                    levels, "for " + (int) widthBits + " b", "with the logarithm of the width"));
    return wide.times(Scaling.delay(AT, to));
  }

  /** What logic of so much area leaks. */
  Derivation leakageUw(Derivation areaUm2) {
    double volts = to.volts() / AT.volts();
    return Given.published(0.0134, "leakage per um2, that of the adder (2.4 uW on 179 um2)", SOURCE)
        .times(areaUm2.value(), "um2")
        .times(Factor.assumed(volts, "from 0.9 V to " + to.voltsText(), "in proportion"));
  }

  private static double leakage(double areaUm2) {
    return 0.0134 * areaUm2;
  }

  private Part slice(String what, double pj, double ns, double um2, double uw) {
    Part all = part(what + ", 32 b", pj, ns, um2, uw);
    return all.times(1 / BITS, "of 32 bits");
  }

  private Part part(String what, double pj, double ns, double um2, double uw) {
    return new Part(
        Given.published(pj, what, SOURCE).times(Scaling.energy(AT, to)),
        Given.assumed(ns, what, "two delays of an inverter, 0.36 ns per um each")
            .times(Scaling.delay(AT, to)),
        Given.published(um2, what, SOURCE).times(Scaling.area(AT, to)),
        Given.published(uw, what, SOURCE).times(Scaling.leakage(AT, to)));
  }
}
