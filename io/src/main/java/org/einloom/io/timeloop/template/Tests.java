package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Undefined;

/** What can be asked with {@code is}. */
final class Tests {
  private static final Map<String, String> COMPARISONS =
      Map.ofEntries(
          Map.entry("eq", "=="),
          Map.entry("equalto", "=="),
          Map.entry("ne", "!="),
          Map.entry("lt", "<"),
          Map.entry("lessthan", "<"),
          Map.entry("le", "<="),
          Map.entry("gt", ">"),
          Map.entry("greaterthan", ">"),
          Map.entry("ge", ">="),
          Map.entry("in", "in"));
  private static final List<String> NAMES =
      List.of(
          "defined",
          "undefined",
          "none",
          "number",
          "integer",
          "float",
          "boolean",
          "true",
          "false",
          "string",
          "mapping",
          "sequence",
          "iterable",
          "odd",
          "even",
          "divisibleby",
          "callable",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "in",
          "lower",
          "upper");

  private Tests() {}

  static boolean holds(Value of, String given, List<Value> values, Position at) {
    String name = given.equals("None") ? "none" : given.toLowerCase(Locale.ROOT);
    if (name.equals("defined") || name.equals("undefined")) {
      return (of instanceof Undefined) == name.equals("undefined");
    }
    String comparison = COMPARISONS.get(name);
    boolean one = comparison != null || name.equals("divisibleby");
    if (!NAMES.contains(name) && comparison == null) {
      throw at.error(
          "the test " + Words.quote(given) + " is not supported",
          "known are " + String.join(", ", NAMES),
          Words.didYouMean(given, NAMES));
    }
    if (values.size() != (one ? 1 : 0)) {
      throw at.error("the test '" + name + "' takes " + (one ? "one argument" : "no argument"));
    }
    Conversions.defined(of, at);
    if (comparison != null) {
      return Comparison.holds(comparison, of, values.getFirst(), at);
    }
    return kind(of, name, values, at);
  }

  private static boolean kind(Value of, String name, List<Value> values, Position at) {
    return switch (name) {
      case "none" -> of instanceof Value.None;
      case "number" -> Conversions.isNumber(of);
      case "integer" -> of instanceof Int;
      case "float" -> of instanceof Real;
      case "boolean" -> of instanceof Bool;
      case "true" -> of.equals(Values.TRUE);
      case "false" -> of.equals(Values.FALSE);
      case "string" -> Conversions.isText(of);
      case "mapping" -> of instanceof Table;
      case "sequence", "iterable" ->
          of instanceof Items || of instanceof Table || Conversions.isText(of);
      case "callable" -> of instanceof Value.Callable;
      case "lower", "upper" -> {
        String text = Conversions.text(of, "what is asked", at);
        yield text.equals(Methods.cased(text, name));
      }
      case "odd" -> Math.floorMod(Conversions.whole(of, "what is asked", at), 2) == 1;
      case "even" -> Math.floorMod(Conversions.whole(of, "what is asked", at), 2) == 0;
      default -> {
        long by = Conversions.whole(values.getFirst(), "the divisor", at);
        if (by == 0) {
          throw at.error("division by zero");
        }
        yield Conversions.whole(of, "what is asked", at) % by == 0;
      }
    };
  }
}
