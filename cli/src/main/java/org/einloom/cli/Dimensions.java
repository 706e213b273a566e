package org.einloom.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/** Extents that the command line gives dimensions which a model leaves open. */
final class Dimensions {
  private Dimensions() {}

  /** Reads arguments like {@code seq=128} or {@code tokens:1=128}. */
  static Map<String, Long> parse(List<String> arguments) {
    Map<String, Long> extents = new HashMap<>();
    for (String argument : arguments) {
      // Exporters name dimensions after the sums they are, so the last '=' is the one that counts.
      int equals = argument.lastIndexOf('=');
      String name = equals < 0 ? "" : argument.substring(0, equals).strip();
      long extent = extent(argument.substring(equals + 1).strip());
      if (name.isEmpty() || extent < 1) {
        throw new InvalidSpecException(
            "--dim %s: expected the name of a dimension and a whole number of at least 1, as in"
                    .formatted(Words.printable(argument))
                + " batch=8, or an input with an axis in place of the name, as in tokens:1=128");
      }
      Long other = extents.put(name, extent);
      if (other != null && other != extent) {
        throw new InvalidSpecException(
            "--dim gives %s the extents %d and %d".formatted(Words.quote(name), other, extent));
      }
    }
    return extents;
  }

  private static long extent(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
