package org.einloom.explore.engine;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.arch.Architecture;
import org.einloom.explore.Limit;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.PointBuilder.Candidate;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.Study;
import org.einloom.workload.InvalidSpecException;

/** What is known of points before anything is solved. */
final class Drafts {
  /** Why a point is cut that another one beats. */
  static final String DOMINATED = "dominated";

  private final Study study;
  private final PointBuilder builder;
  private final Judge judge;

  Drafts(Study study, PointBuilder builder, Judge judge) {
    this.study = study;
    this.builder = builder;
    this.judge = judge;
  }

  /** A point before it is solved. */
  sealed interface Draft {
    /** It is no design. */
    record Impossible(String reason) implements Draft {}

    /**
     * It is one.
     *
     * @param tasks by workload, its layers
     * @param bounds by label
     */
    record Open(
        Candidate candidate, List<List<Layers.Task>> tasks, SequencedMap<String, Double> bounds)
        implements Draft {
      /** The area of the design. */
      double areaUm2() {
        return candidate.design().first().areaUm2();
      }
    }
  }

  /** The draft of a point. */
  Draft of(Point point) {
    try {
      Candidate c = builder.build(point);
      List<List<Layers.Task>> tasks = Layers.of(study, c);
      Architecture a = c.design().first();
      var figures =
          new Judge.Figures(a.areaUm2(), a.leakageUw() * 1e-6, c.given(), Layers.floors(c, tasks));
      return new Draft.Open(c, tasks, judge.bounds(figures));
    } catch (InvalidSpecException e) {
      return new Draft.Impossible(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Why no mapping makes the point an answer.
   *
   * @param stakes the points that are known
   */
  Optional<Cut> cut(Draft.Open draft, Front stakes) {
    Optional<Limit> beyond = judge.beyond(draft.bounds());
    if (beyond.isPresent()) {
      return Optional.of(new Cut(draft.areaUm2(), draft.bounds(), beyond.get().origin(), ""));
    }
    return stakes
        .beats(judge.boundedStakes(draft.bounds()))
        .map(m -> new Cut(draft.areaUm2(), draft.bounds(), DOMINATED, m.point().id()));
  }

  /** The smaller, the more a point promises; infinite for what is no design. */
  double promise(Point point) {
    return switch (of(point)) {
      case Draft.Impossible i -> Double.POSITIVE_INFINITY;
      case Draft.Open o -> {
        double sum = 0;
        for (double cost : judge.objectives(o.bounds())) {
          sum += cost > 0 ? Math.log(cost) : 0;
        }
        yield sum;
      }
    };
  }
}
