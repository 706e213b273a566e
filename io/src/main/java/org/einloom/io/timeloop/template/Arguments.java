package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a function is called with.
 *
 * @param of what messages call the function
 * @param values those without a name
 * @param named those with one
 */
public record Arguments(String of, List<Value> values, Map<String, Value> named, Position at) {
  public Arguments {
    values = List.copyOf(values);
    named = Map.copyOf(named);
  }

  /** Refuses a wrong number of arguments, and names that are not among those given. */
  void expect(int least, int most, String... names) {
    List<String> known = List.of(names);
    for (String name : named.keySet()) {
      if (!known.contains(name)) {
        throw at.error(
            of + " takes no argument named " + Words.quote(name), Words.didYouMean(name, known));
      }
    }
    int count = values.size() + named.size();
    if (count < least || values.size() > most || count > Math.max(most, known.size())) {
      throw at.error(
          of + " is given " + count + (count == 1 ? " argument" : " arguments"),
          "expected " + (least == most ? "" + least : least + " to " + most));
    }
  }

  /** The argument at an index or of a name, if it is there. */
  @Nullable Value find(int index, String name) {
    return index < values.size() ? values.get(index) : named.get(name);
  }

  /** The argument at an index or of a name. */
  Value get(int index, String name) {
    Value value = find(index, name);
    if (value == null) {
      throw at.error(of + " lacks its argument '" + name + "'");
    }
    return value;
  }

  /** The one argument, a text. */
  public String single(Position place) {
    expect(1, 1, "name");
    return Conversions.text(get(0, "name"), "the argument of " + of, place);
  }

  /** A text. */
  String text(int index, String name) {
    return Conversions.text(get(index, name), "the argument '" + name + "' of " + of, at);
  }

  /** A text, or what stands for it when there is none. */
  String text(int index, String name, String otherwise) {
    return find(index, name) == null ? otherwise : text(index, name);
  }

  /** A whole number. */
  long whole(int index, String name) {
    return Conversions.whole(get(index, name), "the argument '" + name + "' of " + of, at);
  }

  /** A whole number, or what stands for it when there is none. */
  long whole(int index, String name, long otherwise) {
    return find(index, name) == null ? otherwise : whole(index, name);
  }

  /** A number. */
  double number(int index, String name) {
    return Conversions.number(get(index, name), "the argument '" + name + "' of " + of, at);
  }

  /** A truth value, or what stands for it when there is none. */
  boolean truth(int index, String name, boolean otherwise) {
    Value value = find(index, name);
    return value == null ? otherwise : Conversions.truth(value, at);
  }
}
