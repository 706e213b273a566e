package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.component.Value;
import org.einloom.explore.Measure;
import org.einloom.explore.Point;
import org.einloom.io.input.Csv;
import org.einloom.io.input.Csv.Cell;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/** A user's table: by values of some parameters, what else is known of points, such as accuracy. */
public final class StudyTable {
  private final Source source;
  private final List<String> parameters = new ArrayList<>();
  private final List<String> measures = new ArrayList<>();
  private final Map<List<Value>, List<Double>> rows = new HashMap<>();

  private StudyTable(Source source) {
    this.source = source;
  }

  /**
   * Reads comma-separated values: the first row has the names of columns. Those that are parameters
   * of the study say for which values a row holds; the others are measures.
   *
   * @param parameters of the study
   */
  static StudyTable read(Source source, List<String> parameters) {
    var table = new StudyTable(source);
    List<List<Cell>> all = Csv.read(source);
    Position file = Position.of(source.name());
    if (all.size() < 2) {
      throw file.error(
          "the table has no row of values", "expected a row with names, then rows of values");
    }
    List<Cell> head = all.getFirst();
    table.columns(head, parameters);
    for (List<Cell> row : all.subList(1, all.size())) {
      table.row(head, row, parameters);
    }
    return table;
  }

  private void columns(List<Cell> head, List<String> known) {
    Set<String> seen = new HashSet<>();
    for (Cell c : head) {
      if (!c.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw c.at()
            .error(
                Words.quote(c.text()) + " is no name for a column",
                "expected letters, digits and '_', a letter first");
      }
      if (!seen.add(c.text())) {
        throw c.at().error("a second column named " + Words.quote(c.text()));
      }
      if (Measure.COMPUTED.contains(c.text())) {
        throw c.at()
            .error(
                Words.quote(c.text()) + " is what Einloom computes",
                "expected another name for what the table gives");
      }
      (known.contains(c.text()) ? parameters : measures).add(c.text());
    }
    if (parameters.isEmpty()) {
      throw head.getFirst()
          .at()
          .error(
              "no column is a parameter of the study",
              "its parameters are " + String.join(", ", known),
              Words.didYouMean(head.getFirst().text(), known));
    }
    if (measures.isEmpty()) {
      throw head.getFirst()
          .at()
          .error("all columns are parameters", "expected one with values, such as accuracy");
    }
  }

  private void row(List<Cell> head, List<Cell> row, List<String> known) {
    if (row.size() != head.size()) {
      throw row.getFirst()
          .at()
          .error("the row has %d values".formatted(row.size()), "expected " + head.size());
    }
    List<Value> key = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      Cell c = row.get(i);
      Optional<Double> number = StudyParameters.number(c.text());
      if (known.contains(head.get(i).text())) {
        key.add(number.map(Value::of).orElseGet(() -> Value.of(c.text())));
      } else if (number.isEmpty()) {
        throw c.at()
            .error(
                "'%s' is %s".formatted(head.get(i).text(), Words.quote(c.text())),
                "expected a number");
      } else {
        values.add(number.get());
      }
    }
    if (rows.put(key, values) != null) {
      throw row.getFirst().at().error("a second row for " + key);
    }
  }

  /** The measures that it gives. */
  public List<String> measures() {
    return List.copyOf(measures);
  }

  /** The parameters by which it goes. */
  List<String> parameters() {
    return List.copyOf(parameters);
  }

  /** All of it. */
  public String text() {
    return source.text();
  }

  /**
   * The measures of a point.
   *
   * @throws InvalidSpecException if it has no row for it
   */
  public Map<String, Double> of(Point point) {
    List<Value> key = parameters.stream().map(p -> point.value(p).orElseThrow()).toList();
    List<Double> row = rows.get(key);
    if (row == null) {
      var wanted = new LinkedHashMap<String, Value>();
      for (int i = 0; i < key.size(); i++) {
        wanted.put(parameters.get(i), key.get(i));
      }
      throw Position.of(source.name())
          .error(
              "the table has no row for " + Point.of(wanted),
              "add one, or rule the point out by a condition");
    }
    var values = new HashMap<String, Double>();
    for (int i = 0; i < measures.size(); i++) {
      values.put(measures.get(i), row.get(i));
    }
    return values;
  }
}
