package org.einloom.io.timeloop.accelergy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Level;
import org.einloom.io.yaml.YamlNode;

/**
 * A component as a file names it: its class and attributes, values as text.
 *
 * @param owner what messages call it, {@code level 'GLB'}
 * @param type its class
 * @param values by name
 * @param at where it stands
 */
record Given(String owner, String type, SequencedMap<String, Item> values, Position at) {
  private static final double MOST_BITS = 1 << 20;
  private static final double MOST = 1L << 40;
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?\\d{1,40}(?:\\.\\d{0,40})?(?:[eE][+-]?\\d{1,3})?)\\s*([A-Za-z]*)");

  /** One attribute. */
  record Item(String text, Position at) {}

  Given {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** A level of an architecture; its own attributes go before those that it inherits. */
  static Given of(Level level) {
    var values = new LinkedHashMap<String, Item>();
    for (var attributes : List.of(level.inherited(), level.attributes())) {
      attributes
          .all()
          .forEach(
              (name, a) -> {
                if (a.value() instanceof YamlNode.Scalar s) {
                  values.put(name, new Item(s.value(), s.at()));
                }
              });
    }
    return new Given(level.attributes().owner(), level.type(), values, level.at());
  }

  /** The first of these attributes that there is. */
  Optional<Item> first(String... names) {
    return Stream.of(names)
        .flatMap(name -> Optional.ofNullable(values.get(name)).stream())
        .filter(item -> !item.text().isBlank())
        .findFirst();
  }

  /** Whether there is such an attribute. */
  boolean has(String name) {
    return first(name).isPresent();
  }

  /** The first of these that there is, without blanks around it. */
  Optional<String> word(String... names) {
    return first(names).map(i -> i.text().strip());
  }

  /** A number without a unit, the first of these that there is. */
  OptionalDouble number(String... names) {
    return quantity("", names);
  }

  /** A number that may have this unit behind it. */
  OptionalDouble quantity(String unit, String... names) {
    for (String name : names) {
      Optional<Item> item = first(name);
      if (item.isPresent()) {
        Matcher m = NUMBER.matcher(item.get().text().strip());
        if (!m.matches()
            || !(m.group(2).isEmpty() || m.group(2).toLowerCase(Locale.ROOT).equals(unit))) {
          throw item.get()
              .at()
              .error(
                  "'%s' of %s is %s".formatted(name, owner, Words.quote(item.get().text())),
                  "expected a number" + (unit.isEmpty() ? "" : ", in " + unit));
        }
        return OptionalDouble.of(Double.parseDouble(m.group(1)));
      }
    }
    return OptionalDouble.empty();
  }

  /** A whole number of at least 1 that has to be there. */
  double whole(String what, String... names) {
    OptionalDouble number = number(names);
    if (number.isEmpty()) {
      throw missing(what, names);
    }
    return checked(number.getAsDouble(), MOST, names);
  }

  /** A whole number of at least {@code least} that may be there. */
  OptionalDouble count(int least, String... names) {
    OptionalDouble number = number(names);
    if (number.isPresent() && number.getAsDouble() == 0 && least == 0) {
      return number;
    }
    number.ifPresent(n -> checked(n, MOST, names));
    return number;
  }

  /** Bits that have to be there. */
  int bits(String what, String... names) {
    OptionalDouble number = number(names);
    if (number.isEmpty()) {
      throw missing(what, names);
    }
    return (int) checked(number.getAsDouble(), MOST_BITS, names);
  }

  private double checked(double number, double most, String... names) {
    if (!(number >= 1 && number <= most) || number != Math.rint(number)) {
      Item item = first(names).orElseThrow();
      throw item.at()
          .error(
              "'%s' of %s is %s".formatted(names[0], owner, Words.quote(item.text())),
              "expected a whole number of 1 to " + (long) most);
    }
    return number;
  }

  /** The feature size of the process, nm. */
  double nanometres() {
    return quantity("nm", "technology", "technology_node", "tech_node")
        .orElseThrow(() -> missing("a technology", "technology"));
  }

  /** What to say where an attribute is needed that is not there. */
  InputException missing(String what, String... names) {
    return at.error(
        "%s of class %s has no '%s'".formatted(owner, Words.quote(type), names[0]),
        KnownAttributes.instead(List.of(names), values.keySet()),
        "to estimate what it costs, give " + what + "; or give a table of energies (ERT)");
  }
}
