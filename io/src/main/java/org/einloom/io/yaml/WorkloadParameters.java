package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.einloom.component.Value;
import org.einloom.component.expression.Expression;
import org.einloom.component.expression.ExpressionException;
import org.einloom.component.expression.ExpressionParser;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;

/**
 * A workload's {@code parameters}: names with values that its numbers can be calculated from,
 * {@code m: 4*width}. A value given from outside goes before the file's own.
 */
final class WorkloadParameters {
  /** What numbers can be calculated in. */
  private static final List<String> CALCULATED = List.of("extents", "shapes", "bits", "repeats");

  private static final Pattern AS_IT_IS = Pattern.compile("[+-]?\\d+(?:\\s*[a-zA-Z]+)?");

  private final Map<String, Double> values;

  private WorkloadParameters(Map<String, Double> values) {
    this.values = values;
  }

  /**
   * The parameters of a workload.
   *
   * @param node what stands under {@code parameters}
   * @param given values from outside
   */
  static WorkloadParameters read(YamlNode node, Map<String, Double> given) {
    var values = new LinkedHashMap<String, Double>();
    Values.entries(node, "parameters", "expected names with numbers, '{width: 64}'")
        .forEach(
            (key, value) -> {
              String name = key.value();
              if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw key.at()
                    .error(
                        Words.quote(name) + " is no name for a parameter",
                        "expected letters, digits and '_', a letter first");
              }
              String text = Values.scalar(value, name, "expected a number").value().strip();
              if (!text.matches("\\d{1,15}(?:\\.\\d{1,15})?")) {
                throw value
                    .at()
                    .error("parameter '" + name + "' is " + Words.quote(text), "expected a number");
              }
              values.put(name, Double.parseDouble(text));
            });
    values.replaceAll((name, own) -> given.getOrDefault(name, own));
    return new WorkloadParameters(values);
  }

  /** Their names. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** The list of Einsums with numbers where calculations stood. */
  YamlNode calculated(YamlNode einsums) {
    return inside(einsums, false);
  }

  private YamlNode inside(YamlNode node, boolean calculated) {
    return switch (node) {
      case Mapping m -> {
        List<Entry> entries = new ArrayList<>();
        for (Entry e : m.entries()) {
          boolean here = calculated || CALCULATED.contains(e.key().value());
          entries.add(new Entry(e.key(), inside(e.value(), here)));
        }
        yield new Mapping(entries, m.at(), m.size());
      }
      case Sequence s ->
          new Sequence(
              s.items().stream().map(i -> inside(i, calculated)).toList(), s.at(), s.size());
      case Scalar s -> calculated ? number(s) : s;
    };
  }

  private Scalar number(Scalar s) {
    String text = s.value().strip();
    if (text.isEmpty() || AS_IT_IS.matcher(text).matches()) {
      return s;
    }
    Expression expression;
    try {
      expression = ExpressionParser.parse(text, names());
    } catch (ExpressionException e) {
      throw (s.exact() ? s.text().plus(e.at()) : s.at())
          .error(Words.quote(text) + ": " + e.getMessage());
    }
    double value = expression.value(name -> values.getOrDefault(name, Double.NaN));
    if (!(value >= 1) || value != Math.rint(value) || value > 1e15) {
      throw s.at()
          .error(
              "%s is %s where %s".formatted(Words.quote(text), Value.of(value), shown()),
              "expected a whole number of at least 1; round() and ceil() make one");
    }
    return new Scalar(Value.of(value).toString(), true, false, s.at(), s.text());
  }

  private String shown() {
    List<String> all = new ArrayList<>();
    values.forEach((name, value) -> all.add(name + " is " + Value.of(value)));
    return String.join(", ", all);
  }
}
