package org.einloom.io.timeloop.front;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.template.Budget;
import org.einloom.io.timeloop.template.Dialect;
import org.einloom.io.timeloop.template.Evaluator;
import org.einloom.io.timeloop.template.ExprParser;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;
import org.einloom.io.timeloop.template.Values;

/**
 * Parameters of templates, from {@code --set NAME=VALUE}. A value is a number, {@code true} or
 * {@code false}, a list or table in brackets, a text in quotes, or else a text as it stands.
 */
final class Parameters {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  private Parameters() {}

  static Map<String, Value> values(Map<String, String> parameters) {
    Map<String, Value> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, text) -> {
          Position at = Position.of("--set " + name);
          if (!NAME.matcher(name).matches()) {
            throw Position.of("--set")
                .error(Words.quote(name) + " is no name", "expected --set NAME=VALUE");
          }
          values.put(name, value(text, at));
        });
    return values;
  }

  /**
   * A parameter that no template names is likely meant for another name.
   *
   * @throws org.einloom.io.input.InputException if there is one
   */
  static void checkUsed(Collection<String> given, Collection<String> names) {
    for (String name : given) {
      if (!names.contains(name)) {
        throw Position.of("--set " + name)
            .error(
                names.isEmpty()
                    ? "none of the files is a template, so there is nothing to set"
                    : "no template names " + Words.quote(name),
                Words.didYouMean(name, names));
      }
    }
  }

  private static Value value(String text, Position at) {
    Leaf leaf = new Leaf(text, false, false, at, at, "");
    Value literal = Expressions.literal(leaf);
    if (literal != null) {
      return text.isEmpty() ? new Value.Text("") : literal;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Values.of(text.equalsIgnoreCase("true"));
    }
    boolean brackets = !text.isBlank() && "[{'\"".indexOf(text.strip().charAt(0)) >= 0;
    if (!brackets) {
      return new Value.Text(text);
    }
    // a scope without names: nothing but literals has a value
    return new Evaluator(new Budget())
        .value(ExprParser.parse(text, Dialect.PYTHON, i -> at), new Scope(null));
  }
}
