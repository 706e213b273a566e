package org.einloom.io.result;

import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;

/** A value of a JSON text, with its place. */
sealed interface JsonValue {
  /** Where it begins. */
  Position at();

  /** What it is, for messages: what the user wrote, or the kind of it. */
  default String shown() {
    return switch (this) {
      case Fields f -> "an object";
      case Items i -> "a list";
      case Text t -> Words.quote(t.text());
      case Literal l -> Words.quote(l.text());
      case Left l -> "a value";
    };
  }

  /** How many values there are in it, with itself. */
  default long size() {
    return switch (this) {
      case Fields f -> 1 + f.values().values().stream().mapToLong(JsonValue::size).sum();
      case Items i -> 1 + i.values().stream().mapToLong(JsonValue::size).sum();
      case Text t -> 1;
      case Literal l -> 1;
      case Left l -> 1;
    };
  }

  /** An object. */
  record Fields(Position at, Map<String, JsonValue> values) implements JsonValue {}

  /** An array. */
  record Items(Position at, List<JsonValue> values) implements JsonValue {}

  /** A string. */
  record Text(Position at, String text) implements JsonValue {}

  /** A number, {@code true}, {@code false} or {@code null}, as it is written. */
  record Literal(Position at, String text) implements JsonValue {
    boolean isNull() {
      return text.equals("null");
    }
  }

  /** Something that nobody asks for, passed by. */
  record Left(Position at) implements JsonValue {}
}
