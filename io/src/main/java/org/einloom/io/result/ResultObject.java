package org.einloom.io.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
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
 * @param path where it stands in the file, as in {@code layers[2].components[0]}; empty for all of
 *     the file
 * @param fields of it
 */
record ResultObject(String what, String path, Fields fields) {
  /** How far sums may be off, of what they should be: they were added up in some order. */
  private static final double TOLERANCE = 1e-9;

  private static final Pattern PLAIN_KEY = Pattern.compile("\\w+");

  private static final String OTHER_VERSION =
      "another version may have written it; run 'einloom map' or 'einloom evaluate' with --json"
          + " again";

  /** All of a file. */
  ResultObject(String what, Fields fields) {
    this(what, "", fields);
  }

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
    return of(path(key), value(key));
  }

  /** Its value of that name, if that is not {@code null}. */
  Optional<ResultObject> optionalObject(String key) {
    return isNull(key) ? Optional.empty() : Optional.of(object(key));
  }

  List<ResultObject> objects(String key) {
    JsonValue value = value(key);
    if (value instanceof Items items) {
      List<ResultObject> objects = new ArrayList<>();
      for (JsonValue item : items.values()) {
        objects.add(of(path(key) + "[" + objects.size() + "]", item));
      }
      return objects;
    }
    throw wrong(key, value, "expected a list");
  }

  static ResultObject of(String path, JsonValue value) {
    if (value instanceof Fields f) {
      return new ResultObject("'" + path + "'", path, f);
    }
    throw value.at().error("'" + path + "' is " + value.shown(), "expected an object");
  }

  /** Where a value of it stands in the file. */
  String path(String key) {
    String shown = Words.printable(key);
    return !PLAIN_KEY.matcher(key).matches()
        ? path + "[\"" + shown + "\"]"
        : path.isEmpty() ? shown : path + "." + shown;
  }

  /** At least 0 and finite. */
  double amount(String key) {
    String expected = "expected a number of at least 0";
    double number = number(key, expected);
    if (number < 0) {
      throw wrong(key, value(key), expected);
    }
    return number;
  }

  /** Finite. */
  double number(String key) {
    return number(key, "expected a number");
  }

  private double number(String key, String expected) {
    JsonValue value = value(key);
    try {
      double number = Double.parseDouble(literal(key, value, expected));
      if (Double.isFinite(number)) {
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

  /** An amount of at most 1. */
  double share(String key) {
    double share = amount(key);
    if (share > 1 + TOLERANCE) {
      throw wrong(key, value(key), "expected a share, from 0 to 1");
    }
    return share;
  }

  /** A share, or empty for {@code null}. */
  OptionalDouble optionalShare(String key) {
    return isNull(key) ? OptionalDouble.empty() : OptionalDouble.of(share(key));
  }

  /**
   * Refuses an amount that does not follow from others.
   *
   * @param why what it should be, after its number
   */
  void agrees(String key, double expected, String why) {
    if (!same(amount(key), expected)) {
      throw disagrees(key, Double.toString(expected), why);
    }
  }

  /** The same; {@code null} stands for what is not known. */
  void agrees(String key, OptionalDouble expected, String why) {
    if (expected.isPresent()) {
      agrees(key, expected.getAsDouble(), why);
    } else if (!isNull(key)) {
      throw disagrees(key, "null", why);
    }
  }

  /** The same of a whole number. */
  void agrees(String key, long expected, String why) {
    if (count(key) != expected) {
      throw disagrees(key, Long.toString(expected), why);
    }
  }

  /** Refuses a value, with what was expected instead. */
  InputException disagrees(String key, String expected, String why) {
    return wrong(key, value(key), "expected " + expected + ", " + why);
  }

  static boolean same(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
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

  private String literal(String key, JsonValue value, String expected) {
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

  private InputException wrong(String key, JsonValue value, String expected) {
    return value.at().error("'" + path(key) + "' is " + value.shown(), expected);
  }
}
