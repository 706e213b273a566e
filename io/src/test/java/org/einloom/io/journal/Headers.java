package org.einloom.io.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.StudyBrief;

/** First lines of journals. */
final class Headers {
  private Headers() {}

  /** Of a study of that name, with one part of that fingerprint. */
  static JournalHeader of(String name, String fingerprint) {
    var limit =
        new Limit(
            new Measure(Measure.LATENCY, Optional.of("w \u03bc\n\"")),
            Double.NEGATIVE_INFINITY,
            0.1,
            "at most");
    return new JournalHeader(
        new StudyBrief(
            name,
            "arch",
            List.of("w"),
            List.of(limit),
            List.of(new Budget("tight", List.of(limit), Goal.least(Measure.of(Measure.EDP)))),
            List.of(new Goal(Measure.of("accuracy"), true)),
            "edp",
            "all combinations"),
        "1",
        Map.of("the parameters", fingerprint));
  }
}
