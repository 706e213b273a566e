package org.einloom.component.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Arithmetic. Its value is a double, which the caller checks: it may be infinite or no number. */
public sealed interface Expression {
  /** A number. */
  record Constant(double value) implements Expression {}

  /** The value of an attribute. */
  record Variable(String name) implements Expression {}

  /** Minus. */
  record Negation(Expression of) implements Expression {}

  /** Two numbers and {@code + - * / ^} between them. */
  record Operation(char operator, Expression left, Expression right) implements Expression {}

  /** A function of one or two numbers. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** The value, with what is asked for the names. */
  default double value(ToDoubleFunction<String> variables) {
    return switch (this) {
      case Constant n -> n.value();
      case Variable v -> variables.applyAsDouble(v.name());
      case Negation n -> -n.of().value(variables);
      case Operation o ->
          apply(o.operator(), o.left().value(variables), o.right().value(variables));
      case Call c ->
          c.function()
              .apply(
                  c.arguments().getFirst().value(variables),
                  c.arguments().getLast().value(variables));
    };
  }

  private static double apply(char operator, double left, double right) {
    return switch (operator) {
      case '+' -> left + right;
      case '-' -> left - right;
      case '*' -> left * right;
      case '/' -> left / right;
      case '^' -> Math.pow(left, right);
      default -> throw new IllegalArgumentException("no operator: " + operator);
    };
  }

  /** The names in it, in the order in which they stand. */
  default Set<String> variables() {
    var names = new LinkedHashSet<String>();
    collect(names);
    return names;
  }

  private void collect(Set<String> names) {
    switch (this) {
      case Constant n -> {}
      case Variable v -> names.add(v.name());
      case Negation n -> n.of().collect(names);
      case Operation o -> {
        o.left().collect(names);
        o.right().collect(names);
      }
      case Call c -> c.arguments().forEach(a -> a.collect(names));
    }
  }
}
