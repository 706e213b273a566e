package org.einloom.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.evaluation.Objective;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/**
 * Objectives as they are written: {@code energy}, {@code latency}, {@code edp}, or a sum of
 * weighted energy and latency, {@code 2*energy + 1e9*latency}.
 */
final class Objectives {
  private static final String ENERGY = Objective.ENERGY.label();
  private static final String LATENCY = Objective.LATENCY.label();
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*+");

  private final String text;
  private final Map<String, Double> weights = new HashMap<>();
  private int at;

  private Objectives(String text) {
    this.text = text;
  }

  /**
   * The objective that was written.
   *
   * @throws InvalidSpecException with the column where it is wrong
   */
  static Objective parse(String given) {
    String text = given.strip();
    for (Objective o : Objective.NAMED) {
      if (o.label().equals(text)) {
        return o;
      }
    }
    if (NAME.matcher(text).matches()) {
      throw unknown(text);
    }
    return new Objectives(text).sum();
  }

  private static InvalidSpecException unknown(String name) {
    List<String> labels = Objective.NAMED.stream().map(Objective::label).toList();
    return new InvalidSpecException(
        "unknown objective %s; expected %s, or a weighted sum such as 2*energy + 1e9*latency%s"
            .formatted(Words.quote(name), String.join(", ", labels), Names.guess(name, labels)));
  }

  private Objective sum() {
    do {
      term();
      blanks();
    } while (taken('+'));
    if (at < text.length()) {
      throw error("expected '+' or the end");
    }
    return Objective.weighted(
        text, weights.getOrDefault(ENERGY, 0.0), weights.getOrDefault(LATENCY, 0.0));
  }

  /** {@code 2*energy}, {@code energy*2} or {@code energy}. */
  private void term() {
    blanks();
    int start = at;
    String first = find(NUMBER);
    if (first != null) {
      double weight = weight(first, start);
      blanks();
      if (!taken('*')) {
        throw error("expected '*' after the weight " + first);
      }
      blanks();
      int name = at;
      put(name(), name, weight);
      return;
    }
    String name = name();
    blanks();
    double weight = 1;
    if (taken('*')) {
      blanks();
      int number = at;
      String written = find(NUMBER);
      if (written == null) {
        throw error("expected a weight of at least 0 after '*'");
      }
      weight = weight(written, number);
    }
    put(name, start, weight);
  }

  private String name() {
    int start = at;
    String name = find(NAME);
    if (name == null) {
      throw error("expected a weight of at least 0, " + ENERGY + " or " + LATENCY);
    }
    if (name.equals(Objective.EDP.label())) {
      at = start;
      throw error("edp is a product and stands alone; a sum has " + ENERGY + " and " + LATENCY);
    }
    List<String> known = new ArrayList<>(List.of(ENERGY, LATENCY));
    if (!known.contains(name)) {
      at = start;
      throw error(
          "unknown %s; expected %s or %s%s"
              .formatted(Words.quote(name), ENERGY, LATENCY, Names.guess(name, known)));
    }
    return name;
  }

  private void put(String name, int start, double weight) {
    if (weights.put(name, weight) != null) {
      at = start;
      throw error(name + " occurs twice; add the weights up");
    }
  }

  private double weight(String number, int start) {
    double weight = Double.parseDouble(number);
    if (Double.isInfinite(weight)) {
      at = start;
      throw error("the weight " + number + " is out of range");
    }
    return weight;
  }

  private @org.jspecify.annotations.Nullable String find(Pattern pattern) {
    Matcher m = pattern.matcher(text).region(at, text.length());
    if (!m.lookingAt()) {
      return null;
    }
    at = m.end();
    return m.group();
  }

  private boolean taken(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private InvalidSpecException error(String what) {
    String found = at < text.length() ? "at " + Words.quote(text.substring(at)) : "at its end";
    return new InvalidSpecException(
        "--objective %s, column %d (%s): %s; as in 2*energy + 1e9*latency, in pJ and s"
            .formatted(Words.quote(text), at + 1, found, what));
  }
}
