package org.einloom.io.yaml;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;

/**
 * Reads typed values; every {@link org.einloom.io.input.InputException} says where, what is wrong
 * and what was expected. {@code key} is what messages call the value.
 */
public final class Values {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 2_000;
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");

  private Values() {}

  /** A single value with something in it. */
  public static Scalar scalar(YamlNode node, String key, String expected) {
    if (!(node instanceof Scalar scalar)) {
      throw node.at().error("'" + key + "' is " + node.kind(), expected);
    }
    if (scalar.isNull() || scalar.value().isBlank()) {
      throw node.at().error("'" + key + "' has no value", expected);
    }
    return scalar;
  }

  /** Free text of one line. */
  public static String text(YamlNode node, String key) {
    Scalar scalar = scalar(node, key, "expected text");
    String text = scalar.value().strip().replaceAll("\\s+", " ");
    refuseUnprintable(scalar, key);
    if (text.length() > LONGEST_TEXT) {
      throw node.at().error("'" + key + "' has more than " + LONGEST_TEXT + " characters");
    }
    return text;
  }

  /** A name: one line without spaces at its ends, nothing unprintable. */
  public static String name(YamlNode node, String key) {
    Scalar scalar = scalar(node, key, "expected a name");
    refuseUnprintable(scalar, key);
    String name = scalar.value();
    if (name.length() > LONGEST_NAME || name.contains("\n") || !name.equals(name.strip())) {
      throw node.at()
          .error(
              "'" + key + "' is " + Words.quote(name) + ", which is no name",
              "expected one line of at most " + LONGEST_NAME + " characters");
    }
    return name;
  }

  private static void refuseUnprintable(Scalar scalar, String key) {
    String shown = Words.unprintable(scalar.value());
    if (!shown.isEmpty()) {
      throw scalar.at().error("'" + key + "' contains the unprintable character " + shown);
    }
  }

  /** A whole number within bounds, both included. */
  public static long integer(YamlNode node, String key, long least, long most) {
    String expected =
        "expected a whole number "
            + (most == Long.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most);
    Scalar scalar = scalar(node, key, expected);
    String text = scalar.value().strip();
    String problem = "'" + key + "' is " + Words.quote(text);
    if (!INTEGER.matcher(text).matches()) {
      throw node.at().error(problem + ", which is no whole number", expected);
    }
    BigDecimal number = new BigDecimal(text);
    if (number.compareTo(BigDecimal.valueOf(least)) < 0) {
      throw node.at().error(problem, expected);
    }
    if (number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw node.at().error(problem + ", which is too large", "expected at most " + most);
    }
    return number.longValueExact();
  }

  /** {@code true} or {@code false}. */
  public static boolean flag(YamlNode node, String key) {
    return choice(node, key, words("true", true, "false", false));
  }

  /** Two words and what they mean, in this order. */
  static <T> SequencedMap<String, T> words(String a, T meaningA, String b, T meaningB) {
    var words = new LinkedHashMap<String, T>();
    words.put(a, meaningA);
    words.put(b, meaningB);
    return words;
  }

  /** Three words and what they mean, in this order. */
  static <T> SequencedMap<String, T> words(
      String a, T meaningA, String b, T meaningB, String c, T meaningC) {
    SequencedMap<String, T> words = words(a, meaningA, b, meaningB);
    words.put(c, meaningC);
    return words;
  }

  /** One of several words. */
  static <T> T choice(YamlNode node, String key, SequencedMap<String, T> words) {
    String expected = "expected " + String.join(" or ", words.keySet());
    Scalar scalar = scalar(node, key, expected);
    T chosen = words.get(scalar.value());
    if (chosen == null) {
      throw node.at()
          .error(
              "'" + key + "' is " + Words.quote(scalar.value()),
              expected,
              Words.didYouMean(scalar.value(), words.keySet()));
    }
    return chosen;
  }

  /** A list. */
  public static List<YamlNode> list(YamlNode node, String key, String expected) {
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    boolean empty = node instanceof Scalar s && s.isNull();
    throw node.at()
        .error("'" + key + "' " + (empty ? "has no value" : "is " + node.kind()), expected);
  }

  /** A list of names, each once, with their places. */
  static SequencedMap<String, Position> names(YamlNode node, String key) {
    return unique(node, key, item -> name(item, key));
  }

  /** A list of any text that names something, each once, with their places. */
  static SequencedMap<String, Position> references(YamlNode node, String key) {
    return unique(node, key, item -> scalar(item, key, "expected a name").value());
  }

  private static SequencedMap<String, Position> unique(
      YamlNode node, String key, Function<YamlNode, String> read) {
    var names = new LinkedHashMap<String, Position>();
    for (YamlNode item : list(node, key, "expected a list of names such as '[W, I]'")) {
      String name = read.apply(item);
      if (names.putIfAbsent(name, item.at()) != null) {
        throw item.at().error(Words.quote(name) + " is listed twice in '" + key + "'");
      }
    }
    return names;
  }

  /** Keys that the user chooses, with their values, in file order. */
  public static SequencedMap<Scalar, YamlNode> entries(YamlNode node, String key, String expected) {
    if (!(node instanceof Mapping mapping)) {
      boolean empty = node instanceof Scalar s && s.isNull();
      throw node.at()
          .error("'" + key + "' " + (empty ? "has no value" : "is " + node.kind()), expected);
    }
    var entries = new LinkedHashMap<Scalar, YamlNode>();
    for (YamlNode.Entry e : mapping.entries()) {
      entries.put(e.key(), e.value());
    }
    return entries;
  }
}
