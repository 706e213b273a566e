package org.einloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.component.Kind;
import org.einloom.component.Value;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.AttributeReader;
import org.einloom.workload.InvalidSpecException;

/**
 * A component class and values of its attributes on the command line: {@code sram --size 1KiB..1MiB
 * --width 64}. Which options there are depends on the class.
 *
 * @param componentClass the class; empty when none is given
 * @param given texts by attribute, in the order given
 */
record ComponentArguments(Optional<String> componentClass, SequencedMap<String, String> given) {
  private static final String OPTION = "--";
  private static final String TO = "..";
  private static final int MOST_POINTS = 10_000;

  /** Sorts what stands after the command. */
  static ComponentArguments of(List<String> words) {
    Optional<String> name = Optional.empty();
    var given = new LinkedHashMap<String, String>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith(OPTION)) {
        if (name.isPresent() || word.startsWith("-")) {
          throw new InvalidSpecException(
              "unexpected argument "
                  + Words.quote(word)
                  + "; expected one class and its attributes, as in 'dram --type DDR4'");
        }
        name = Optional.of(word);
        continue;
      }
      int equals = word.indexOf('=');
      String option = word.substring(OPTION.length(), equals < 0 ? word.length() : equals);
      boolean valueFollows = i + 1 < words.size() && !words.get(i + 1).startsWith(OPTION);
      if (equals < 0 && !valueFollows) {
        throw new InvalidSpecException("option --" + option + " has no value");
      }
      String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
      if (given.put(option, value) != null) {
        throw new InvalidSpecException("option --" + option + " is given twice");
      }
    }
    return new ComponentArguments(name, given);
  }

  /** The attributes given as a range or a list, in the order given. */
  List<String> swept() {
    return given.entrySet().stream()
        .filter(e -> e.getValue().contains(TO) || e.getValue().contains(","))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every combination of what is given, the last attribute changing fastest. */
  List<Attributes> points(ComponentModel model) {
    List<Attributes> points = List.of(Attributes.NONE);
    for (Map.Entry<String, String> e : given.entrySet()) {
      Attribute attribute = attribute(model, e.getKey());
      List<Value> values = values(attribute, e.getValue());
      List<Attributes> more = new ArrayList<>();
      for (Attributes point : points) {
        values.forEach(v -> more.add(point.with(attribute.name(), v)));
      }
      if (more.size() > MOST_POINTS) {
        throw new InvalidSpecException(
            "more than " + MOST_POINTS + " combinations; expected shorter ranges or lists");
      }
      points = more;
    }
    return points;
  }

  private static Attribute attribute(ComponentModel model, String name) {
    try {
      return Catalog.attribute(model, name);
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException("--" + name + ": " + e.getMessage(), e);
    }
  }

  /** One value, those of a list, or those from one end of a range to the other by doubling. */
  private static List<Value> values(Attribute attribute, String text) {
    Position at = Position.of(OPTION + attribute.name());
    int to = text.indexOf(TO);
    if (to >= 0 && attribute.kind() != Kind.WORD) {
      return range(
          attribute,
          number(AttributeReader.read(attribute, text.substring(0, to), at)),
          number(AttributeReader.read(attribute, text.substring(to + TO.length()), at)),
          at);
    }
    List<Value> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      values.add(AttributeReader.read(attribute, part.strip(), at));
    }
    return values;
  }

  private static double number(Value value) {
    return ((Value.Amount) value).number();
  }

  private static List<Value> range(Attribute attribute, double from, double to, Position at) {
    if (!(from > 0 && to >= from)) {
      throw at.error(
          "the range from "
              + attribute.shown(from)
              + " to "
              + attribute.shown(to)
              + " does not ascend from above 0",
          "ranges double from step to step; give others as a list, '90nm,65nm,45nm'");
    }
    List<Value> values = new ArrayList<>();
    for (double v = from; v <= to; v *= 2) {
      values.add(Value.of(v));
    }
    return values;
  }
}
