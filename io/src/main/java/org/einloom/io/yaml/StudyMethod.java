package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.List;
import org.einloom.explore.Method;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;

/** Reads which points of its design space a study looks at. */
final class StudyMethod {
  static final Keys RANDOM =
      Keys.of(
          must("random", "positive", "How many points to draw"),
          may("seed", "number", "The same seed draws the same points; 1 if left out"));
  static final Keys EVOLUTION =
      Keys.of(
          must("evolution", "positive", "How many points to look at"),
          may("population", "positive", "Points of a generation; 32 if left out"),
          may("seed", "number", "The same seed breeds the same points; 1 if left out"));
  private static final String EXPECTED =
      "expected factorial, {random: 100, seed: 1} or {evolution: 500, seed: 1}";
  private static final List<String> KNOWN = List.of("factorial", "random", "evolution");
  private static final long MOST_POINTS = 10_000_000;
  private static final long MOST_EVOLVED = 200_000;
  private static final long MOST_SEED = 1_000_000_000_000L;
  private static final int LEAST_POPULATION = 4;
  private static final int MOST_POPULATION = 1_000;
  private static final int USUAL_POPULATION = 32;

  private StudyMethod() {}

  static Method read(YamlNode node) {
    if (node instanceof YamlNode.Scalar s) {
      if (s.value().equals("factorial")) {
        return new Method.Factorial();
      }
      throw node.at()
          .error(
              "'method' is " + Words.quote(s.value()),
              EXPECTED,
              KNOWN.contains(s.value()) ? "" : Words.didYouMean(s.value(), KNOWN));
    }
    List<String> keys =
        node instanceof YamlNode.Mapping m
            ? m.entries().stream().map(e -> e.key().value()).toList()
            : List.of();
    if (keys.contains("random")) {
      Fields fields = Fields.of(node, "'method'", RANDOM);
      return new Method.Random(whole(fields, "random", 1, MOST_POINTS), seed(fields));
    }
    if (keys.contains("evolution")) {
      return evolution(Fields.of(node, "'method'", EVOLUTION));
    }
    throw node.at()
        .error(
            keys.isEmpty()
                ? "'method' says nothing"
                : "'method' has the unknown key " + Words.quote(keys.getFirst()),
            EXPECTED,
            keys.stream().findFirst().map(k -> Words.didYouMean(k, KNOWN)).orElse(""));
  }

  private static Method evolution(Fields fields) {
    long population =
        fields
            .optional("population")
            .map(n -> Values.integer(n, "population", LEAST_POPULATION, MOST_POPULATION))
            .orElse((long) USUAL_POPULATION);
    long points = whole(fields, "evolution", LEAST_POPULATION, MOST_EVOLVED);
    return new Method.Evolution(points, (int) Math.min(population, points), seed(fields));
  }

  private static long whole(Fields fields, String key, long least, long most) {
    return Values.integer(fields.required(key, key + ": 100"), key, least, most);
  }

  private static long seed(Fields fields) {
    return fields.optional("seed").map(n -> Values.integer(n, "seed", 0, MOST_SEED)).orElse(1L);
  }
}
