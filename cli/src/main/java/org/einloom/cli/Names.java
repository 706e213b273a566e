package org.einloom.cli;

import java.util.List;
import java.util.stream.Stream;
import org.einloom.evaluation.Objective;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/** Names that options take. */
final class Names {
  private Names() {}

  static Objective objective(String name) {
    List<String> labels = Stream.of(Objective.values()).map(Objective::label).toList();
    return Stream.of(Objective.values())
        .filter(o -> o.label().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              String guess = Words.didYouMean(name, labels);
              return new InvalidSpecException(
                  "unknown objective %s; expected %s%s"
                      .formatted(
                          Words.quote(name),
                          String.join(", ", labels),
                          guess.isEmpty() ? "" : "; " + guess));
            });
  }
}
