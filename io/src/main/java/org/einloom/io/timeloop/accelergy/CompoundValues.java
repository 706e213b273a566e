package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Budget;
import org.einloom.io.timeloop.template.Dialect;
import org.einloom.io.timeloop.template.Evaluator;
import org.einloom.io.timeloop.template.ExprParser;
import org.einloom.io.timeloop.template.Functions;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;
import org.einloom.io.timeloop.template.Values;
import org.einloom.io.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** Computes what stands in definitions of compound classes, in the sandbox of expressions. */
final class CompoundValues {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:[eE][+-]?\\d{1,3})?");
  private static final Pattern WORD = Pattern.compile("[\\w.-]{1,80}");
  private static final String MUST = "must_specify";

  private final Evaluator evaluator;
  private final Scope functions;

  CompoundValues() {
    var budget = new Budget();
    evaluator = new Evaluator(budget);
    functions = Functions.python(budget);
  }

  /** A scope that sees functions, and these. */
  Scope scope(Map<String, Value> values) {
    return inside(functions, values);
  }

  /** A scope that sees another, and these. */
  static Scope inside(Scope outer, Map<String, Value> values) {
    var scope = new Scope(outer);
    values.forEach(scope::set);
    return scope;
  }

  /**
   * Values for the attributes of a class: what is given counts more than what the class says, and
   * what it says may name any other attribute, in any order.
   *
   * @param owner what messages call that whose attributes they are
   */
  SequencedMap<String, Value> attributes(
      CompoundClass of, Map<String, Value> given, String owner, Position at) {
    SequencedMap<String, Value> all = new LinkedHashMap<>(given);
    List<Map.Entry<String, YamlNode>> open = new ArrayList<>();
    for (var e : of.attributes().entrySet()) {
      if (given.containsKey(e.getKey())) {
        continue;
      }
      if (e.getValue() instanceof YamlNode.Scalar s && s.value().strip().equals(MUST)) {
        throw at.error(
            "%s of class '%s' has no '%s'".formatted(owner, of.name(), e.getKey()),
            KnownAttributes.instead(List.of(e.getKey()), given.keySet()),
            "the class says that it must be given, at " + s.at());
      }
      open.add(e);
    }
    while (!open.isEmpty()) {
      List<Map.Entry<String, YamlNode>> left = new ArrayList<>();
      InputException first = null;
      for (var e : open) {
        if (waits(e, open)) {
          left.add(e);
          continue;
        }
        try {
          all.put(e.getKey(), value(e.getValue(), scope(all), e.getKey()));
        } catch (InputException problem) {
          first = first == null ? problem : first;
          left.add(e);
        }
      }
      if (left.size() == open.size()) {
        throw first == null
            ? open.getFirst()
                .getValue()
                .at()
                .error("attributes of class '" + of.name() + "' are each other's values")
            : first;
      }
      open = left;
    }
    return all;
  }

  /** Whether a value is the name of another attribute that is still to be computed. */
  private static boolean waits(
      Map.Entry<String, YamlNode> one, List<Map.Entry<String, YamlNode>> open) {
    return one.getValue() instanceof YamlNode.Scalar s
        && !s.value().strip().equals(one.getKey())
        && open.stream().anyMatch(o -> o.getKey().equals(s.value().strip()));
  }

  /** A value. A word that names nothing is a text, as in {@code type: LPDDR4}. */
  Value value(YamlNode node, Scope scope, String key) {
    if (!(node instanceof YamlNode.Scalar s)) {
      throw node.at().error("'" + key + "' is " + node.kind(), "expected a single value");
    }
    String text = s.value().strip();
    if (s.isNull()) {
      return Values.NONE;
    }
    if (WHOLE.matcher(text).matches()) {
      return new Value.Int(Long.parseLong(text));
    }
    if (REAL.matcher(text).matches()) {
      return new Value.Real(Double.parseDouble(text));
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Values.of(text.equalsIgnoreCase("true"));
    }
    try {
      Value value = evaluate(s, text, scope);
      return s.plain() || value instanceof Value.Int || value instanceof Value.Real
          ? value
          : new Value.Text(s.value());
    } catch (InputException e) {
      if (!s.plain() || (WORD.matcher(text).matches() && scope.find(text) == null)) {
        return new Value.Text(s.value());
      }
      throw e;
    }
  }

  /** A number of at least 0. */
  double number(YamlNode node, Scope scope, String key) {
    Double number = number(value(node, scope, key));
    if (number == null || !(number >= 0) || number.isInfinite()) {
      String text = node instanceof YamlNode.Scalar s ? Words.quote(s.value()) : node.kind();
      throw node.at().error("'" + key + "' is " + text, "expected a number of at least 0");
    }
    return number;
  }

  /** A whole number of at least 0, the index of a subcomponent. */
  long index(String text, CompoundClass.Indexed name, Scope scope) {
    var scalar = new YamlNode.Scalar(text, true, false, name.at().at(), name.at().at());
    Double number = number(value(scalar, scope, "an index"));
    if (number == null || number < 0 || number != Math.rint(number) || number > 1L << 40) {
      throw name.at()
          .at()
          .error(
              "the index " + Words.quote(text) + " of '" + name.base() + "'",
              "expected a whole number from 0 to 2^40");
    }
    return number.longValue();
  }

  private static @Nullable Double number(Value value) {
    return switch (value) {
      case Value.Int i -> (double) i.value();
      case Value.Real r -> r.value();
      default -> null;
    };
  }

  private Value evaluate(YamlNode.Scalar s, String text, Scope scope) {
    return evaluator.value(
        ExprParser.parse(
            text,
            Dialect.PYTHON,
            i -> s.exact() ? s.text().plus(text.codePointCount(0, i)) : s.at()),
        scope);
  }
}
