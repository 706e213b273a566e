package org.einloom.io.timeloop.template;

import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Text;

/** What is equal, less, or in what. */
final class Comparison {
  private Comparison() {}

  static boolean holds(String operator, Value left, Value right, Position at) {
    return switch (operator) {
      case "==" -> same(left, right);
      case "!=" -> !same(left, right);
      case "<" -> compare(left, right, at) < 0;
      case "<=" -> compare(left, right, at) <= 0;
      case ">" -> compare(left, right, at) > 0;
      case ">=" -> compare(left, right, at) >= 0;
      case "in" -> within(left, right, at);
      case "not in" -> !within(left, right, at);
      default -> throw at.error("no comparison: " + operator);
    };
  }

  /** Whether two values are equal; numbers of different kinds can be. */
  static boolean same(Value left, Value right) {
    if (Conversions.isNumber(left) && Conversions.isNumber(right)) {
      boolean reals = left instanceof Real || right instanceof Real;
      return reals ? real(left) == real(right) : whole(left) == whole(right);
    }
    if (Conversions.isText(left) && Conversions.isText(right)) {
      return Printing.text(left).equals(Printing.text(right));
    }
    if (left instanceof Items a && right instanceof Items b) {
      boolean same = a.values().size() == b.values().size();
      for (int i = 0; same && i < a.values().size(); i++) {
        same = same(a.values().get(i), b.values().get(i));
      }
      return same;
    }
    return left.equals(right);
  }

  private static double real(Value value) {
    return value instanceof Real r ? r.value() : whole(value);
  }

  private static long whole(Value value) {
    return value instanceof Bool b ? (b.value() ? 1 : 0) : ((Int) value).value();
  }

  /** The order of two numbers, texts or lists. */
  static int compare(Value left, Value right, Position at) {
    if (Conversions.isNumber(left) && Conversions.isNumber(right)) {
      return left instanceof Real || right instanceof Real
          ? Double.compare(real(left), real(right))
          : Long.compare(whole(left), whole(right));
    }
    if (Conversions.isText(left) && Conversions.isText(right)) {
      return Printing.text(left).compareTo(Printing.text(right));
    }
    if (left instanceof Items a && right instanceof Items b) {
      int most = Math.min(a.values().size(), b.values().size());
      for (int i = 0; i < most; i++) {
        int order = compare(a.values().get(i), b.values().get(i), at);
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(a.values().size(), b.values().size());
    }
    throw at.error("there is no order between " + left.kind() + " and " + right.kind());
  }

  /** Whether a value is a member of a list, a key of a table, a part of a text. */
  static boolean within(Value part, Value whole, Position at) {
    return switch (whole) {
      case Items l -> l.values().stream().anyMatch(v -> same(v, part));
      case Table t -> t.entries().containsKey(key(part, at));
      case Text t -> t.value().contains(Conversions.text(part, "what is looked for", at));
      default ->
          throw at.error("something is looked for in " + whole.kind(), "expected a list or text");
    };
  }

  /** A value that can be a key: numbers that are equal are the same key. */
  static Value key(Value value, Position at) {
    return switch (value) {
      case Bool b -> new Int(b.value() ? 1 : 0);
      case Real r when r.value() == Math.rint(r.value()) && Math.abs(r.value()) < 1L << 53 ->
          new Int((long) r.value());
      case Value.Written w -> new Text(w.text().text());
      case Int i -> i;
      case Real r -> r;
      case Text t -> t;
      case Value.None n -> n;
      default -> throw at.error(value.kind() + " is a key", "expected a text or number");
    };
  }
}
