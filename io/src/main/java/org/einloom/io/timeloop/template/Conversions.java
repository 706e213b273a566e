package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Namespace;
import org.einloom.io.timeloop.template.Value.None;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Text;
import org.einloom.io.timeloop.template.Value.Undefined;
import org.einloom.io.timeloop.template.Value.Written;

/** Takes values for what is needed of them. */
final class Conversions {
  private Conversions() {}

  /** Refuses what is not defined. */
  static Value defined(Value value, Position at) {
    if (value instanceof Undefined u && !u.silent()) {
      throw at.error(u.what());
    }
    return value instanceof Undefined ? new Text("") : value;
  }

  /** Whether it counts as true: neither zero nor empty. */
  static boolean truth(Value value, Position at) {
    return switch (defined(value, at)) {
      case None n -> false;
      case Bool b -> b.value();
      case Int i -> i.value() != 0;
      case Real r -> r.value() != 0;
      case Text t -> !t.value().isEmpty();
      case Written w -> !w.text().text().isEmpty();
      case Items l -> !l.values().isEmpty();
      case Table t -> !t.entries().isEmpty();
      case Namespace n -> true;
      case Callable c -> true;
      case Undefined u -> throw at.error(u.what());
    };
  }

  /** The characters of a text. */
  static String text(Value value, String what, Position at) {
    return switch (defined(value, at)) {
      case Text t -> t.value();
      case Written w -> w.text().text();
      default -> throw at.error(what + " is " + value.kind(), "expected a text");
    };
  }

  static boolean isText(Value value) {
    return value instanceof Text || value instanceof Written;
  }

  static boolean isNumber(Value value) {
    return value instanceof Int || value instanceof Real || value instanceof Bool;
  }

  /** A whole number; a number without a fraction is one, too. */
  static long whole(Value value, String what, Position at) {
    return switch (defined(value, at)) {
      case Int i -> i.value();
      case Bool b -> b.value() ? 1 : 0;
      case Real r when r.value() == Math.rint(r.value()) && Math.abs(r.value()) < 1L << 53 ->
          (long) r.value();
      case Real r ->
          throw at.error(what + " is " + Printing.text(value), "expected a whole number");
      default -> throw at.error(what + " is " + value.kind(), "expected a whole number");
    };
  }

  /** A number. */
  static double number(Value value, String what, Position at) {
    return switch (defined(value, at)) {
      case Int i -> i.value();
      case Bool b -> b.value() ? 1 : 0;
      case Real r -> r.value();
      default -> throw at.error(what + " is " + value.kind(), "expected a number");
    };
  }

  /** The members of a list, the keys of a table, the characters of a text. */
  static List<Value> members(Value value, String what, Position at) {
    return switch (defined(value, at)) {
      case Items l -> l.values();
      case Table t -> List.copyOf(t.entries().keySet());
      case Text t -> letters(t.value());
      case Written w -> letters(w.text().text());
      default -> throw at.error(what + " is " + value.kind(), "expected a list");
    };
  }

  private static List<Value> letters(String text) {
    List<Value> letters = new ArrayList<>();
    text.codePoints().forEach(c -> letters.add(new Text(Character.toString(c))));
    return letters;
  }

  /** What stands in a text or value as a number, as {@code int()} and {@code float()} read it. */
  static Value parseNumber(String text, boolean whole, Position at) {
    String digits = text.strip().replace("_", "");
    try {
      return whole ? new Int(Long.parseLong(digits)) : new Real(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      throw at.error(
          Words.quote(text) + " is no " + (whole ? "whole " : "") + "number",
          whole ? "expected digits, at most 64 bits" : "");
    }
  }
}
