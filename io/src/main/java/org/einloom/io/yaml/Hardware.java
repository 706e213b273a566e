package org.einloom.io.yaml;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Scalar;

/**
 * The names that constraints can use.
 *
 * @param design where they are looked up; when empty, all are taken as they are
 */
record Hardware(Optional<Design> design) {
  /** The name of a memory. */
  String memory(Scalar key) {
    design.ifPresent(
        d ->
            check(
                key,
                "memory",
                all(d).flatMap(a -> a.memories().stream()).map(Memory::name).distinct().toList()));
    return Values.name(key, "memory");
  }

  /** The name of a fanout. */
  String fanout(Scalar key) {
    design.ifPresent(
        d ->
            check(
                key,
                "fanout",
                all(d).flatMap(a -> a.fanouts().stream()).map(Fanout::name).distinct().toList()));
    return Values.name(key, "fanout");
  }

  /** The name of a dimension of a fanout that is known. */
  String dimension(String fanout, Scalar key) {
    design.stream()
        .flatMap(Hardware::all)
        .flatMap(a -> a.fanouts().stream())
        .filter(f -> f.name().equals(fanout))
        .findFirst()
        .ifPresent(
            f ->
                check(
                    key,
                    "dimension of " + Words.quote(fanout),
                    f.dimensions().stream().map(Fanout.Dimension::name).toList()));
    return Values.name(key, "dimension");
  }

  private static Stream<Architecture> all(Design design) {
    return design.paths().stream();
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
