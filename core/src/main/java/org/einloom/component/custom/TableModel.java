package org.einloom.component.custom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Given;
import org.einloom.component.Rate;
import org.einloom.component.Standing;
import org.einloom.component.Value;
import org.einloom.component.technology.Curve;
import org.einloom.workload.InvalidSpecException;

/**
 * A class given by a user's table. Between rows it interpolates along the attributes named for
 * that, one after the other, by a power law where all numbers are above 0 and on a straight line
 * otherwise; never beyond the rows. In all other attributes a row has to fit exactly.
 *
 * @param componentClass its name
 * @param file where the table is
 * @param attributes as the columns say
 * @param interpolated the attributes to interpolate along
 * @param rows at least one, no two alike; those of one component have one area and leakage
 */
public record TableModel(
    String componentClass,
    String file,
    List<Attribute> attributes,
    List<String> interpolated,
    List<TableRow> rows)
    implements ComponentModel {
  private static final int MOST_NAMED = 8;

  public TableModel {
    attributes = List.copyOf(attributes);
    interpolated = List.copyOf(interpolated);
    rows = List.copyOf(rows);
  }

  @Override
  public String description() {
    return "table of " + file;
  }

  @Override
  public String model() {
    return "table " + file;
  }

  @Override
  public Costs estimate(Attributes wanted) {
    List<TableRow> fitting = rows;
    for (Attribute a : attributes) {
      if (!interpolated.contains(a.name())) {
        fitting =
            exact(fitting, a, Optional.ofNullable(wanted.values().get(a.name())).orElseThrow());
      }
    }
    Set<String> names = new LinkedHashSet<>();
    fitting.forEach(r -> names.add(r.action()));
    var actions = new LinkedHashMap<String, ActionEstimate>();
    for (String name : names) {
      List<TableRow> of = fitting.stream().filter(r -> r.action().equals(name)).toList();
      actions.put(
          name,
          new ActionEstimate(
              derive(of, wanted, r -> OptionalDouble.of(r.energyPj()), name + " energy"),
              derive(of, wanted, TableRow::latencyNs, name + " latency"),
              width(wanted, name),
              Rate.onePerCycle()));
    }
    return new Costs(
        actions,
        derive(components(fitting, TableRow::areaUm2), wanted, TableRow::areaUm2, "area"),
        derive(components(fitting, TableRow::leakageUw), wanted, TableRow::leakageUw, "leakage"),
        List.of());
  }

  /** One row for each component, of those of its actions the first that gives the figure. */
  private static List<TableRow> components(
      List<TableRow> rows, Function<TableRow, OptionalDouble> column) {
    var one = new LinkedHashMap<Map<String, Value>, TableRow>();
    rows.forEach(r -> one.merge(r.attributes(), r, (a, b) -> column.apply(a).isPresent() ? a : b));
    return List.copyOf(one.values());
  }

  /** A compute moves no words; of everything else a column {@code width} says how many bits. */
  private static long width(Attributes wanted, String action) {
    return action.equals("compute") ? 0 : (long) wanted.optional("width").orElse(0);
  }

  private List<TableRow> exact(List<TableRow> from, Attribute a, Value wanted) {
    List<TableRow> fitting =
        from.stream().filter(r -> wanted.equals(r.attributes().get(a.name()))).toList();
    if (fitting.isEmpty()) {
      throw new InvalidSpecException(
          "table %s has no row of '%s' with '%s' %s and what else is wanted; expected %s"
              .formatted(file, componentClass, a.name(), shown(a, wanted), values(from, a)));
    }
    return fitting;
  }

  private static String values(List<TableRow> rows, Attribute a) {
    return rows.stream()
        .map(r -> shown(a, Optional.ofNullable(r.attributes().get(a.name())).orElseThrow()))
        .distinct()
        .limit(MOST_NAMED)
        .collect(Collectors.joining(", "));
  }

  private static String shown(Attribute a, Value v) {
    return v instanceof Value.Amount n ? a.shown(n.number()) : v.toString();
  }

  private Derivation derive(
      List<TableRow> of,
      Attributes wanted,
      Function<TableRow, OptionalDouble> column,
      String what) {
    if (of.stream().anyMatch(r -> column.apply(r).isEmpty())) {
      return Derivation.leftOut(what + " not given in " + file);
    }
    var lines = new TreeSet<Integer>();
    double value = interpolate(of, 0, wanted, column, lines);
    String where =
        (lines.size() == 1 ? "line " : "between lines ")
            + lines.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new Given(value, what + ", " + where, file, Standing.GIVEN, false, Optional.empty());
  }

  private double interpolate(
      List<TableRow> of,
      int next,
      Attributes wanted,
      Function<TableRow, OptionalDouble> column,
      Set<Integer> lines) {
    if (next == interpolated.size()) {
      TableRow row = of.getFirst();
      lines.add(row.line());
      return column.apply(row).orElseThrow();
    }
    String name = interpolated.get(next);
    double x = wanted.number(name);
    var xs = new TreeSet<Double>();
    of.forEach(r -> xs.add(number(r, name)));
    Double below = xs.floor(x);
    Double above = xs.ceiling(x);
    if (below == null || above == null) {
      throw new InvalidSpecException(
          "table %s ends before '%s' %s for what else is wanted; expected %s to %s"
              .formatted(file, name, Value.of(x), Value.of(xs.first()), Value.of(xs.last())));
    }
    List<Double> ends = new ArrayList<>();
    for (double end : new double[] {below, above}) {
      List<TableRow> at = of.stream().filter(r -> number(r, name) == end).toList();
      ends.add(interpolate(at, next + 1, wanted, column, lines));
      if (below.equals(above)) {
        return ends.getFirst();
      }
    }
    double[] from = {below, above};
    double[] to = {ends.getFirst(), ends.getLast()};
    boolean positive = from[0] > 0 && to[0] > 0 && to[1] > 0;
    return (positive ? Curve.powers(from, to) : Curve.linear(from, to)).at(x);
  }

  private static double number(TableRow row, String attribute) {
    return row.attributes().get(attribute) instanceof Value.Amount a ? a.number() : Double.NaN;
  }
}
