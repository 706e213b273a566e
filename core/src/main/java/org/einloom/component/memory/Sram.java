package org.einloom.component.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Kind;
import org.einloom.component.Rate;
import org.einloom.component.sram.SramEstimate;
import org.einloom.component.sram.SramEstimator;
import org.einloom.component.sram.SramFigures;
import org.einloom.component.sram.SramFlavour;
import org.einloom.component.sram.SramOrganisation;
import org.einloom.component.sram.SramSpec;
import org.einloom.component.technology.Technology;
import org.einloom.workload.InvalidSpecException;

/**
 * The class {@code sram}: a macro as {@link SramEstimator} estimates it, at CACTI's own supply
 * voltage or at another.
 */
public final class Sram implements ComponentModel {
  private static final double MOST_BITS = 8.0 * (16L << 30);

  private static final Attribute SIZE =
      Attribute.number("size", Kind.SIZE, 8, MOST_BITS, "capacity of the macro, all banks");
  private static final Attribute WIDTH =
      Attribute.number("width", Kind.WIDTH, 1, 1 << 16, "bits read or written by an access");
  private static final Attribute BANKS =
      Attribute.number("banks", Kind.COUNT, 1, 4096, "banks of the macro").or(1);
  private static final Attribute PORTS =
      Attribute.number("ports", Kind.COUNT, 0, 16, "ports that read and write").or(1);
  private static final Attribute READ_PORTS =
      Attribute.number("read_ports", Kind.COUNT, 0, 16, "ports that only read").or(0);
  private static final Attribute WRITE_PORTS =
      Attribute.number("write_ports", Kind.COUNT, 0, 16, "ports that only write").or(0);
  private static final Attribute FLAVOUR =
      Attribute.word(
              "flavour",
              List.of("low_standby_power", "high_performance"),
              "transistors: of 300 K, or of 350 K")
          .or("low_standby_power");
  private static final Attribute VOLTAGE =
      Attribute.number(
              "voltage",
              Kind.VOLTAGE,
              Technology.VOLTAGE.least(),
              Technology.VOLTAGE.most(),
              "supply voltage; left out: that of CACTI's transistors")
          .optional();

  /** One for all: what it remembers is what it would compute again. */
  private static final class Shared {
    static final SramEstimator ESTIMATOR = new SramEstimator();
  }

  @Override
  public String componentClass() {
    return "sram";
  }

  @Override
  public String description() {
    return "on-chip static memory, plain RAM";
  }

  @Override
  public String model() {
    return "Einloom SRAM 1, after CACTI 7";
  }

  @Override
  public List<Attribute> attributes() {
    return List.of(
        SIZE,
        WIDTH,
        Technology.NM,
        BANKS,
        PORTS,
        READ_PORTS,
        WRITE_PORTS,
        FLAVOUR,
        VOLTAGE,
        Registers.TOGGLE);
  }

  @Override
  public Costs estimate(Attributes a) {
    SramEstimate e = Shared.ESTIMATOR.estimate(spec(a));
    SramDerivations d = new SramDerivations(e, volts(a, e.spec()));
    double toggle = a.number(Registers.TOGGLE.name());
    SramFigures figures = e.figures();
    double data = dataShare(e);
    double tree = figures.read().hTree() * data;
    double busy = figures.cycleNs() * d.slowdown();
    SramSpec spec = e.spec();
    ActionEstimate read =
        new ActionEstimate(
            toggled(d.readPj(), (tree + figures.read().output()) / figures.readPj(), toggle),
            d.accessNs(),
            spec.widthBits(),
            new Rate.Clocked(spec.readWritePorts() + spec.readPorts(), busy));
    ActionEstimate write =
        new ActionEstimate(
            toggled(d.writePj(), Math.min(1, tree / figures.writePj()), toggle),
            d.accessNs(),
            spec.widthBits(),
            new Rate.Clocked(spec.readWritePorts() + spec.writePorts(), busy));
    return Costs.ofMemory(read, write, d.areaUm2(), d.leakageUw()).noting(notes(e, d.volts()));
  }

  private static SramSpec spec(Attributes a) {
    long bits = a.whole(SIZE.name());
    if (bits % 8 != 0) {
      throw new InvalidSpecException(
          "'size' is " + bits + " b; expected whole bytes for a memory of this class");
    }
    return new SramSpec(
        bits / 8,
        (int) a.whole(WIDTH.name()),
        (int) a.whole(BANKS.name()),
        (int) a.whole(PORTS.name()),
        (int) a.whole(READ_PORTS.name()),
        (int) a.whole(WRITE_PORTS.name()),
        a.number(Technology.NM.name()),
        SramFlavour.valueOf(a.word(FLAVOUR.name()).toUpperCase(Locale.ROOT)));
  }

  private static double volts(Attributes a, SramSpec spec) {
    return a.optional(VOLTAGE.name()).orElseGet(() -> SramDerivations.ownVolts(spec));
  }

  /** Of what moves on the H-tree, address and data, the share that is data. */
  private static double dataShare(SramEstimate e) {
    double words = Math.max(2, 8.0 * e.spec().sizeBytes() / e.spec().widthBits());
    double address = Math.ceil(Math.log(words) / Math.log(2) - 1e-9);
    return e.spec().widthBits() / (e.spec().widthBits() + address);
  }

  /**
   * Bit lines come in pairs, one of which moves whatever the data; wires for data out of the mats
   * move when a bit differs from the one before.
   */
  private static Derivation toggled(Derivation energyPj, double share, double toggle) {
    return toggle == 0.5
        ? energyPj
        : energyPj.times(
            Factor.assumed(
                1 + share * (toggle / 0.5 - 1),
                "for a share of " + toggle + " of bits that change",
                String.format(
                    Locale.ROOT,
                    "%.0f %% is for data on wires, taken to be for random data",
                    100 * share)));
  }

  private static List<String> notes(SramEstimate e, double volts) {
    SramOrganisation o = e.organisation();
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s: %d x %d sub-arrays of %d rows and %d columns, %d of %d mats at work"
            .formatted(
                e.spec().banks() == 1 ? "one bank" : e.spec().banks() + " banks, each",
                o.ndwl(),
                o.ndbl(),
                o.rows(),
                o.columns(),
                o.activeMats(),
                Math.max(1, o.ndwl() * o.ndbl() / 4)));
    notes.add(
        String.format(
            Locale.ROOT,
            "%s, %.0f K, %.2f V",
            e.spec().flavour().label(),
            e.spec().flavour().temperatureK(),
            volts));
    notes.addAll(e.notes());
    return notes;
  }
}
