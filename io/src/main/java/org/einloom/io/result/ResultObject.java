package org.einloom.io.result;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.result.JsonValue.Fields;
import org.einloom.io.result.JsonValue.Items;
import org.einloom.io.result.JsonValue.Literal;
import org.einloom.io.result.JsonValue.Text;

/**
 * An object of a result, asked for its values; an {@link InputException} says what is wrong with
 * them.
 *
 * @param what it is, for messages
 * @param fields of it
 */
record ResultObject(String what, Fields fields) {
  private static final String OTHER_VERSION =
      "another version may have written it; run 'einloom map' or 'einloom evaluate' with --json"
          + " again";

  boolean has(String key) {
    return fields.values().containsKey(key);
  }

  Position at() {
    return fields.at();
  }

  /** A name, safe to print. */
  String text(String key) {
    JsonValue value = value(key);
    if (value instanceof Text t) {
      return Words.printable(t.text());
    }
    throw wrong(key, value, "expected text");
  }

  /** Text of several lines, as it is. */
  String lines(String key) {
    JsonValue value = value(key);
    if (value instanceof Text t) {
      return t.text();
    }
    throw wrong(key, value, "expected text");
  }

  /** The names of its values, in file order. */
  List<String> keys() {
    return List.copyOf(fields.values().keySet());
  }

  boolean isNull(String key) {
    return value(key) instanceof Literal l && l.isNull();
  }

  ResultObject object(String key) {
    return of("'" + key + "'", value(key));
  }

  List<ResultObject> objects(String key) {
    JsonValue value = value(key);
    if (value instanceof Items items) {
      return items.values().stream().map(v -> of("an entry of '" + key + "'", v)).toList();
    }
    throw wrong(key, value, "expected a list");
  }

  static ResultObject of(String what, JsonValue value) {
    if (value instanceof Fields f) {
      return new ResultObject(what, f);
    }
    throw value.at().error(what + " is " + value.shown(), "expected an object");
  }

  /** At least 0 and finite. */
  double amount(String key) {
    JsonValue value = value(key);
    String expected = "expected a number of at least 0";
    try {
      double number = Double.parseDouble(literal(key, value, expected));
      if (number >= 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(key, value, expected);
  }

  /** An amount, or empty for {@code null}. */
  OptionalDouble optionalAmount(String key) {
    return value(key) instanceof Literal l && l.isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(amount(key));
  }

  /** A whole number of at least 0. */
  long count(String key) {
    JsonValue value = value(key);
    String expected = "expected a whole number from 0 to 2^63-1";
    try {
      long number = Long.parseLong(literal(key, value, expected));
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(key, value, expected);
  }

  /** A whole number, of either sign. */
  long whole(String key) {
    JsonValue value = value(key);
    String expected = "expected a whole number from -2^63 to 2^63-1";
    try {
      return Long.parseLong(literal(key, value, expected));
    } catch (NumberFormatException e) {
      throw wrong(key, value, expected);
    }
  }

  boolean flag(String key) {
    JsonValue value = value(key);
    String expected = "expected true or false";
    return switch (literal(key, value, expected)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, value, expected);
    };
  }

  /** One of an enumeration's constants, in small letters. */
  <E extends Enum<E>> E constant(String key, Class<E> type) {
    return oneOf(
        key, Arrays.asList(type.getEnumConstants()), c -> c.name().toLowerCase(Locale.ROOT));
  }

  /** One of these, by what it is called. */
  <E> E oneOf(String key, List<E> all, Function<E, String> name) {
    String text = text(key);
    return all.stream()
        .filter(e -> name.apply(e).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    key,
                    value(key),
                    all.stream().map(name).collect(Collectors.joining(", ", "expected ", ""))));
  }

  private static String literal(String key, JsonValue value, String expected) {
    if (value instanceof Literal l) {
      return l.text();
    }
    throw wrong(key, value, expected);
  }

  JsonValue value(String key) {
    JsonValue value = fields.values().get(key);
    if (value == null) {
      throw at().error(what + " has no '" + key + "'", OTHER_VERSION);
    }
    return value;
  }

  private static InputException wrong(String key, JsonValue value, String expected) {
    return value.at().error("'" + key + "' is " + value.shown(), expected);
  }
}
