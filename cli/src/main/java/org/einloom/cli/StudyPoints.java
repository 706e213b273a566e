package org.einloom.cli;

import java.util.List;
import org.einloom.evolution.EvolvedPoints;
import org.einloom.explore.Method;
import org.einloom.explore.Study;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.explore.engine.PointSource;
import org.einloom.explore.engine.Survey;
import org.einloom.io.study.StudyFile;

/** Which points a study looks at, by its method. */
final class StudyPoints {
  private StudyPoints() {}

  /** The points; a search of a space that has no more than it may look at goes through it. */
  static PointSource of(Study study) {
    return switch (study.method()) {
      case Method.Factorial f -> ListedPoints.all(study.space());
      case Method.Random r -> ListedPoints.random(study.space(), r);
      case Method.Evolution e when e.points() >= study.space().size() ->
          ListedPoints.all(study.space());
      case Method.Evolution e -> new EvolvedPoints(study, e);
    };
  }

  /**
   * What there is to do; of a search, what the first generation is.
   *
   * @param whole whether to look at more points than it takes to find mistakes of the study
   */
  static Survey survey(StudyFile file, boolean whole) {
    PointSource source = of(file.study());
    if (source instanceof ListedPoints listed) {
      return Survey.of(file.study(), file.builder(), listed, whole);
    }
    var first = ListedPoints.of(source.next(List.of()));
    return Survey.of(file.study(), file.builder(), first, whole).of(source.most());
  }
}
