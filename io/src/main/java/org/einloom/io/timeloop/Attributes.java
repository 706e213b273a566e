package org.einloom.io.timeloop;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Scalar;

/**
 * The attributes of a component, as written.
 *
 * @param owner what messages call the component, {@code level 'GLB'}
 * @param all by name, in file order
 */
public record Attributes(String owner, SequencedMap<String, Attribute> all) {
  /**
   * One attribute.
   *
   * @param value as written
   * @param at where its name stands
   */
  public record Attribute(YamlNode value, Position at) {}

  public Attributes {
    all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
  }

  /** What stands there; empty also where nothing is written after the name. */
  public Optional<YamlNode> value(String name) {
    return Optional.ofNullable(all.get(name))
        .map(Attribute::value)
        .filter(v -> !(v instanceof Scalar s && s.isNull()));
  }

  /** A finite number of at least {@code least}; an error says what else stands there. */
  public OptionalDouble number(String name, double least) {
    Optional<YamlNode> value = value(name);
    return value.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Numbers.real(value.get(), name, owner, least));
  }

  /** A whole number of at least {@code least}; an error says what else stands there. */
  public OptionalLong whole(String name, long least) {
    Optional<YamlNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    double real = Numbers.real(value.get(), name, owner, (double) least);
    if (real != Math.rint(real) || real > 0x1p53) {
      throw value
          .get()
          .at()
          .error(
              "'%s' of %s is %s, which is no whole number"
                  .formatted(name, owner, BigDecimal.valueOf(real).toPlainString()),
              "expected a whole number of at least " + least);
    }
    return OptionalLong.of((long) real);
  }

  /** A single value, as written. */
  public Optional<String> text(String name) {
    return value(name)
        .map(
            v -> {
              if (v instanceof Scalar s) {
                return s.value().strip();
              }
              throw v.at()
                  .error(
                      "'%s' of %s is %s".formatted(name, owner, v.kind()),
                      "expected a single value");
            });
  }

  /** Whether it is true; false where it does not stand. */
  public boolean flag(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return false;
    }
    return switch (text.get().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default ->
          throw at(name)
              .error(
                  "'%s' of %s is %s".formatted(name, owner, Words.quote(text.get())),
                  "expected true or false");
    };
  }

  /** Where the attribute's value stands; an attribute that does not stand is an error of ours. */
  public Position at(String name) {
    return value(name).orElseThrow().at();
  }
}
