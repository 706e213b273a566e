package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.schema.Keys;

/** Reads objectives, limits and budgets: what is said about measures of points. */
final class StudyMeasures {
  static final Keys AT =
      Keys.of(
          may("at_least", "number", "No point may have less"),
          may("at_most", "number", "No point may have more"));
  static final Keys GOAL =
      Keys.of(
          may("least", "name", "A measure that is to be small"),
          may("most", "name", "A measure that is to be large"),
          may("workload", "name", "Of which workload; left out: of all"));
  private static final double W_PER_UW = 1e-6;

  private final List<String> measures;
  private final List<String> given;
  private final List<String> workloads;

  StudyMeasures(List<String> given, List<String> workloads) {
    this.given = given;
    this.workloads = workloads;
    List<String> all = new ArrayList<>(Measure.COMPUTED);
    all.addAll(given);
    measures = all;
  }

  /** {@code energy}, or {@code {most: accuracy}}, {@code {least: latency, workload: resnet18}}. */
  List<Goal> objectives(YamlNode node) {
    List<Goal> goals = new ArrayList<>();
    String expected = "expected a list of objectives, '[energy, latency, {most: accuracy}]'";
    for (YamlNode item : Values.list(node, "objectives", expected)) {
      Goal goal = goal(item, "objectives");
      if (goals.contains(goal)) {
        throw item.at().error("objective '" + goal.label() + "' is listed twice");
      }
      goals.add(goal);
    }
    if (goals.isEmpty()) {
      throw node.at().error("there is no objective", expected);
    }
    return goals;
  }

  private Goal goal(YamlNode node, String key) {
    if (node instanceof Scalar) {
      return Goal.least(new Measure(measure(node, key), Optional.empty()));
    }
    Fields fields = Fields.of(node, "an objective", GOAL);
    boolean most = fields.optional("most").isPresent();
    if (most == fields.optional("least").isPresent()) {
      throw node.at()
          .error("an objective has either 'least' or 'most'", "as in '{most: accuracy}'");
    }
    String name = most ? "most" : "least";
    YamlNode of = fields.required(name, name + ": energy");
    return new Goal(new Measure(measure(of, name), workload(fields, measure(of, name))), most);
  }

  private String measure(YamlNode node, String key) {
    String name = Values.name(node, key);
    if (!measures.contains(name)) {
      throw node.at()
          .error(
              "unknown measure " + Words.quote(name),
              "expected one of " + String.join(", ", measures) + ", or a column of a table",
              Words.didYouMean(name, measures));
    }
    return name;
  }

  private Optional<String> workload(Fields fields, String measure) {
    Optional<YamlNode> node = fields.optional("workload");
    if (node.isEmpty()) {
      return Optional.empty();
    }
    String name = Values.name(node.get(), "workload");
    if (!workloads.contains(name)) {
      throw node.get()
          .at()
          .error(
              "unknown workload " + Words.quote(name),
              "expected one of " + String.join(", ", workloads),
              Words.didYouMean(name, workloads));
    }
    if (measure.equals(Measure.AREA) || given.contains(measure)) {
      throw node.get().at().error("'" + measure + "' is not of a workload", "leave 'workload' out");
    }
    return Optional.of(name);
  }

  /** Limits that every point has to keep to. */
  List<Limit> limits(YamlNode node) {
    List<Limit> limits = new ArrayList<>();
    String expected = "expected a list of limits, '[{area: 0.5 mm2}]'";
    for (YamlNode item : Values.list(node, "limits", expected)) {
      limits.addAll(limits(item, "a limit", List.of()));
    }
    return limits;
  }

  private List<Limit> limits(YamlNode node, String what, List<String> others) {
    Fields fields = limited(node, what, others);
    List<Limit> limits = new ArrayList<>();
    for (String key : fields.keys()) {
      if (measures.contains(key)) {
        var measure = new Measure(key, workload(fields, key));
        limits.add(limit(measure, fields.required(key, key)));
      }
    }
    if (limits.isEmpty()) {
      throw node.at()
          .error(
              what + " limits nothing",
              "expected, for example, 'area: 0.5 mm2' or 'latency: 20 ms'");
    }
    return limits;
  }

  /** Measures with what else there may be; which measures there are, tables say as well. */
  private Fields limited(YamlNode node, String what, List<String> others) {
    List<String> known = new ArrayList<>(measures);
    known.add("workload");
    known.addAll(others);
    Values.entries(node, what, "expected measures with limits, '{area: 0.5 mm2}'")
        .keySet()
        .forEach(
            key -> {
              if (!known.contains(key.value())) {
                throw key.at()
                    .error(
                        what + " is of the unknown measure " + Words.quote(key.value()),
                        "expected one of " + String.join(", ", known),
                        Words.didYouMean(key.value(), known));
              }
            });
    return Fields.of(node, what, known);
  }

  private Limit limit(Measure m, YamlNode node) {
    if (m.isGiven()) {
      Fields fields = Fields.of(node, "the limit of '" + m.name() + "'", AT);
      double least = fields.optional("at_least").map(this::number).orElse(Double.NEGATIVE_INFINITY);
      double most = fields.optional("at_most").map(this::number).orElse(Double.POSITIVE_INFINITY);
      if (fields.keys().isEmpty() || least > most) {
        throw node.at()
            .error(
                "the limit of '" + m.name() + "' " + (least > most ? "allows nothing" : "is empty"),
                "expected 'at_least', 'at_most' or both");
      }
      String low = Double.isInfinite(least) ? "" : " at least " + Written.number(least);
      String high = Double.isInfinite(most) ? "" : " at most " + Written.number(most);
      return new Limit(m, least, most, m.label() + low + high);
    }
    double most =
        switch (m.name()) {
          case Measure.ENERGY -> Quantity.read(node, m.name(), Unit.TOTAL_ENERGY).asDouble();
          case Measure.LATENCY -> Quantity.read(node, m.name(), Unit.TIME).asDouble();
          case Measure.POWER -> Quantity.read(node, m.name(), Unit.POWER).asDouble() * W_PER_UW;
          case Measure.AREA -> Quantity.read(node, m.name(), Unit.AREA).asDouble();
          default -> number(node);
        };
    String shown = Values.text(node, m.name());
    return new Limit(m, Double.NEGATIVE_INFINITY, most, m.label() + " at most " + shown);
  }

  private double number(YamlNode node) {
    String text = Values.scalar(node, "a limit", "expected a number").value().strip();
    return StudyParameters.number(text)
        .orElseThrow(
            () -> node.at().error("the limit is " + Words.quote(text), "expected a number"));
  }

  /** Budgets: names with limits and what is best. */
  List<Budget> budgets(YamlNode node, Goal usual) {
    List<Budget> budgets = new ArrayList<>();
    Values.entries(node, "budgets", "expected names with limits, '{tight: {area: 0.2 mm2}}'")
        .forEach(
            (key, value) -> {
              String what = "budget " + Words.quote(key.value());
              List<Limit> limits = limits(value, what, List.of("best"));
              Goal best =
                  limited(value, what, List.of("best"))
                      .optional("best")
                      .map(n -> goal(n, "best"))
                      .orElse(usual);
              budgets.add(new Budget(Values.name(key, "budgets"), limits, best));
            });
    return budgets;
  }
}
