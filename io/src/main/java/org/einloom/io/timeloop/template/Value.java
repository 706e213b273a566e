package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;

/**
 * What an expression can be. There is no other kind, so nothing outside can be reached from one.
 */
public sealed interface Value {
  /** {@code None}. */
  record None() implements Value {}

  /** {@code True} or {@code False}. */
  record Bool(boolean value) implements Value {}

  /** A whole number. Those that leave 64 bits are refused. */
  record Int(long value) implements Value {}

  /** A number with a fraction, or an infinite one. */
  record Real(double value) implements Value {}

  /** A text. */
  record Text(String value) implements Value {}

  /** A text that knows where each line of it was written. */
  record Written(Rendered text) implements Value {}

  /**
   * A list. Never changed once it is made, so never inside itself.
   *
   * @param weight of it all, everything inside counted as often as it is printed
   * @param depth lists and tables inside each other
   */
  record Items(List<Value> values, long weight, int depth) implements Value {
    public Items {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** A list with its weight and depth. */
    public static Items of(List<? extends Value> values) {
      long weight = 1;
      int depth = 0;
      for (Value v : values) {
        weight += 2 + v.weight();
        depth = Math.max(depth, v.depth());
      }
      return new Items(List.copyOf(values), weight, depth + 1);
    }
  }

  /** Keys with values, in order. Never changed once it is made; weight and depth as of a list. */
  record Table(Map<Value, Value> entries, long weight, int depth) implements Value {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** A table with its weight and depth. */
    public static Table of(Map<? extends Value, ? extends Value> entries) {
      long weight = 1;
      int depth = 0;
      for (var e : entries.entrySet()) {
        weight += 4 + e.getKey().weight() + e.getValue().weight();
        depth = Math.max(depth, e.getValue().depth());
      }
      return new Table(new LinkedHashMap<>(entries), weight, depth + 1);
    }

    /** A table whose keys are texts. */
    public static Table named(Map<String, ? extends Value> entries) {
      var table = new LinkedHashMap<Value, Value>();
      entries.forEach((k, v) -> table.put(new Text(k), v));
      return of(table);
    }
  }

  /** What {@code namespace(...)} makes: the one thing that {@code set} can change later. */
  final class Namespace implements Value {
    final Map<String, Value> entries = new LinkedHashMap<>();
  }

  /**
   * A name that stands for nothing; any use but a test or a default is an error.
   *
   * @param silent whether it is no error but an empty text: what stands for a missing {@code else}
   */
  record Undefined(String what, boolean silent) implements Value {
    Undefined(String what) {
      this(what, false);
    }
  }

  /** Something to call. */
  record Callable(String name, Body body) implements Value {}

  /** What a {@link Callable} does. */
  @FunctionalInterface
  interface Body {
    /** The result; an {@link org.einloom.io.input.InputException} says what is wrong. */
    Value call(Arguments arguments, Position at);
  }

  /** How many letters it takes to print, about. */
  default long weight() {
    return switch (this) {
      case Text t -> t.value().length();
      case Written w -> w.text().text().length();
      case Items l -> l.weight();
      case Table t -> t.weight();
      default -> 1;
    };
  }

  /** Lists and tables inside each other; 0 for anything else. */
  default int depth() {
    return switch (this) {
      case Items l -> l.depth();
      case Table t -> t.depth();
      default -> 0;
    };
  }

  /** What it is, for messages. */
  default String kind() {
    return switch (this) {
      case None n -> "None";
      case Bool b -> "a truth value";
      case Int i -> "a whole number";
      case Real r -> "a number";
      case Text t -> "a text";
      case Written w -> "a text";
      case Items l -> "a list";
      case Table t -> "a table of keys and values";
      case Namespace n -> "a namespace";
      case Undefined u -> "undefined";
      case Callable c -> "the function '" + c.name() + "'";
    };
  }
}
