package org.einloom.explore;

import java.util.Map;
import org.einloom.component.Value;
import org.einloom.workload.InvalidSpecException;

/** Values that have to be numbers. */
final class Numbers {
  private Numbers() {}

  /** The number that a parameter has; {@code who} asks for it. */
  static double of(Map<String, Value> values, String parameter, String who) {
    if (values.get(parameter) instanceof Value.Amount a) {
      return a.number();
    }
    throw new InvalidSpecException(
        "%s calculates with '%s', which is %s; expected a number"
            .formatted(who, parameter, values.get(parameter)));
  }
}
