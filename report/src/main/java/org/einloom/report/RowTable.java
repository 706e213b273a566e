package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, and how each is found of what a row tells of.
 *
 * @param <R> what a row tells of
 */
final class RowTable<R> {
  private record Field<R>(
      String name, ParquetColumn.Type type, boolean optional, Function<R, @Nullable Object> cell) {}

  private final String name;
  private final List<Field<R>> fields = new ArrayList<>();

  RowTable(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  RowTable<R> text(String column, Function<R, String> cell) {
    fields.add(new Field<>(column, ParquetColumn.Type.TEXT, false, cell::apply));
    return this;
  }

  RowTable<R> count(String column, Function<R, Long> cell) {
    fields.add(new Field<>(column, ParquetColumn.Type.INT64, false, cell::apply));
    return this;
  }

  RowTable<R> number(String column, Function<R, Double> cell) {
    fields.add(new Field<>(column, ParquetColumn.Type.DOUBLE, false, cell::apply));
    return this;
  }

  RowTable<R> flag(String column, Function<R, Boolean> cell) {
    fields.add(new Field<>(column, ParquetColumn.Type.BOOLEAN, false, cell::apply));
    return this;
  }

  /** A column with values that may not be there. */
  RowTable<R> optional(String column, ParquetColumn.Type type, Function<R, @Nullable Object> cell) {
    fields.add(new Field<>(column, type, true, cell));
    return this;
  }

  List<String> columns() {
    return fields.stream().map(Field::name).toList();
  }

  /** Empty ones, to be filled. */
  List<ParquetColumn> parquet() {
    return fields.stream().map(f -> new ParquetColumn(f.name(), f.type(), f.optional())).toList();
  }

  /** The values of a row, null where there is none. */
  List<@Nullable Object> row(R of) {
    List<@Nullable Object> row = new ArrayList<>();
    fields.forEach(f -> row.add(f.cell().apply(of)));
    return row;
  }
}
