package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.einloom.component.Value;
import org.einloom.component.expression.ExpressionException;
import org.einloom.component.expression.ExpressionParser;
import org.einloom.explore.Axis;
import org.einloom.explore.Condition;
import org.einloom.explore.ConditionParser;
import org.einloom.explore.Dependent;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Measure;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;
import org.einloom.schema.Keys;

/** Reads the parameters of a study: what is free, what follows, what has to hold. */
final class StudyParameters {
  static final Keys RANGE =
      Keys.of(
          must("from", "number", "The first value"),
          must("to", "number", "The last value, or what no value is above"),
          may("step", "number", "What is added from value to value"),
          may("factor", "number", "What each value is multiplied by, in place of a step"));
  static final Keys FORMULA =
      Keys.of(must("formula", "scalar", "Arithmetic over parameters that stand before it"));
  static final Keys CASES =
      Keys.of(
          must("by", "name", "The parameter on which it depends"),
          must("cases", "cases", "By its values, the values of this one"));

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,18}(?:\\.\\d{0,18})?(?:[eE][+-]?\\d{1,2})?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final List<String> RESERVED = List.of("and", "or");
  private static final int MOST_VALUES = 100_000;

  private final List<Axis> axes = new ArrayList<>();
  private final List<Dependent> dependents = new ArrayList<>();
  private final List<String> numbers = new ArrayList<>();
  private final Map<String, Set<String>> words = new LinkedHashMap<>();
  private final Map<String, Position> places = new HashMap<>();

  /** The names of all, also of those that are not read yet. */
  private final List<String> all = new ArrayList<>();

  /** The number that is written, if one is. */
  static Optional<Double> number(String text) {
    return NUMBER.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /** Whether this could be a parameter. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The parameters that are numbers. */
  List<String> numbers() {
    return numbers;
  }

  /** The parameters that are words, with what they can be. */
  Map<String, Set<String>> words() {
    return words;
  }

  /** Numbers that follow from others, which points can be judged by: a price, say. */
  List<String> calculated() {
    return dependents.stream()
        .map(Dependent::name)
        .filter(numbers::contains)
        .filter(name -> !Measure.COMPUTED.contains(name))
        .toList();
  }

  /** Where each parameter stands. */
  Map<String, Position> places() {
    return places;
  }

  /** All that is read, with conditions. */
  DesignSpace space(Optional<YamlNode> conditions) {
    List<Condition> all = new ArrayList<>();
    if (conditions.isPresent()) {
      String expected = "expected a list of comparisons, '[sram >= 4*scratchpad]'";
      for (YamlNode item : Values.list(conditions.get(), "conditions", expected)) {
        String text = Values.scalar(item, "conditions", expected).value();
        all.add(item.at().locate(() -> ConditionParser.parse(text, numbers, words)));
      }
    }
    return new DesignSpace(axes, dependents, all);
  }

  /** Reads what stands under {@code parameters}. */
  StudyParameters read(YamlNode node) {
    var entries = Values.entries(node, "parameters", "expected parameters with their values");
    entries.keySet().forEach(key -> all.addAll(names(key)));
    entries.forEach(this::parameter);
    if (axes.isEmpty()) {
      throw node.at()
          .error("no parameter is free", "expected one with a list of values, '[32, 64]'");
    }
    node.at().locate(() -> new DesignSpace(axes, dependents, List.of()));
    return this;
  }

  private static List<String> names(Scalar key) {
    return List.of(COMMA.split(key.value().strip(), -1));
  }

  private void parameter(Scalar key, YamlNode value) {
    List<String> names = names(key);
    for (String name : names) {
      if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
        throw key.at()
            .error(
                Words.quote(name) + " is no name for a parameter",
                "expected letters, digits and '_', a letter first; several with commas between");
      }
      if (numbers.contains(name) || words.containsKey(name)) {
        throw key.at().error("a second parameter named " + Words.quote(name));
      }
      places.put(name, key.at());
    }
    if (names.size() > 1) {
      together(names, value);
      return;
    }
    String name = names.getFirst();
    switch (value) {
      case Sequence s -> axis(name, value, values(name, s.items()));
      case Scalar s -> axis(name, value, values(name, List.of(s)));
      case Mapping m -> {
        List<String> keys = m.entries().stream().map(e -> e.key().value()).toList();
        if (keys.contains("formula")) {
          formula(name, value);
        } else if (keys.contains("by") || keys.contains("cases")) {
          cases(name, value);
        } else {
          axis(name, value, range(name, value));
        }
      }
    }
  }

  private void axis(String name, YamlNode at, List<Value> values) {
    axes.add(at.at().locate(() -> Axis.of(name, values)));
    declare(name, values, at);
  }

  private void together(List<String> names, YamlNode value) {
    String expected = "expected a list of rows, each with a value for each name";
    List<List<Value>> rows = new ArrayList<>();
    for (YamlNode row : Values.list(value, String.join(", ", names), expected)) {
      List<Value> values = new ArrayList<>();
      for (YamlNode item : Values.list(row, "a row of " + String.join(", ", names), expected)) {
        values.add(value(names.getFirst(), item));
      }
      if (values.size() != names.size()) {
        throw row.at()
            .error(
                "the row has %d values".formatted(values.size()),
                "expected %d: %s".formatted(names.size(), String.join(", ", names)));
      }
      rows.add(values);
    }
    axes.add(value.at().locate(() -> new Axis(names, rows)));
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      declare(names.get(i), rows.stream().map(r -> r.get(column)).toList(), value);
    }
  }

  /** Whether a parameter is a number or a word, which cannot change from value to value. */
  private void declare(String name, List<Value> values, YamlNode at) {
    boolean all = values.stream().allMatch(v -> v instanceof Value.Amount);
    if (!all && values.stream().anyMatch(v -> v instanceof Value.Amount)) {
      throw at.at()
          .error(
              "parameter '" + name + "' has numbers and words for values",
              "expected all of one kind; put what a word stands for in parameters with 'by'");
    }
    if (all) {
      numbers.add(name);
    } else {
      Set<String> some = new LinkedHashSet<>();
      values.forEach(v -> some.add(v.toString()));
      words.put(name, some);
    }
  }

  private List<Value> values(String name, List<YamlNode> items) {
    return items.stream().map(i -> value(name, i)).toList();
  }

  private static Value value(String name, YamlNode node) {
    String text = Values.scalar(node, name, "expected a number or a word").value().strip();
    Optional<Double> number = number(text);
    if (number.isPresent()) {
      return Value.of(number.get());
    }
    if (!text.matches("[A-Za-z][A-Za-z0-9_.-]*")) {
      throw node.at()
          .error(
              "parameter '%s' has the value %s".formatted(name, Words.quote(text)),
              "expected a number without a unit, or a word",
              text.contains(",")
                  ? "write a list in brackets: [" + text + "]"
                  : text.matches("[0-9][0-9.]*\\s*[A-Za-z].*")
                      ? "put the unit where the value is used, as in '${" + name + "} KiB'"
                      : "");
    }
    return Value.of(text);
  }

  private List<Value> range(String name, YamlNode node) {
    Fields fields = Fields.of(node, "parameter '" + name + "'", RANGE);
    BigDecimal from = decimal(fields.required("from", "from: 8"), "from");
    BigDecimal to = decimal(fields.required("to", "to: 64"), "to");
    Optional<BigDecimal> step = fields.optional("step").map(n -> decimal(n, "step"));
    Optional<BigDecimal> factor = fields.optional("factor").map(n -> decimal(n, "factor"));
    if (step.isPresent() == factor.isPresent()) {
      throw fields
          .at()
          .error(
              fields.what() + (step.isPresent() ? " has a step and a factor" : " has no step"),
              "expected either 'step: 8' or 'factor: 2'");
    }
    boolean rises =
        step.map(s -> s.signum() > 0)
            .orElseGet(() -> factor.orElseThrow().compareTo(BigDecimal.ONE) > 0);
    if (!rises || (factor.isPresent() && from.signum() <= 0) || to.compareTo(from) < 0) {
      throw fields
          .at()
          .error(
              fields.what() + " never comes from %s to %s".formatted(from, to),
              "expected a step above 0, or a factor above 1 and a first value above 0, upwards");
    }
    List<Value> values = new ArrayList<>();
    for (BigDecimal v = from; v.compareTo(to) <= 0; v = next(v, step, factor)) {
      values.add(Value.of(v.doubleValue()));
      if (values.size() > MOST_VALUES) {
        throw fields
            .at()
            .error(
                fields.what() + " has more than " + MOST_VALUES + " values",
                "expected fewer; a larger step, or a factor in its place");
      }
    }
    return values;
  }

  private static BigDecimal next(
      BigDecimal v, Optional<BigDecimal> step, Optional<BigDecimal> factor) {
    return step.map(v::add)
        .orElseGet(() -> v.multiply(factor.orElseThrow(), java.math.MathContext.DECIMAL64));
  }

  private static BigDecimal decimal(YamlNode node, String key) {
    String text = Values.scalar(node, key, "expected a number").value().strip();
    if (number(text).isEmpty()) {
      throw node.at().error("'" + key + "' is " + Words.quote(text), "expected a number");
    }
    return new BigDecimal(text);
  }

  private void formula(String name, YamlNode node) {
    Fields fields = Fields.of(node, "parameter '" + name + "'", FORMULA);
    YamlNode given = fields.required("formula", "formula: 2*sram");
    Scalar scalar = Values.scalar(given, "formula", "expected arithmetic such as '2*sram'");
    String text = scalar.value().strip();
    try {
      var expression = ExpressionParser.parse(text, numbers);
      dependents.add(new Dependent(name, new Dependent.Rule.Formula(text, expression)));
    } catch (ExpressionException e) {
      for (String later : all) {
        if (!places.containsKey(later)
            && String.valueOf(e.getMessage()).startsWith("unknown name '" + later + "'")) {
          throw scalar
              .at()
              .error(
                  "'%s' calculates with '%s', which stands after it".formatted(name, later),
                  "expected parameters that stand before it; what two follow from each other has no"
                      + " value");
        }
      }
      for (String word : words.keySet()) {
        if (String.valueOf(e.getMessage()).startsWith("unknown name '" + word + "'")) {
          throw scalar
              .at()
              .error(
                  "'%s' calculates with '%s', which is a word".formatted(text, word),
                  "expected numbers: give a parameter that follows, {by: " + word + "}");
        }
      }
      throw (scalar.exact() ? scalar.text().plus(e.at()) : scalar.at())
          .error(e.getMessage() == null ? "" : e.getMessage());
    }
    numbers.add(name);
  }

  private void cases(String name, YamlNode node) {
    Fields fields = Fields.of(node, "parameter '" + name + "'", CASES);
    YamlNode byNode = fields.required("by", "by: preset");
    String by = Values.name(byNode, "by");
    List<String> known = new ArrayList<>(numbers);
    known.addAll(words.keySet());
    if (!known.contains(by)) {
      throw byNode
          .at()
          .error(
              "unknown parameter " + Words.quote(by),
              "expected one that stands before: " + String.join(", ", known),
              Words.didYouMean(by, known));
    }
    var cases = new LinkedHashMap<Value, Value>();
    YamlNode list = fields.required("cases", "cases: {deep: 0.1, high: 0.5}");
    Values.entries(list, "cases", "expected values of '" + by + "' with values of '" + name + "'")
        .forEach((key, value) -> cases.put(value(by, key), value(name, value)));
    for (Value v : possible(by)) {
      if (!cases.containsKey(v)) {
        throw list.at()
            .error("there is no case for %s = %s".formatted(by, v), "expected one for each value");
      }
    }
    for (Value v : cases.keySet()) {
      if (!possible(by).isEmpty() && !possible(by).contains(v)) {
        throw list.at()
            .error(
                "'%s' is never %s".formatted(by, v),
                "it is " + String.join(" or ", possible(by).stream().map(Value::toString).toList()),
                Words.didYouMean(
                    v.toString(), possible(by).stream().map(Value::toString).toList()));
      }
    }
    dependents.add(new Dependent(name, new Dependent.Rule.Cases(by, cases)));
    declare(name, List.copyOf(cases.values()), list);
  }

  /** The values of a parameter, where they are listed. */
  private List<Value> possible(String parameter) {
    for (Axis a : axes) {
      int column = a.names().indexOf(parameter);
      if (column >= 0) {
        return a.rows().stream().map(r -> r.get(column)).distinct().toList();
      }
    }
    return dependents.stream()
        .filter(d -> d.name().equals(parameter))
        .flatMap(
            d ->
                d.rule() instanceof Dependent.Rule.Cases c
                    ? c.values().values().stream()
                    : Arrays.stream(new Value[0]))
        .distinct()
        .toList();
  }
}
