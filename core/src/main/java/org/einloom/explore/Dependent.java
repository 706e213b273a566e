package org.einloom.explore;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.einloom.component.Value;
import org.einloom.component.expression.Expression;
import org.einloom.workload.InvalidSpecException;

/**
 * A parameter whose value follows from others.
 *
 * @param name of the parameter
 * @param rule how
 */
public record Dependent(String name, Rule rule) {
  /** How a value follows. */
  public sealed interface Rule {
    /** Arithmetic over numbers. */
    record Formula(String text, Expression expression) implements Rule {}

    /**
     * A value for each value of another parameter.
     *
     * @param of the other parameter
     * @param values by its values
     */
    record Cases(String of, SequencedMap<Value, Value> values) implements Rule {
      public Cases {
        values = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
      }
    }
  }

  /**
   * The value where the others have these values.
   *
   * @throws InvalidSpecException if there is none
   */
  public Value value(Map<String, Value> others) {
    return switch (rule) {
      case Rule.Formula f -> {
        double value = f.expression().value(name -> number(others, name));
        if (!Double.isFinite(value)) {
          throw new InvalidSpecException(
              "parameter '%s': '%s' has no finite value at %s"
                  .formatted(name, f.text(), Point.of(others)));
        }
        yield Value.of(value);
      }
      case Rule.Cases c -> {
        Value of = others.get(c.of());
        Value value = of == null ? null : c.values().get(of);
        if (value == null) {
          throw new InvalidSpecException(
              "parameter '%s' has no case for %s=%s; it has %s"
                  .formatted(name, c.of(), of, c.values().keySet()));
        }
        yield value;
      }
    };
  }

  private double number(Map<String, Value> others, String parameter) {
    return Numbers.of(others, parameter, "parameter '" + name + "'");
  }
}
