package org.einloom.cli;

import java.util.Collection;
import java.util.List;
import org.einloom.evaluation.Objective;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/** Names that a user gives. */
final class Names {
  private Names() {}

  /** {@code ; did you mean 'x'?}, or nothing, to end a message with. */
  static String guess(String given, Collection<String> known) {
    String guess = Words.didYouMean(given, known);
    return guess.isEmpty() ? "" : "; " + guess;
  }

  static Objective objective(String name) {
    List<String> labels = Objective.NAMED.stream().map(Objective::label).toList();
    return Objective.NAMED.stream()
        .filter(o -> o.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "unknown objective %s; expected %s%s"
                        .formatted(
                            Words.quote(name), String.join(", ", labels), guess(name, labels))));
  }
}
