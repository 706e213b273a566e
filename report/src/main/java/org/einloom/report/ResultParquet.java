package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.jspecify.annotations.Nullable;

/**
 * A result as a Parquet table, for data frames and databases: the rows of {@link ResultCsv}, with
 * the figures of their layers and components beside them.
 */
public final class ResultParquet {
  /** What is known where a row is made. */
  private record Row(NetworkResult result, LayerResult layer, ComponentCost cost, Charge charge) {
    Evaluation evaluation() {
      return layer.evaluation();
    }
  }

  /** A value of a row. */
  @FunctionalInterface
  private interface Cell {
    @Nullable Object of(Row row);
  }

  private record Field(ParquetColumn column, Cell cell) {}

  private final List<Field> fields = new ArrayList<>();

  private ResultParquet() {
    text("workload", r -> r.result().workload());
    text("architecture", r -> r.result().design().first().name());
    text("layer", r -> r.layer().layer().name());
    text("operator", r -> r.layer().layer().operator());
    add("repeats", ParquetColumn.Type.INT64, false, r -> r.layer().repeats());
    add("macs", ParquetColumn.Type.INT64, false, r -> r.layer().layer().macs());
    add("operations", ParquetColumn.Type.INT64, false, r -> r.layer().layer().operations());
    add("cycles", ParquetColumn.Type.INT64, false, r -> r.evaluation().cycles());
    add("latencyS", ParquetColumn.Type.DOUBLE, false, r -> r.evaluation().latencyS());
    add(
        "utilization",
        ParquetColumn.Type.DOUBLE,
        true,
        r -> Json.orNull(r.evaluation().utilization()));
    add("boundBy", ParquetColumn.Type.TEXT, true, r -> r.evaluation().boundBy().orElse(null));
    text("component", r -> r.cost().node().name());
    add("instances", ParquetColumn.Type.INT64, false, r -> r.cost().instances());
    add("componentCycles", ParquetColumn.Type.DOUBLE, false, r -> r.cost().latencyCycles());
    add("tensor", ParquetColumn.Type.TEXT, true, r -> r.charge().tensor().orElse(null));
    text("action", r -> r.charge().action());
    add("count", ParquetColumn.Type.DOUBLE, false, r -> r.charge().count());
    add("energyPjPerAction", ParquetColumn.Type.DOUBLE, false, r -> r.charge().cost().value());
    add("energyPj", ParquetColumn.Type.DOUBLE, false, r -> r.charge().energyPj());
    text("source", r -> r.charge().cost().source());
    add("assumption", ParquetColumn.Type.BOOLEAN, false, r -> r.charge().cost().assumption());
  }

  private void text(String name, Cell cell) {
    add(name, ParquetColumn.Type.TEXT, false, cell);
  }

  private void add(String name, ParquetColumn.Type type, boolean optional, Cell cell) {
    fields.add(new Field(new ParquetColumn(name, type, optional), cell));
  }

  /**
   * The whole table.
   *
   * @param version of Einloom, which the file names as its writer
   */
  public static byte[] write(NetworkResult result, String version) {
    var table = new ResultParquet();
    for (LayerResult l : result.layers()) {
      for (ComponentCost c : l.evaluation().components()) {
        c.charges().forEach(charge -> table.add(new Row(result, l, c, charge)));
      }
    }
    return ParquetFile.bytes(
        table.fields.stream().map(Field::column).toList(), "einloom version " + version);
  }

  private void add(Row row) {
    fields.forEach(f -> f.column().add(f.cell().of(row)));
  }
}
