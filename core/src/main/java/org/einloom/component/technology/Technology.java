package org.einloom.component.technology;

import java.util.List;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.Kind;
import org.einloom.component.Value;
import org.einloom.workload.InvalidSpecException;

/**
 * A process at a supply voltage.
 *
 * @param nm feature size, 5 to 130
 * @param volts supply
 */
public record Technology(double nm, double volts) {
  public static final double SMALLEST_NM = 5;
  public static final double LARGEST_NM = 130;

  /**
   * The energy polynomials have their minimum at up to 0.59 V (65 nm); below it they would say that
   * less voltage costs more.
   */
  private static final double LEAST_VOLTS = 0.6;

  private static final double MOST_VOLTS = 1.4;

  /** The attribute that says the feature size. */
  public static final Attribute NM =
      Attribute.number(
          "technology", Kind.TECHNOLOGY, SMALLEST_NM, LARGEST_NM, "feature size of the process");

  /** The attribute that says the voltage; that of the process where it is left out. */
  public static final Attribute VOLTAGE =
      Attribute.number(
              "voltage",
              Kind.VOLTAGE,
              LEAST_VOLTS,
              MOST_VOLTS,
              "supply voltage; left out: what is usual for the technology")
          .optional();

  /** Both attributes. */
  public static final List<Attribute> ATTRIBUTES = List.of(NM, VOLTAGE);

  public Technology {
    NM.check(Value.of(nm));
    VOLTAGE.check(Value.of(volts));
  }

  /**
   * What attributes say.
   *
   * @throws InvalidSpecException if out of bounds
   */
  public static Technology of(Attributes attributes) {
    double nm = attributes.number(NM.name());
    return new Technology(
        nm, attributes.optional(VOLTAGE.name()).orElseGet(() -> NominalVoltage.of(nm)));
  }

  /** The voltage as derivations show it, to a millivolt. */
  public String voltsText() {
    return Value.of(Math.round(volts * 1000) / 1000.0) + " V";
  }

  @Override
  public String toString() {
    return "%s nm at %s".formatted(Value.of(nm), voltsText());
  }
}
