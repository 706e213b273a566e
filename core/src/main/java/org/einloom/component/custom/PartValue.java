package org.einloom.component.custom;

import java.util.Optional;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.Value;
import org.einloom.component.expression.Expression;
import org.einloom.workload.InvalidSpecException;

/** What an attribute of a part is, by the attributes of the compound. */
public sealed interface PartValue {
  /** Always this. */
  record Fixed(Value value) implements PartValue {}

  /** What an attribute of the compound is. */
  record Same(String attribute) implements PartValue {}

  /**
   * A number that is computed.
   *
   * @param text as it was written
   * @param place where, as messages call it
   */
  record Computed(Expression expression, String text, String place) implements PartValue {}

  /** The value; empty where it is that of an attribute which is not given. */
  default Optional<Value> of(Attributes compound, Attribute target) {
    return switch (this) {
      case Fixed f -> Optional.of(f.value());
      case Same s -> Optional.ofNullable(compound.values().get(s.attribute()));
      case Computed c -> {
        double number = number(c.expression(), c.text(), compound);
        yield Optional.of(
            Value.of(target.kind().whole() && isNearlyWhole(number) ? Math.rint(number) : number));
      }
    };
  }

  /** The value of an expression of attributes, which has to be a number. */
  static double number(Expression expression, String text, Attributes compound) {
    double number =
        expression.value(
            name ->
                compound
                    .optional(name)
                    .orElseThrow(
                        () ->
                            new InvalidSpecException(
                                "'%s' needs a number '%s'; expected a value for it"
                                    .formatted(text, name))));
    if (!Double.isFinite(number)) {
      throw new InvalidSpecException(
          "'" + text + "' comes to " + number + "; expected a finite number");
    }
    return number;
  }

  /** Divisions and logarithms miss whole numbers by rounding errors. */
  private static boolean isNearlyWhole(double number) {
    return Math.abs(number - Math.rint(number)) <= 1e-9 * Math.max(1, Math.abs(number));
  }
}
