package org.einloom.io.yaml;

import java.util.List;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;

/**
 * The names that constraints can use.
 *
 * @param architecture where they are looked up; when empty, all are taken as they are
 */
record Hardware(Optional<Architecture> architecture) {
  /** The name of a memory. */
  String memory(Scalar key) {
    architecture.ifPresent(
        a -> check(key, "memory", a.memories().stream().map(Memory::name).toList()));
    return Values.name(key, "memory");
  }

  /** The name of a fanout. */
  String fanout(Scalar key) {
    architecture.ifPresent(
        a -> check(key, "fanout", a.fanouts().stream().map(Fanout::name).toList()));
    return Values.name(key, "fanout");
  }

  /** The name of a dimension of a fanout that is known. */
  String dimension(String fanout, Scalar key) {
    architecture.stream()
        .flatMap(a -> a.fanouts().stream())
        .filter(f -> f.name().equals(fanout))
        .forEach(
            f ->
                check(
                    key,
                    "dimension of " + Words.quote(fanout),
                    f.dimensions().stream().map(Fanout.Dimension::name).toList()));
    return Values.name(key, "dimension");
  }

  private static void check(Scalar key, String what, List<String> known) {
    if (!known.contains(key.value())) {
      throw key.at()
          .error(
              Words.quote(key.value()) + " is no " + what + " of the architecture",
              known.isEmpty() ? "it has none" : "expected " + Words.list(known),
              Words.didYouMean(key.value(), known));
    }
  }
}
