package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity.Held;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The formats of one mapping, chosen tensor by tensor with worse ones left out: the best of every
 * choice, each counted by the model.
 */
class FormatChoiceTest {
  private static final int MAPPINGS = 40;
  private static final int LEAST = 3;

  @ParameterizedTest(name = "{0}")
  @DisplayName("a format that another is no worse than never makes a mapping better")
  @EnumSource
  void best(Family family) {
    long seed = Explored.seed("formats of " + family);
    int compared = 0;
    // few mappings of some families are counted: more are drawn then
    for (int i = 0; i < MAPPINGS || (compared < LEAST && i < 40 * MAPPINGS); i++, seed++) {
      RandomSparse p = RandomSparse.draw(seed, family);
      if (!p.searched()) {
        continue;
      }
      Problem problem = Explored.problem(p);
      State s = Explored.mapping(problem, new SplittableRandom(seed)).orElse(null);
      if (s == null) {
        continue;
      }
      double found = Explored.best(p, new Pricer(problem), s);
      // ways to write a mapping can differ where it matters which words an instance has
      List<LoopTree> trees = Realized.mappings(s);
      double least = trees.stream().mapToDouble(tree -> least(p, s, tree)).min().orElseThrow();
      if (least < Double.POSITIVE_INFINITY) {
        assertThat(found).as("seed " + seed + " " + trees).isCloseTo(least, within(1e-9 * least));
        compared++;
      }
    }
    assertThat(compared).as("mappings that are counted").isGreaterThanOrEqualTo(LEAST);
  }

  private static double least(RandomSparse p, State s, LoopTree tree) {
    List<Held> held = List.copyOf(p.choices().formats().keySet());
    return least(p, s, tree, held, new HashMap<>());
  }

  private static double least(
      RandomSparse p, State s, LoopTree tree, List<Held> held, Map<Held, TensorFormat> chosen) {
    if (chosen.size() == held.size()) {
      double value = Explored.value(p, tree, s.structure.variant.with(p.einsum(), chosen));
      return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
    Held next = held.get(chosen.size());
    double least = Double.POSITIVE_INFINITY;
    for (TensorFormat f : p.choices().formats().getOrDefault(next, List.of())) {
      chosen.put(next, f);
      least = Math.min(least, least(p, s, tree, held, chosen));
      chosen.remove(next);
    }
    return least;
  }
}
