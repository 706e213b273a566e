package org.einloom.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.einloom.component.Value;
import org.einloom.explore.Measure;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.network.Rates;
import org.jspecify.annotations.Nullable;

/** The columns of the table of points: what it is, its parameters, its figures, why it has none. */
final class PointColumns {
  private PointColumns() {}

  static RowTable<PointResult> of(StudyResults results) {
    RowTable<PointResult> figures = figures(new RowTable<>(""), results);
    Set<String> taken = new HashSet<>(Set.of("point", "number", "status"));
    figures.columns().forEach(c -> taken.add(c.toLowerCase(Locale.ROOT)));
    var table =
        new RowTable<PointResult>("point")
            .text("point", p -> p.point().id())
            .count("number", PointResult::number)
            .text("status", p -> p.outcome().status());
    results.parameters().forEach((name, kind) -> parameter(table, name, kind, taken));
    return figures(table, results);
  }

  /** A parameter whose name another column has is called {@code parameter_NAME}. */
  private static void parameter(
      RowTable<PointResult> table, String name, StudyResults.Kind kind, Set<String> taken) {
    String column = name;
    while (!taken.add(column.toLowerCase(Locale.ROOT))) {
      column = "parameter_" + column;
    }
    switch (kind) {
      case WORD ->
          table.optional(column, ParquetColumn.Type.TEXT, p -> value(p, name, Value::toString));
      case NUMBER ->
          table.optional(
              column, ParquetColumn.Type.DOUBLE, p -> value(p, name, PointColumns::number));
      case WHOLE ->
          table.optional(
              column, ParquetColumn.Type.INT64, p -> value(p, name, v -> number(v).longValue()));
    }
  }

  private static @Nullable Object value(
      PointResult p, String parameter, Function<Value, Object> shown) {
    return p.point().value(parameter).map(shown).orElse(null);
  }

  private static Double number(Value value) {
    return switch (value) {
      case Value.Amount a -> a.number();
      case Value.Word w -> throw new IllegalStateException(w.word() + " is no number");
    };
  }

  private static RowTable<PointResult> figures(RowTable<PointResult> table, StudyResults results) {
    Map<String, Boolean> proven = StudyTables.proven(results);
    table
        .optional("areaUm2", ParquetColumn.Type.DOUBLE, PointColumns::area)
        .optional("energyPj", ParquetColumn.Type.DOUBLE, evaluated(Evaluated::energyPj))
        .optional("latencyS", ParquetColumn.Type.DOUBLE, evaluated(Evaluated::latencyS))
        .optional(
            "energyDelayPjS",
            ParquetColumn.Type.DOUBLE,
            evaluated(e -> Json.orNull(rates(e).energyDelayPjS())))
        .optional(
            "powerW", ParquetColumn.Type.DOUBLE, evaluated(e -> Json.orNull(rates(e).powerW())));
    for (String label : results.given()) {
      table.optional(label, ParquetColumn.Type.DOUBLE, evaluated(e -> e.measures().get(label)));
    }
    return table
        .optional(
            "proven",
            ParquetColumn.Type.BOOLEAN,
            p -> p.outcome() instanceof Evaluated ? proven.get(p.point().id()) : null)
        .flag("onFront", p -> results.onFront(p.point().id()))
        .optional(
            "broken",
            ParquetColumn.Type.TEXT,
            evaluated(e -> e.broken().isEmpty() ? null : String.join("; ", e.broken())))
        .optional("reason", ParquetColumn.Type.TEXT, PointColumns::reason)
        .optional(
            "cutBy",
            ParquetColumn.Type.TEXT,
            p -> p.outcome() instanceof Cut c && !c.by().isEmpty() ? c.by() : null)
        .optional("boundEnergyPj", ParquetColumn.Type.DOUBLE, bound(Measure.ENERGY))
        .optional("boundLatencyS", ParquetColumn.Type.DOUBLE, bound(Measure.LATENCY))
        .optional("boundEnergyDelayPjS", ParquetColumn.Type.DOUBLE, bound(Measure.EDP))
        .optional("boundPowerW", ParquetColumn.Type.DOUBLE, bound(Measure.POWER));
  }

  /** What all workloads come to. */
  static Rates rates(Evaluated e) {
    return new Rates(0, e.energyPj(), e.latencyS());
  }

  static @Nullable Double area(PointResult p) {
    return switch (p.outcome()) {
      case Evaluated e -> e.areaUm2();
      case Cut c -> c.areaUm2();
      case Infeasible i -> null;
    };
  }

  static @Nullable String reason(PointResult p) {
    return switch (p.outcome()) {
      case Evaluated e -> null;
      case Cut c -> c.reason();
      case Infeasible i -> i.reason();
    };
  }

  private static Function<PointResult, @Nullable Object> evaluated(
      Function<Evaluated, @Nullable Object> cell) {
    return p -> p.outcome() instanceof Evaluated e ? cell.apply(e) : null;
  }

  private static Function<PointResult, @Nullable Object> bound(String measure) {
    return p -> p.outcome() instanceof Cut c ? c.bounds().get(measure) : null;
  }
}
