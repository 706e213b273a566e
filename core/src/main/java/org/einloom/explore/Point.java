package org.einloom.explore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.einloom.component.Value;

/**
 * One combination of values of a study's parameters.
 *
 * @param values by parameter, in the order of the study; those that follow from others, too
 */
public record Point(SequencedMap<String, Value> values) {
  private static final int ID_DIGITS = 16;

  public Point {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** From any map. */
  public static Point of(Map<String, Value> values) {
    return new Point(new LinkedHashMap<>(values));
  }

  /** The value of a parameter, if there is one of that name. */
  public Optional<Value> value(String parameter) {
    return Optional.ofNullable(values.get(parameter));
  }

  /**
   * What names the point in files: sixteen hexadecimal digits that depend on names and values
   * alone, not on their order, the machine or the run (the beginning of a SHA-256). Studies that
   * differ otherwise have equal ids for equal values; {@link Study#digest} tells these apart.
   */
  public String id() {
    var text = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (name, value) ->
                text.append(name)
                    .append(value instanceof Value.Amount ? "=" : ":")
                    .append(value)
                    .append('\n'));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** {@code macs=32, preset=deep}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
