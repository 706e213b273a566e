package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.einloom.component.Attribute;
import org.einloom.component.Kind;
import org.einloom.component.Value;
import org.einloom.component.custom.TableModel;
import org.einloom.component.custom.TableRow;
import org.einloom.io.input.Csv;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.workload.Counted;

/**
 * Reads tables of costs: a line of names, {@code class, ATTRIBUTE..., action, energy, latency,
 * area, leakage}, and a row for each component and action, values with their units.
 */
final class TableReader {
  private static final String CLASS = "class";
  private static final String ACTION = "action";
  private static final String ENERGY = "energy";
  private static final List<String> FIGURES = List.of(ENERGY, "latency", "area", "leakage");
  private static final int LONGEST_NAME = 100;

  private final Source source;
  private final List<Csv.Cell> header;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();

  private TableReader(Source source, List<Csv.Cell> header) {
    this.source = source;
    this.header = header;
  }

  /** The classes that the column {@code class} names. */
  static List<TableModel> read(Source source, List<String> interpolate) {
    return read(source, Optional.empty(), interpolate, Position.of(source.name()));
  }

  /**
   * The class of that name: all rows, or those that name it.
   *
   * @param at where the attributes to interpolate along are named
   */
  static TableModel read(Source source, String name, List<String> interpolate, Position at) {
    return read(source, Optional.of(name), interpolate, at).getFirst();
  }

  private static List<TableModel> read(
      Source source, Optional<String> wanted, List<String> interpolate, Position at) {
    List<List<Csv.Cell>> lines = Csv.read(source);
    if (lines.size() < 2) {
      throw Position.of(source.name())
          .error("a table without rows", "expected a line of names, then rows");
    }
    var reader = new TableReader(source, lines.getFirst());
    reader.readHeader(wanted.isEmpty());
    var rows = new LinkedHashMap<String, List<TableRow>>();
    for (List<Csv.Cell> line : lines.subList(1, lines.size())) {
      reader.readRow(line, wanted, rows);
    }
    for (String name : interpolate) {
      Attribute a = reader.attributes.get(name);
      if (a == null || a.kind() == Kind.WORD) {
        throw at.error(
            "cannot interpolate along " + Words.quote(name),
            "expected a column of numbers of " + source.name(),
            Words.didYouMean(name, reader.attributes.keySet()));
      }
    }
    if (wanted.isPresent() && rows.isEmpty()) {
      throw at.error(source.name() + " has no row of class " + Words.quote(wanted.get()));
    }
    List<TableModel> models = new ArrayList<>();
    rows.forEach((name, of) -> models.add(reader.model(name, of, interpolate)));
    return models;
  }

  private void readHeader(boolean classNeeded) {
    for (int i = 0; i < header.size(); i++) {
      Csv.Cell cell = header.get(i);
      if (cell.text().isEmpty() || cell.text().length() > LONGEST_NAME) {
        throw cell.at().error("column " + (i + 1) + " has no name");
      }
      if (columns.put(cell.text(), i) != null) {
        throw cell.at().error("a second column " + Words.quote(cell.text()));
      }
    }
    for (String needed : List.of(CLASS, ACTION, ENERGY)) {
      if (!columns.containsKey(needed) && (classNeeded || !needed.equals(CLASS))) {
        throw header
            .getFirst()
            .at()
            .error(
                "the table has no column '" + needed + "'",
                "expected class, attributes, action, energy; latency, area, leakage if known",
                Words.didYouMean(needed, columns.keySet()));
      }
    }
  }

