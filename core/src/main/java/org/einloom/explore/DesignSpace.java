package org.einloom.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.component.Value;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * The points that there could be: all combinations of the rows of the axes for which the conditions
 * hold.
 *
 * @param axes what is free
 * @param dependents what follows, each from axes and dependents before it
 * @param conditions all of them have to hold
 */
public record DesignSpace(List<Axis> axes, List<Dependent> dependents, List<Condition> conditions) {
  public DesignSpace {
    axes = List.copyOf(axes);
    dependents = List.copyOf(dependents);
    conditions = List.copyOf(conditions);
    var names = new HashSet<String>();
    for (String name : names(axes, dependents)) {
      if (!names.add(name)) {
        throw new InvalidSpecException("two parameters are called '" + name + "'");
      }
    }
    long size = 1;
    for (Axis axis : axes) {
      size = Checked.multiply(size, axis.rows().size(), "the number of points of the study");
    }
  }

  private static List<String> names(List<Axis> axes, List<Dependent> dependents) {
    List<String> names = new ArrayList<>();
    axes.forEach(a -> names.addAll(a.names()));
    dependents.forEach(d -> names.add(d.name()));
    return names;
  }

  /** The names of all parameters. */
  public List<String> names() {
    return names(axes, dependents);
  }

  /** How many combinations there are, whether conditions hold or not. */
  public long size() {
    long size = 1;
    for (Axis axis : axes) {
      size *= axis.rows().size();
    }
    return size;
  }

  /**
   * A combination; the last axis changes fastest.
   *
   * @param number from 0 to {@link #size} - 1
   * @return empty where a condition does not hold
   */
  public Optional<Point> point(long number) {
    return point(rows(number));
  }

  private int[] rows(long number) {
    int[] rows = new int[axes.size()];
    long rest = number;
    for (int i = rows.length - 1; i >= 0; i--) {
      int n = axes.get(i).rows().size();
      rows[i] = (int) (rest % n);
      rest /= n;
    }
    return rows;
  }

  /**
   * A combination.
   *
   * @param rows by axis, the number of its row
   * @return empty where a condition does not hold
   */
  public Optional<Point> point(int[] rows) {
    SequencedMap<String, Value> values = values(rows);
    return conditions.stream().allMatch(c -> c.holds(values))
        ? Optional.of(new Point(values))
        : Optional.empty();
  }

  /**
   * Conditions that hold for none of the first combinations.
   *
   * @param most so many are looked at
   */
  public List<Condition> neverHold(long most) {
    var never = new ArrayList<>(conditions);
    for (long number = 0; number < Math.min(most, size()) && !never.isEmpty(); number++) {
      SequencedMap<String, Value> values = values(rows(number));
      never.removeIf(c -> c.holds(values));
    }
    return never;
  }

  private SequencedMap<String, Value> values(int[] rows) {
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < rows.length; i++) {
      Axis axis = axes.get(i);
      for (int n = 0; n < axis.names().size(); n++) {
        values.put(axis.names().get(n), axis.rows().get(rows[i]).get(n));
      }
    }
    for (Dependent d : dependents) {
      values.put(d.name(), d.value(values));
    }
    return values;
  }
}
