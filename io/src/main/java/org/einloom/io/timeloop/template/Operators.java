package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Real;

/** Arithmetic as Python does it, except that whole numbers beyond 64 bits are errors. */
final class Operators {
  private static final double LARGEST_LONG = 0x1p63;

  private Operators() {}

  static InputException overflow(Position at) {
    return at.error("a whole number becomes larger than 64 bits");
  }

  static Value apply(String operator, Value left, Value right, Budget budget, Position at) {
    if (operator.equals("~")) {
      return budget.text(Printing.text(left) + Printing.text(right), at);
    }
    if (Conversions.isNumber(left) && Conversions.isNumber(right)) {
      return number(operator, left, right, at);
    }
    if (operator.equals("+")) {
      if (Conversions.isText(left) && Conversions.isText(right)) {
        return budget.text(Printing.text(left) + Printing.text(right), at);
      }
      if (left instanceof Items a && right instanceof Items b) {
        List<Value> joined = new ArrayList<>(a.values());
        joined.addAll(b.values());
        return budget.items(joined, at);
      }
    }
    if (operator.equals("*") && left instanceof Int count) {
      return repeated(right, count.value(), left, budget, at);
    }
    if (operator.equals("*") && right instanceof Int count) {
      return repeated(left, count.value(), right, budget, at);
    }
    throw wrong(operator, left, right, at);
  }

  private static Value repeated(Value of, long count, Value other, Budget budget, Position at) {
    long times = Math.max(0, count);
    if (Conversions.isText(of)) {
      String text = Printing.text(of);
      budget.make(product(text.length(), times), at);
      return new Value.Text(text.repeat(Math.toIntExact(text.isEmpty() ? 0 : times)));
    }
    if (of instanceof Items items) {
      budget.make(product(items.weight(), times), at);
      List<Value> all = new ArrayList<>();
      for (long i = 0; i < times && !items.values().isEmpty(); i++) {
        all.addAll(items.values());
      }
      return budget.items(all, at);
    }
    throw wrong("*", of, other, at);
  }

  private static long product(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE / 4 : a * b;
  }

  private static InputException wrong(String operator, Value left, Value right, Position at) {
    boolean joining =
        operator.equals("+") && (Conversions.isText(left) || Conversions.isText(right));
    return at.error(
        "'" + operator + "' stands between " + left.kind() + " and " + right.kind(),
        joining ? "to join texts, write '~' in templates, or str(...)" : "expected two numbers");
  }

  private static Value number(String operator, Value left, Value right, Position at) {
    if (left instanceof Real || right instanceof Real || operator.equals("/")) {
      double a = Conversions.number(left, "", at);
      double b = Conversions.number(right, "", at);
      return new Real(real(operator, a, b, at));
    }
    long a = left instanceof Bool x ? (x.value() ? 1 : 0) : ((Int) left).value();
    long b = right instanceof Bool y ? (y.value() ? 1 : 0) : ((Int) right).value();
    if (operator.equals("**") && b < 0) {
      return new Real(real("**", (double) a, (double) b, at));
    }
    try {
      return new Int(whole(operator, a, b, at));
    } catch (ArithmeticException e) {
      throw overflow(at);
    }
  }

  private static long whole(String operator, long a, long b, Position at) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDivExact(a, notZero(b, at));
      case "%" -> Math.floorMod(a, notZero(b, at));
      case "**" -> power(a, b);
      case "<<" -> Math.multiplyExact(a, power(2, notNegative(b, at)));
      case ">>" -> a >> Math.min(63, notNegative(b, at));
      default -> throw at.error("no operator: " + operator);
    };
  }

  /** By squaring, so that a large power takes few steps. */
  private static long power(long base, long exponent) {
    if (exponent > 63 && base != 0 && Math.abs(base) != 1) {
      throw new ArithmeticException();
    }
    long result = 1;
    for (long i = 0; i < Math.min(exponent, 64 + (exponent & 1)); i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  private static double real(String operator, double a, double b, Position at) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / notZero(b, at);
      case "//" -> Math.floor(a / notZero(b, at));
      case "%" -> a - b * Math.floor(a / notZero(b, at));
      case "**" -> Math.pow(a, b);
      default -> throw at.error("'" + operator + "' stands between numbers with fractions");
    };
  }

  private static long notZero(long value, Position at) {
    if (value == 0) {
      throw at.error("division by zero");
    }
    return value;
  }

  private static double notZero(double value, Position at) {
    if (value == 0) {
      throw at.error("division by zero");
    }
    return value;
  }

  private static long notNegative(long value, Position at) {
    if (value < 0) {
      throw at.error("a shift by " + value + " bits", "expected 0 or more");
    }
    return value;
  }

  /** The whole number that a number without a fraction is. */
  static Value toWhole(double value, Position at) {
    if (!(Math.abs(value) < LARGEST_LONG)) {
      throw at.error(
          Printing.text(new Real(value)) + " has no whole number", "expected one of 64 bits");
    }
    return new Int((long) value);
  }
}
