package org.einloom.arch;

import java.util.Optional;
import org.einloom.component.Derivation;
import org.einloom.workload.InvalidSpecException;

/**
 * A number with its origin, so that every result can be traced.
 *
 * @param value the number, in the unit the component's name for it says (pJ, um2, uW); finite, not
 *     negative
 * @param source where it comes from, as the architecture file says, or the component class and its
 *     model; empty when the file does not say
 * @param assumption whether it is assumed rather than published or measured, as the file says, or
 *     as the worst number in its derivation is
 * @param derivation how a component class came to it; empty for a number of the file
 */
public record Figure(
    double value, String source, boolean assumption, Optional<Derivation> derivation) {
  /** Nothing, by nobody's word: a cost that the file leaves out. */
  public static final Figure NONE = new Figure(0, "", true);

  /** How the source of what costs nothing by rule begins. */
  private static final String BY_RULE = "nothing: ";

  public Figure {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InvalidSpecException("cost " + value + " is not a finite number of at least 0");
    }
  }

  /** A number of the file. */
  public Figure(double value, String source, boolean assumption) {
    this(value, source, assumption, Optional.empty());
  }

  public static Figure of(double value, String source) {
    return new Figure(value, source, false);
  }

  /**
   * Nothing, as a rule says and not for want of a figure.
   *
   * @param rule whose, or which
   */
  public static Figure nothing(String rule) {
    return of(0, BY_RULE + rule);
  }

  /** What a component class says. */
  public static Figure of(Derivation derivation, String source) {
    return new Figure(
        derivation.value(), source, derivation.standing().isAssumption(), Optional.of(derivation));
  }

  /** How well it is founded. */
  public Origin origin() {
    if (equals(NONE) || derivation.filter(Derivation::isLeftOut).isPresent()) {
      return Origin.NOT_GIVEN;
    }
    if (value == 0 && source.startsWith(BY_RULE)) {
      return Origin.NOTHING;
    }
    if (derivation.isPresent()) {
      return assumption ? Origin.CLASS_WITH_ASSUMPTIONS : Origin.CLASS;
    }
    return assumption ? Origin.ASSUMED : source.isEmpty() ? Origin.UNSOURCED : Origin.PUBLISHED;
  }

  /** This times a factor that is exact, such as one of units. */
  public Figure times(double factor, String what) {
    return new Figure(
        value * factor, source, assumption, derivation.map(d -> d.times(factor, what)));
  }

  /** Figures are keys in maps of every evaluation; derivations are long. */
  @Override
  public int hashCode() {
    return 31 * Double.hashCode(value) + source.hashCode();
  }
}
