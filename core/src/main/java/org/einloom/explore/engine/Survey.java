package org.einloom.explore.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.Study;
import org.einloom.explore.engine.Drafts.Draft;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.workload.InvalidSpecException;

/**
 * What there is to do for a study.
 *
 * @param points how many
 * @param looked how many of these were looked at
 * @param impossible of these, how many are no designs
 * @param beyond of these, how many are beyond a limit whatever the mapping
 * @param why what is wrong with the first that is no design
 * @param layers distinct layers of the others, each with each design
 * @param problems how many different mapping problems these are
 */
public record Survey(
    long points,
    long looked,
    long impossible,
    Optional<String> why,
    long beyond,
    long layers,
    long problems) {
  /** Points that are looked at where the whole is wanted. */
  private static final int MOST = 5_000;

  /** So many points in a row that are no designs are a mistake in the study. */
  private static final int ENOUGH = 32;

  /**
   * Looks at the points, and at few of them if the whole is not wanted.
   *
   * @throws InvalidSpecException if the first points are all no designs, with what is wrong with
   *     the first
   */
  public static Survey of(Study study, PointBuilder builder, ListedPoints points, boolean whole) {
    var judge = new Judge(study);
    var drafts = new Drafts(study, builder, judge);
    Set<MappingProblem> problems = new HashSet<>();
    Optional<String> first = Optional.empty();
    long looked = 0;
    long impossible = 0;
    long beyond = 0;
    long layers = 0;
    for (Point p : points.points()) {
      boolean some = looked > impossible;
      if (looked == MOST || (!whole && some)) {
        break;
      }
      looked++;
      switch (drafts.of(p)) {
        case Draft.Impossible i -> {
          impossible++;
          first = first.or(() -> Optional.of(i.reason()));
        }
        case Draft.Open o -> {
          if (drafts.cut(o, new Front()).isPresent()) {
            beyond++;
          } else {
            for (List<Layers.Task> workload : o.tasks()) {
              layers += workload.size();
              workload.forEach(
                  t -> t.paths().forEach(path -> problems.add(path.canonical().problem())));
            }
          }
        }
      }
      if (impossible == looked && (looked == ENOUGH || looked == points.most())) {
        throw new InvalidSpecException(first.orElse(""));
      }
    }
    return new Survey(points.most(), looked, impossible, first, beyond, layers, problems.size());
  }

  /** The same of the first of so many points. */
  public Survey of(long all) {
    return new Survey(all, looked, impossible, why, beyond, layers, problems);
  }
}
