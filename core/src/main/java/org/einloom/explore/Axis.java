package org.einloom.explore;

import java.util.HashSet;
import java.util.List;
import org.einloom.component.Value;
import org.einloom.workload.InvalidSpecException;

/**
 * One direction of a design space: a parameter with its values, or several parameters that change
 * together.
 *
 * @param names of the parameters, at least one
 * @param rows at least one; each with a value for each name
 */
public record Axis(List<String> names, List<List<Value>> rows) {
  public Axis {
    names = List.copyOf(names);
    rows = rows.stream().map(List::copyOf).toList();
    String shown = String.join(", ", names);
    if (names.isEmpty() || rows.isEmpty()) {
      throw new InvalidSpecException(
          "parameter '" + shown + "' has no value; expected one at least, as in [32, 64]");
    }
    var seen = new HashSet<List<Value>>();
    for (List<Value> row : rows) {
      if (row.size() != names.size()) {
        throw new InvalidSpecException(
            "a row of '%s' has %d values; expected %d, one for each"
                .formatted(shown, row.size(), names.size()));
      }
      if (!seen.add(row)) {
        throw new InvalidSpecException(
            "parameter '%s' has the value %s twice; expected each once"
                .formatted(shown, String.join(", ", row.stream().map(Value::toString).toList())));
      }
    }
  }

  /** One parameter. */
  public static Axis of(String name, List<Value> values) {
    return new Axis(List.of(name), values.stream().map(List::of).toList());
  }
}
