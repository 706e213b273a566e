package org.einloom.component.memory;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Given;
import org.einloom.component.Range;
import org.einloom.component.Standing;
import org.einloom.component.Value;
import org.einloom.component.sram.SramErrors;
import org.einloom.component.sram.SramEstimate;
import org.einloom.component.sram.SramFigures;
import org.einloom.component.sram.SramFlavour;
import org.einloom.component.sram.SramReadEnergy;
import org.einloom.component.sram.SramScaling;
import org.einloom.component.sram.SramSpec;
import org.einloom.component.technology.Curve;
import org.einloom.component.technology.Scaling;
import org.einloom.component.technology.Technology;

/**
 * How the figures of an SRAM came about: the parts of a read, what brought them from a node that
 * CACTI was run at to the technology, and from CACTI's supply voltage to the one wanted.
 *
 * @param estimate of the memory
 * @param volts the supply wanted
 */
record SramDerivations(SramEstimate estimate, double volts) {
  private static final double[] NODES_NM = {22, 32, 45, 65, 90};

  /** Supplies of CACTI's transistors of low standby power. */
  private static final Curve LOW_STANDBY_VOLTS =
      Curve.linear(NODES_NM, new double[] {0.8, 1.0, 1.1, 1.2, 1.2});

  /** And of high performance. */
  private static final Curve HIGH_PERFORMANCE_VOLTS =
      Curve.linear(NODES_NM, new double[] {0.8, 0.9, 1.0, 1.1, 1.2});

  private static final String SOURCE = "CACTI 7, by a structural model fitted to it";

  /** CACTI's supply at that technology; beyond its nodes that of the nearest. */
  static double ownVolts(SramSpec spec) {
    Curve curve =
        spec.flavour() == SramFlavour.LOW_STANDBY_POWER
            ? LOW_STANDBY_VOLTS
            : HIGH_PERFORMANCE_VOLTS;
    double nm = Math.clamp(spec.technologyNm(), NODES_NM[0], NODES_NM[NODES_NM.length - 1]);
    return curve.at(nm);
  }

  /** Reading a word. */
  Derivation readPj() {
    SramReadEnergy r = from().read();
    Optional<Range> range = range(SramErrors::read);
    return scaled(
        Derivation.sum(
            "parts of a read",
            List.of(
                part("address and data on the H-tree", r.hTree(), range),
                part("row decoders", r.decoder(), range),
                part("word lines", r.wordLine(), range),
                part("selects of columns", r.columnSelect(), range),
                part("precharge", r.precharge(), range),
                part("bit lines", r.bitLine(), range),
                part("sense amplifiers", r.senseAmplifier(), range),
                part("from there to the edge of the mats", r.output(), range))),
        SramScaling::energy,
        Scaling::energy);
  }

  /** Writing a word. */
  Derivation writePj() {
    return scaled(
        part("a write", from().writePj(), range(SramErrors::write)),
        SramScaling::energy,
        Scaling::energy);
  }

  /** From address to data. */
  Derivation accessNs() {
    return scaled(
        part("access time", from().accessNs(), range(SramErrors::access)),
        SramScaling::delay,
        Scaling::delay);
  }

  /** Of the whole macro. */
  Derivation areaUm2() {
    return scaled(
        part("area of the macro", from().areaUm2(), range(SramErrors::area)),
        SramScaling::area,
        (a, b) -> Factor.exact(1, "area"));
  }

  /** Of the whole macro. */
  Derivation leakageUw() {
    return scaled(
        part("leakage of the macro", from().leakageUw(), range(SramErrors::leakage)),
        SramScaling::leakage,
        Scaling::leakage);
  }

  /** How much slower than at CACTI's own supply. */
  double slowdown() {
    return volts == ownVolts() ? 1 : Scaling.delay(here(ownVolts()), here(volts)).value();
  }

  private double ownVolts() {
    return ownVolts(estimate.spec());
  }

  private Technology here(double supply) {
    return new Technology(estimate.spec().technologyNm(), supply);
  }

  private SramFigures from() {
    return estimate.scaling().map(SramScaling::from).orElse(estimate.figures());
  }

  private Optional<Range> range(Function<SramErrors, Range> of) {
    return estimate.errors().map(of);
  }

  private Given part(String what, double value, Optional<Range> range) {
    double nm = estimate.scaling().map(s -> (double) s.fromNm()).orElse(nm());
    return new Given(
        value,
        what + " at " + Value.of(nm) + " nm",
        SOURCE,
        Standing.MODELLED,
        estimate.extrapolated(),
        range);
  }

  private double nm() {
    return estimate.spec().technologyNm();
  }

  private interface Rule {
    Factor between(Technology from, Technology to);
  }

  private Derivation scaled(Derivation d, Function<SramScaling, Factor> node, Rule voltage) {
    Derivation there = estimate.scaling().map(s -> d.times(node.apply(s))).orElse(d);
    if (volts == ownVolts()) {
      return there;
    }
    Factor factor = voltage.between(here(ownVolts()), here(volts));
    return factor.value() == 1 ? there : there.times(factor);
  }
}
