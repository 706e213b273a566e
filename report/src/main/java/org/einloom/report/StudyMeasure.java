package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.einloom.component.Value;
import org.einloom.explore.Measure;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.StudyBrief;
import org.jspecify.annotations.Nullable;

/**
 * A figure by which a page sets points against each other.
 *
 * @param label as in the study
 * @param unit of its values; empty for a column of a user's table
 */
record StudyMeasure(String label, String unit) {

  /** Those that Einloom computes of every point, and what else points are judged by. */
  static List<StudyMeasure> of(StudyResults results) {
    Set<String> labels = new LinkedHashSet<>(Measure.COMPUTED);
    results.entries().stream()
        .flatMap(
            e ->
                e.result().outcome() instanceof Evaluated v
                    ? v.measures().keySet().stream()
                    : Stream.of())
        .forEach(labels::add);
    List<StudyMeasure> measures = new ArrayList<>();
    for (String label : labels) {
      int of = label.indexOf(" of ");
      String name = of < 0 ? label : label.substring(0, of);
      measures.add(new StudyMeasure(label, Measure.of(name).unit()));
    }
    return measures;
  }

  /** Whether more is better. */
  boolean more(StudyBrief brief) {
    return Stream.concat(brief.objectives().stream(), brief.budgets().stream().map(b -> b.best()))
        .anyMatch(g -> g.measure().label().equals(label) && g.maximise());
  }

  /** Of a point: of one that was cut, its bound; null where there is none. */
  @Nullable Double value(PointResult result) {
    Double value =
        switch (result.outcome()) {
          case Evaluated e ->
              switch (label) {
                case Measure.AREA -> (Double) e.areaUm2();
                case Measure.ENERGY -> (Double) e.energyPj();
                case Measure.LATENCY -> (Double) e.latencyS();
                case Measure.EDP -> orNull(PointColumns.rates(e).energyDelayPjS());
                case Measure.POWER -> orNull(PointColumns.rates(e).powerW());
                default -> e.measures().get(label);
              };
          case Cut c -> label.equals(Measure.AREA) ? (Double) c.areaUm2() : c.bounds().get(label);
          case Infeasible i -> null;
        };
    return value == null || !Double.isFinite(value) ? null : value;
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  /** A value of a parameter as JSON has it. */
  static Object plain(Value value) {
    return switch (value) {
      case Value.Amount a -> Double.isFinite(a.number()) ? (Object) a.number() : a.toString();
      case Value.Word w -> w.word();
    };
  }
}