  private void readRow(
      List<Csv.Cell> line, Optional<String> wanted, Map<String, List<TableRow>> rows) {
    if (line.size() != header.size()) {
      throw line.getFirst()
          .at()
          .error(
              Counted.of(line.size(), "value") + " for " + Counted.of(header.size(), "column"),
              "expected one each");
    }
    String name =
        columns.containsKey(CLASS) ? Values.name(scalar(line, CLASS), CLASS) : wanted.orElseThrow();
    if (wanted.isPresent() && !wanted.get().equals(name)) {
      return;
    }
    var values = new LinkedHashMap<String, Value>();
    for (String column : columns.keySet()) {
      if (!column.equals(CLASS) && !column.equals(ACTION) && !FIGURES.contains(column)) {
        values.put(column, value(column, scalar(line, column)));
      }
    }
    Position at = line.getFirst().at();
    var row =
        new TableRow(
            at.line(),
            values,
            Values.name(scalar(line, ACTION), ACTION),
            Quantity.read(scalar(line, ENERGY), ENERGY, Unit.ENERGY).asDouble(),
            figure(line, "latency", Unit.TIME, 1e9),
            figure(line, "area", Unit.AREA, 1),
            figure(line, "leakage", Unit.POWER, 1));
    List<TableRow> of = rows.computeIfAbsent(name, n -> new ArrayList<>());
    of.add(row);
  }

  private Value value(String column, Scalar cell) {
    Attribute any = attributes.computeIfAbsent(column, c -> DeclaredAttribute.any(c, cell));
    return AttributeReader.read(any, cell);
  }

  private OptionalDouble figure(List<Csv.Cell> line, String column, Unit unit, double factor) {
    Integer index = columns.get(column);
    if (index == null || line.get(index).text().isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Quantity.read(scalar(line, column), column, unit).asDouble() * factor);
  }

  private Scalar scalar(List<Csv.Cell> line, String column) {
    Csv.Cell cell = line.get(Optional.ofNullable(columns.get(column)).orElseThrow());
    return new Scalar(cell.text(), false, false, cell.at(), cell.at());
  }

  private TableModel model(String name, List<TableRow> rows, List<String> interpolate) {
    var seen = new HashMap<Map<String, Value>, Set<String>>();
    for (TableRow row : rows) {
      if (!seen.computeIfAbsent(row.attributes(), a -> new LinkedHashSet<>()).add(row.action())) {
        throw new Position(source.name(), row.line(), 1)
            .error(
                "a second row of " + Words.quote(name) + " for the same attributes and action",
                "expected one");
      }
    }
    checkAgreement(rows, "area", TableRow::areaUm2);
    checkAgreement(rows, "leakage", TableRow::leakageUw);
    List<Attribute> bounded = attributes.values().stream().map(a -> bounded(a, rows)).toList();
    return new TableModel(name, source.name(), bounded, interpolate, rows);
  }

  /** Rows for the actions of one component cannot differ in what the component has once. */
  private void checkAgreement(
      List<TableRow> rows, String column, Function<TableRow, OptionalDouble> figure) {
    var first = new HashMap<Map<String, Value>, TableRow>();
    for (TableRow row : rows) {
      if (figure.apply(row).isEmpty()) {
        continue;
      }
      TableRow known = first.computeIfAbsent(row.attributes(), a -> row);
      if (!figure.apply(known).equals(figure.apply(row))) {
        throw new Position(source.name(), row.line(), 1)
            .error(
                "another '%s' than in line %d, of the same component"
                    .formatted(column, known.line()),
                "expected the same, or nothing: '%s' is that of the whole component"
                    .formatted(column));
      }
    }
  }

  /** An attribute with the words or bounds that the rows have. */
  private static Attribute bounded(Attribute a, List<TableRow> rows) {
    String what = "column " + a.name();
    var values =
        rows.stream().map(r -> Optional.ofNullable(r.attributes().get(a.name())).orElseThrow());
    if (a.kind() == Kind.WORD) {
      return Attribute.word(a.name(), values.map(Value::toString).distinct().toList(), what);
    }
    var range = values.mapToDouble(v -> ((Value.Amount) v).number()).summaryStatistics();
    return Attribute.number(a.name(), a.kind(), range.getMin(), range.getMax(), what);
  }
}
