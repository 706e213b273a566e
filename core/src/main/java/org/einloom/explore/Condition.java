package org.einloom.explore;

import java.util.List;
import java.util.Map;
import org.einloom.component.Value;
import org.einloom.component.expression.Expression;

/**
 * What has to hold between the values of a point, or there is no such point.
 *
 * @param text as it was written
 * @param anyOf holds if one of these does; each holds if all of its comparisons do
 */
public record Condition(String text, List<List<Comparison>> anyOf) {
  public Condition {
    anyOf = anyOf.stream().map(List::copyOf).toList();
  }

  /** A comparison. */
  public sealed interface Comparison {
    /** Of two numbers. */
    record OfNumbers(Expression left, Operator operator, Expression right) implements Comparison {}

    /** Of a parameter that has words for values, with a word; {@code equal} or not. */
    record OfWords(String parameter, boolean equal, String word) implements Comparison {}
  }

  /** Between two numbers. */
  public enum Operator {
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    GREATER(">");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }

    private boolean holds(double a, double b) {
      return switch (this) {
        case LESS_OR_EQUAL -> a <= b;
        case GREATER_OR_EQUAL -> a >= b;
        case EQUAL -> a == b;
        case NOT_EQUAL -> a != b;
        case LESS -> a < b;
        case GREATER -> a > b;
      };
    }
  }

  /** Whether it holds for these values. */
  public boolean holds(Map<String, Value> values) {
    return anyOf.stream().anyMatch(all -> all.stream().allMatch(c -> holds(c, values)));
  }

  private boolean holds(Comparison comparison, Map<String, Value> values) {
    return switch (comparison) {
      case Comparison.OfNumbers n ->
          n.operator().holds(number(n.left(), values), number(n.right(), values));
      case Comparison.OfWords w ->
          w.equal() == String.valueOf(values.get(w.parameter())).equals(w.word());
    };
  }

  private double number(Expression e, Map<String, Value> values) {
    return e.value(name -> Numbers.of(values, name, "condition '" + text + "'"));
  }
}
