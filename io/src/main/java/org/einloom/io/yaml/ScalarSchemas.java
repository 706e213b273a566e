package org.einloom.io.yaml;

import static org.einloom.schema.Schema.anyOf;
import static org.einloom.schema.Schema.list;
import static org.einloom.schema.Schema.oneOf;
import static org.einloom.schema.Schema.ref;
import static org.einloom.schema.Schema.someOf;
import static org.einloom.schema.Schema.type;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.einloom.schema.Schema;

/**
 * What single values of files look like. Readers take what is written, whatever type YAML gives it,
 * so numbers are names and numbers in quotes are numbers.
 */
final class ScalarSchemas {
  private static final String NUMBER = "\\+?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,9})?";

  private ScalarSchemas() {}

  static void define(Map<String, Schema> definitions) {
    definitions.put("scalar", type("string", "number", "boolean"));
    definitions.put("name", type("string", "number", "boolean").with("minLength", 1));
    definitions.put("text", type("string", "number", "boolean").with("minLength", 1));
    definitions.put("names", unique(list(ref("name"))));
    definitions.put("some_names", unique(someOf(ref("name"))));
    Schema tensor = anyOf(oneOf("all", "input", "weight", "output"), ref("name"));
    definitions.put("tensors", unique(list(tensor)));
    definitions.put("some_tensors", unique(someOf(tensor)));
    definitions.put("flag", oneOf(true, false, "true", "false"));
    definitions.put(
        "positive",
        type("integer", "string").with("minimum", 1).with("pattern", "^\\+?0*[1-9]\\d*$"));
    definitions.put(
        "share",
        anyOf(
            type("number").with("exclusiveMinimum", 0).with("maximum", 1),
            Schema.text("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d{1,2})?\\s*%?")));
    definitions.put("size", quantity(Unit.SIZE));
    definitions.put("bits", quantity(Unit.SIZE));
    definitions.put("frequency", quantity(Unit.FREQUENCY));
    definitions.put("energy", quantity(Unit.ENERGY));
    definitions.put("total_energy", quantity(Unit.TOTAL_ENERGY));
    definitions.put("area", quantity(Unit.AREA));
    definitions.put("power", quantity(Unit.POWER));
    definitions.put("bandwidth", quantity(Unit.BANDWIDTH, Unit.CYCLE_BANDWIDTH));
    definitions.put("rate", quantity(Unit.RATE));
    definitions.put("time", quantity(Unit.TIME));
    definitions.put("voltage", quantity(Unit.VOLTAGE));
    definitions.put("feature_size", quantity(Unit.LENGTH));
  }

  private static Schema unique(Schema list) {
    return list.with("uniqueItems", true);
  }

  /** A number with one of the units. */
  static Schema quantity(Unit... units) {
    String names =
        Arrays.stream(units)
            .flatMap(u -> u.factors().keySet().stream())
            .map(ScalarSchemas::spellings)
            .collect(Collectors.joining("|"));
    String expected = Arrays.stream(units).map(Unit::expected).collect(Collectors.joining(", or "));
    return Schema.text(NUMBER + "\\s*(?:" + names + ")")
        .with("$comment", expected)
        .with("examples", Arrays.stream(units).map(Unit::example).toList());
  }

  /** A unit as {@link Quantity} takes it: micro and squares in several ways, blanks at a slash. */
  private static String spellings(String unit) {
    String micro = unit.startsWith("u") ? "[u\u00b5\u03bc]" + unit.substring(1) : unit;
    String square =
        micro.endsWith("2") ? micro.substring(0, micro.length() - 1) + "(?:\\^?2|\u00b2)" : micro;
    return square.replace("/", " ?/ ?");
  }
}
