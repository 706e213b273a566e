package org.einloom.io.yaml;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;

/**
 * A number with a unit, with or without a space: {@code 108 KiB}, {@code 1.2pJ}.
 *
 * @param value in the unit held, exact, so that it is rounded once
 * @param unit which of the kinds asked for it is
 */
record Quantity(BigDecimal value, Unit unit) {
  private static final int LONGEST = 60;
  private static final int LARGEST_EXPONENT = 60;
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE]([+-]?\\d{1,9}+))?)\\s*+(.*+)");

  /** The value in the unit held, rounded to the nearest double. */
  double asDouble() {
    return value.doubleValue();
  }

  /**
   * Reads a quantity of one of these kinds; the {@link InputException} says what was expected.
   *
   * @param key what messages call the value
   */
  static Quantity read(YamlNode node, String key, Unit... wanted) {
    String expected =
        Arrays.stream(wanted)
            .map(Unit::expected)
            .collect(Collectors.joining(" or "))
            .replace(" or expected", " or");
    if (!(node instanceof Scalar scalar)) {
      throw node.at().error("'" + key + "' is " + node.kind(), expected);
    }
    if (scalar.isNull()) {
      throw node.at().error("'" + key + "' has no value", expected);
    }
    return parse(
        scalar.value().strip(),
        List.of(wanted),
        (problem, hint) ->
            node.at()
                .error(
                    "'" + key + "' is " + Words.quote(scalar.value()) + problem, expected, hint));
  }

  private interface Failure {
    InputException of(String problem, String hint);
  }

  private static Quantity parse(String text, List<Unit> wanted, Failure failure) {
    Matcher m = NUMBER.matcher(text);
    if (text.length() > LONGEST || !m.matches()) {
      throw failure.of(", which is no number with a unit", "");
    }
    String exponent = m.group(2);
    if (exponent != null && Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT) {
      throw failure.of(", which is out of range", "");
    }
    BigDecimal number = new BigDecimal(m.group(1));
    String written = normal(m.group(3));
    if (written.startsWith(",")) {
      throw failure.of(", which is no number with a unit", "write '1.5' for one and a half");
    }
    Unit unit =
        wanted.stream()
            .filter(u -> u.factors().containsKey(written))
            .findFirst()
            .orElseThrow(() -> wrongUnit(written, wanted, failure));
    if (number.signum() < 0) {
      throw failure.of(", which is negative", "");
    }
    BigDecimal value = number.multiply(factor(unit, written));
    if (value.compareTo(limit(unit)) > 0) {
      throw failure.of(", more than " + unit.largest(), "check the number and its unit");
    }
    return new Quantity(value, unit);
  }

  private static InputException wrongUnit(String written, List<Unit> wanted, Failure failure) {
    if (written.isEmpty()) {
      return failure.of(", which has no unit", "");
    }
    Optional<Unit> other =
        Arrays.stream(Unit.values()).filter(u -> u.factors().containsKey(written)).findFirst();
    if (other.isPresent()) {
      return failure.of(", which is " + other.get().called(), "");
    }
    List<String> known = wanted.stream().flatMap(u -> u.factors().keySet().stream()).toList();
    return failure.of(
        ", whose unit " + Words.quote(written) + " is unknown", Words.didYouMean(written, known));
  }

  /** The signs for micro and square that keyboards offer. */
  private static String normal(String unit) {
    return unit.replace('\u00b5', 'u')
        .replace('\u03bc', 'u')
        .replace("\u00b2", "2")
        .replace("^2", "2")
        .replace(" ", "");
  }

  private static BigDecimal factor(Unit unit, String written) {
    return Optional.ofNullable(unit.factors().get(written)).orElseThrow();
  }

  private static BigDecimal limit(Unit unit) {
    String[] numberAndUnit = unit.largest().split(" ", 2);
    return new BigDecimal(numberAndUnit[0]).multiply(factor(unit, numberAndUnit[1]));
  }
}
