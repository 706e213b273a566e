package org.einloom.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/** Accuracies in percent that the command line gives to results. */
record Accuracy(Map<String, Double> byFile) {

  /**
   * Reads arguments like {@code result.json=76.1}.
   *
   * @param files that they may be of
   */
  static Accuracy parse(List<String> arguments, List<String> files) {
    Map<String, Double> byFile = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.lastIndexOf('=');
      String file = equals < 0 ? argument : argument.substring(0, equals);
      if (!files.contains(file)) {
        throw new InvalidSpecException(
            "--accuracy %s: %s is not among the results; expected one of %s%s"
                .formatted(
                    Words.printable(argument),
                    Words.quote(file),
                    Words.list(files),
                    Names.guess(file, files)));
      }
      if (byFile.put(file, percent(argument, equals)) != null) {
        throw new InvalidSpecException(
            "--accuracy gives " + Words.quote(file) + " two accuracies; give one");
      }
    }
    return new Accuracy(Map.copyOf(byFile));
  }

  private static double percent(String argument, int equals) {
    try {
      double percent = equals < 0 ? -1 : Double.parseDouble(argument.substring(equals + 1));
      if (percent >= 0 && percent <= 100) {
        return percent;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidSpecException(
        "--accuracy %s: expected a percentage from 0 to 100, as in result.json=76.1"
            .formatted(Words.printable(argument)));
  }

  OptionalDouble of(String file) {
    Double percent = byFile.get(file);
    return percent == null ? OptionalDouble.empty() : OptionalDouble.of(percent);
  }
}
