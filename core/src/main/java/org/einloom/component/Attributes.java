package org.einloom.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * Attributes with their values, checked and with defaults when they come to a model.
 *
 * @param values by name, in the order of the class's attributes
 */
public record Attributes(SequencedMap<String, Value> values) {
  /** None. */
  public static final Attributes NONE = new Attributes(new LinkedHashMap<>());

  public Attributes {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** From any map. */
  public static Attributes of(Map<String, Value> values) {
    return new Attributes(new LinkedHashMap<>(values));
  }

  /** This with one more value, or another one. */
  public Attributes with(String name, Value value) {
    var all = new LinkedHashMap<>(values);
    all.put(name, value);
    return new Attributes(all);
  }

  /** This with a number. */
  public Attributes with(String name, double number) {
    return with(name, Value.of(number));
  }

  /** This with a word. */
  public Attributes with(String name, String word) {
    return with(name, Value.of(word));
  }

  /** Whether there is a value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A number that is there. */
  public double number(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalArgumentException("no number '" + name + "' in " + values));
  }

  /** A number that may be there. */
  public OptionalDouble optional(String name) {
    return values.get(name) instanceof Value.Amount a
        ? OptionalDouble.of(a.number())
        : OptionalDouble.empty();
  }

  /** A whole number that is there. */
  public long whole(String name) {
    return (long) number(name);
  }

  /** A word that is there. */
  public String word(String name) {
    return Optional.ofNullable(values.get(name))
        .filter(Value.Word.class::isInstance)
        .map(v -> ((Value.Word) v).word())
        .orElseThrow(() -> new IllegalArgumentException("no word '" + name + "' in " + values));
  }
}
