package org.einloom.explore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A point that is finished, whatever came of it.
 *
 * @param number in the order in which the study came to its points, from 0
 * @param point its values
 * @param outcome what came of it
 */
public record PointResult(long number, Point point, Outcome outcome) {
  /** What came of a point. */
  public sealed interface Outcome {
    /** The name used in files. */
    default String status() {
      return switch (this) {
        case Evaluated e -> "evaluated";
        case Cut c -> "cut";
        case Infeasible i -> "infeasible";
      };
    }
  }

  /**
   * It was mapped.
   *
   * @param areaUm2 of the design
   * @param measures by label, what it is judged by ({@link Study#measures})
   * @param broken the limits of the study that it does not keep to, as they were written; empty for
   *     a point that may be an answer
   * @param workloads what each costs
   */
  public record Evaluated(
      double areaUm2,
      SequencedMap<String, Double> measures,
      List<String> broken,
      List<WorkloadFigures> workloads)
      implements Outcome {
    public Evaluated {
      measures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(measures));
      broken = List.copyOf(broken);
      workloads = List.copyOf(workloads);
    }

    /** Energy in pJ of all workloads, each times its weight. */
    public double energyPj() {
      return workloads.stream().mapToDouble(w -> w.weight() * w.energyPj()).sum();
    }

    /** Latency in s of all workloads, each times its weight. */
    public double latencyS() {
      return workloads.stream().mapToDouble(w -> w.weight() * w.latencyS()).sum();
    }

    /** Whether nothing is better for any layer, by what the mappings are chosen for. */
    public boolean proven() {
      return workloads.stream().flatMap(w -> w.layers().stream()).allMatch(LayerFigures::proven);
    }
  }

  /**
   * It was not mapped, as no mapping could have made it an answer.
   *
   * @param areaUm2 of the design
   * @param bounds by label, a bound of each measure of which there is one: no mapping has less, or
   *     more of what is to be large
   * @param reason the limit that a bound is beyond, or {@code dominated}
   * @param by the id of a point that is at least as good as the bounds in everything; empty where a
   *     limit is the reason
   */
  public record Cut(double areaUm2, SequencedMap<String, Double> bounds, String reason, String by)
      implements Outcome {
    public Cut {
      bounds = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bounds));
    }
  }

  /**
   * There is no such design, or a layer has no mapping on it.
   *
   * @param reason why
   */
  public record Infeasible(String reason) implements Outcome {}
}
