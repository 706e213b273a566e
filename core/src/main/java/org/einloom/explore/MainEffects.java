package org.einloom.explore;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.einloom.component.Value;

/**
 * How much of what differs between points goes with one parameter: the variance of the means of its
 * levels, weighted by how many points each has, as a share of the variance of all points. For a
 * full factorial study that is the first-order index of Sobol (Global sensitivity indices for
 * nonlinear mathematical models and their Monte Carlo estimates, Mathematics and Computers in
 * Simulation 55, 2001, section 3); where parameters change together they share what is theirs.
 */
public final class MainEffects {
  /** A parameter with more different numbers than these is looked at in groups. */
  private static final int MOST_LEVELS = 12;

  private static final int GROUPS = 8;

  private MainEffects() {}

  /**
   * The points with one value of a parameter, or with one of some numbers next to each other.
   *
   * @param label the value, or the first and the last
   * @param points how many
   * @param mean of their figures
   */
  public record Level(String label, int points, double mean) {}

  /**
   * What goes with a parameter.
   *
   * @param parameter its name
   * @param share from 0 to 1; empty where there are not two points for each level, or nothing
   *     differs
   * @param levels in the order of their values
   */
  public record Effect(String parameter, OptionalDouble share, List<Level> levels) {
    public Effect {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Of each parameter.
   *
   * @param figure what differs, of each point
   */
  public static List<Effect> of(
      List<String> parameters, List<Point> points, ToDoubleFunction<Point> figure) {
    return parameters.stream().map(p -> effect(p, points, figure)).toList();
  }

  private static Effect effect(
      String parameter, List<Point> points, ToDoubleFunction<Point> figure) {
    List<Value> values = new ArrayList<>();
    Map<Value, List<Point>> byValue = new LinkedHashMap<>();
    for (Point p : points) {
      p.value(parameter).ifPresent(v -> byValue.computeIfAbsent(v, k -> new ArrayList<>()).add(p));
    }
    values.addAll(byValue.keySet());
    values.sort(ORDER);
    List<List<Value>> groups = groups(values);
    List<Level> levels = new ArrayList<>();
    double mean = points.stream().mapToDouble(figure).average().orElse(0);
    double all = points.stream().mapToDouble(p -> square(figure.applyAsDouble(p) - mean)).sum();
    double between = 0;
    for (List<Value> group : groups) {
      List<Point> of =
          group.stream().flatMap(v -> byValue.getOrDefault(v, List.of()).stream()).toList();
      double own = of.stream().mapToDouble(figure).average().orElse(0);
      between += of.size() * square(own - mean);
      levels.add(new Level(label(group), of.size(), own));
    }
    boolean told = points.size() >= 2 * levels.size() && all > 0;
    return new Effect(
        parameter,
        told ? OptionalDouble.of(Math.min(1, between / all)) : OptionalDouble.empty(),
        levels);
  }

  /** Numbers by size, then words by their letters. */
  private static final Comparator<Value> ORDER =
      Comparator.comparing((Value v) -> v instanceof Value.Word)
          .thenComparingDouble(v -> v instanceof Value.Amount a ? a.number() : 0)
          .thenComparing(Value::toString);

  /** Each value for itself, or many numbers in groups of about as many values each. */
  private static List<List<Value>> groups(List<Value> values) {
    boolean numbers = values.stream().allMatch(Value.Amount.class::isInstance);
    if (values.size() <= MOST_LEVELS || !numbers) {
      return values.stream().map(List::of).toList();
    }
    List<List<Value>> groups = new ArrayList<>();
    var starts = new TreeSet<Integer>();
    for (int g = 0; g <= GROUPS; g++) {
      starts.add(g * values.size() / GROUPS);
    }
    int start = starts.removeFirst();
    for (int end : starts) {
      groups.add(values.subList(start, end));
      start = end;
    }
    return groups;
  }

  private static String label(List<Value> group) {
    return group.size() == 1
        ? group.getFirst().toString()
        : shortly(group.getFirst()) + " to " + shortly(group.getLast());
  }

  /** With four digits. */
  private static String shortly(Value value) {
    return switch (value) {
      case Value.Word w -> w.word();
      case Value.Amount a ->
          new BigDecimal(a.number()).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    };
  }

  private static double square(double x) {
    return x * x;
  }
}
