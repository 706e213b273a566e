package org.einloom.component;

import java.util.List;
import java.util.Optional;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * One attribute of a component class.
 *
 * @param name as files and options call it
 * @param kind what it is measured in
 * @param description one line
 * @param required whether it must be given; else it has a default or the model does without
 * @param fallback what holds where it is not given; empty where the model does without
 * @param least the smallest number allowed
 * @param most the largest number allowed
 * @param words the words allowed, for {@link Kind#WORD}; none stands for any
 * @param data whether it describes the data rather than the hardware
 */
public record Attribute(
    String name,
    Kind kind,
    String description,
    boolean required,
    Optional<Value> fallback,
    double least,
    double most,
    List<String> words,
    boolean data) {
  private static final int MOST_LISTED = 16;

  public Attribute {
    words = List.copyOf(words);
  }

  /** A number that must be given, within bounds, both included. */
  public static Attribute number(
      String name, Kind kind, double least, double most, String description) {
    return new Attribute(
        name, kind, description, true, Optional.empty(), least, most, List.of(), false);
  }

  /** A word that must be given. */
  public static Attribute word(String name, List<String> words, String description) {
    return new Attribute(name, Kind.WORD, description, true, Optional.empty(), 0, 0, words, false);
  }

  /** This with a default. */
  public Attribute or(double number) {
    return withDefault(Value.of(number));
  }

  /** This with a default. */
  public Attribute or(String word) {
    return withDefault(Value.of(word));
  }

  private Attribute withDefault(Value value) {
    return new Attribute(
        name, kind, description, false, Optional.of(value), least, most, words, data);
  }

  /** This, but it need not be given. */
  public Attribute optional() {
    return new Attribute(
        name, kind, description, false, Optional.empty(), least, most, words, data);
  }

  /** This as a description of the data. */
  public Attribute ofData() {
    return new Attribute(name, kind, description, required, fallback, least, most, words, true);
  }

  /**
   * The value, if it is one that this attribute can have.
   *
   * @throws InvalidSpecException if not
   */
  public Value check(Value value) {
    switch (value) {
      case Value.Word w -> checkWord(w.word());
      case Value.Amount a -> checkNumber(a.number());
    }
    return value;
  }

  private void checkWord(String word) {
    if (kind != Kind.WORD) {
      throw wrong(word, kind.expected(), "");
    }
    if (!words.isEmpty() && !words.contains(word)) {
      String guess =
          Spelling.nearest(word, words).map(n -> "; did you mean '" + n + "'?").orElse("");
      throw wrong(word, "one of " + listed(), guess);
    }
  }

  private void checkNumber(double number) {
    if (kind == Kind.WORD) {
      throw wrong(Value.of(number).toString(), "one of " + listed(), "");
    }
    if (!(number >= least && number <= most)) {
      throw wrong(shown(number), shown(least) + " to " + shown(most), "");
    }
    if (kind.whole() && number != Math.rint(number)) {
      throw wrong(shown(number), "a whole number", "");
    }
  }

  private InvalidSpecException wrong(String given, String expected, String guess) {
    return new InvalidSpecException(
        "'" + name + "' is " + given + "; expected " + expected + guess);
  }

  /** A number with its unit. */
  public String shown(double number) {
    return kind.shown(number);
  }

  /** The words allowed, of many only some. */
  public String listed() {
    return words.size() <= MOST_LISTED
        ? String.join(", ", words)
        : String.join(", ", words.subList(0, 4))
            + ", ... "
            + String.join(", ", words.subList(words.size() - 8, words.size()));
  }
}
