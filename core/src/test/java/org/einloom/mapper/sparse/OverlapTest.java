package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.einloom.counts.Counts;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What moves of operands whose tiles overlap: as the dense model counts it, which the simulator
 * agrees with; and no less further in.
 */
class OverlapTest {
  private static final int MAPPINGS = 100;

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"WINDOWS", "PADDED"})
  @DisplayName("words that enter and that are asked for are those of the model")
  void asTheModel(Family family) {
    long seed = Explored.seed("overlapping tiles of " + family);
    int windows = 0;
    for (int i = 0; i < MAPPINGS; i++, seed++) {
      RandomSparse p = RandomSparse.draw(seed, family);
      Problem problem = Explored.problem(p);
      State s = Explored.mapping(problem, new SplittableRandom(seed)).orElse(null);
      if (s == null) {
        continue;
      }
      LoopTree tree = Realized.mappings(s).getFirst();
      Counts counts = DenseModel.analyze(p.einsum(), p.architecture(), tree).counts();
      for (int t = 0; t < problem.result; t++) {
        if (problem.placed(t) || (problem.ranks[t].windows && !hasGaps(s, t))) {
          compare(problem, s, t, counts, "seed " + seed + " " + tree);
          windows++;
        }
      }
    }
    assertThat(windows).isGreaterThan(MAPPINGS / 8);
  }

  private static boolean hasGaps(State s, int t) {
    for (int k = 0; k < s.placed(t); k++) {
      if (s.structure.problem.ranks[t].extents(s.valuesBelow(t, k)) == null) {
        return true;
      }
    }
    return false;
  }

  private static void compare(Problem problem, State s, int t, Counts counts, String as) {
    String name = problem.tensors.get(t).name();
    int[] chain = s.structure.chain[t];
    var link = new Link(problem, new Odds(problem));
    for (int k = 1; k <= chain.length; k++) {
      link.need(s, t, k);
      link.operand(s, t, k, Double.NaN, Double.POSITIVE_INFINITY, false);
      if (k < chain.length) {
        double fills = counts.component(problem.node(chain[k]).name()).total(name).fills();
        assertThat(link.entries).as(as + " enters " + k).isCloseTo(fills, within(1e-6));
      }
      int[] between = s.structure.between[t][k];
      for (int i = 0; i <= between.length; i++) {
        var node = problem.node(i < between.length ? between[i] : chain[k - 1]);
        double reads = counts.component(node.name()).total(name).reads();
        assertThat(link.words[i]).as(as + " of " + node.name()).isCloseTo(reads, within(1e-6));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"WINDOWS", "PADDED"})
  @DisplayName("a place is filled with no less than any further out would be")
  void noLessFurtherIn(Family family) {
    long seed = Explored.seed("overlapping tiles further in of " + family);
    int compared = 0;
    for (int i = 0; i < MAPPINGS; i++, seed++) {
      RandomSparse p = RandomSparse.draw(seed, family);
      Problem problem = Explored.problem(p);
      State s = Explored.mapping(problem, new SplittableRandom(seed)).orElse(null);
      if (s == null) {
        continue;
      }
      var overlap = new Overlap(problem);
      for (int t = 0; t < problem.result; t++) {
        int[] chain = s.structure.chain[t];
        for (int k = 1; k < chain.length && problem.ranks[t].windows; k++) {
          if (!problem.placed(t) && hasGaps(s, t)) {
            continue;
          }
          double known = Double.POSITIVE_INFINITY;
          for (int loops = s.above[t][k]; loops >= 0; loops--) {
            double words = overlap.words(s, t, loops, chain[k], 0, Double.POSITIVE_INFINITY);
            double held = problem.tileWords(t, s.valuesBelow(t, k));
            double kept = overlap.words(s, t, loops, chain[k], 0, held);
            double all = loops == s.above[t][k] ? words : known;
            assertThat(words).as("seed " + seed + " " + loops).isLessThanOrEqualTo(all);
            assertThat(kept).as("seed " + seed + " " + loops).isLessThanOrEqualTo(all);
            known = all;
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(MAPPINGS / 4);
  }

  @Test
  @DisplayName("padded computes ask for no less than is taken for granted of loops without places")
  void computes() {
    long seed = Explored.seed("words of computes");
    int compared = 0;
    for (int i = 0; i < MAPPINGS; i++, seed++) {
      RandomSparse p = RandomSparse.draw(seed, Family.PADDED);
      Problem problem = Explored.problem(p);
      var random = new SplittableRandom(seed);
      State s = Explored.mapping(problem, random).orElse(null);
      long merged = random.nextLong();
      for (int t = 0; s != null && t < problem.result; t++) {
        if (problem.placed(t)) {
          var overlap = new Overlap(problem);
          assertThat(overlap.atComputes(s, t, merged, false))
              .as("seed " + seed)
              .isLessThanOrEqualTo(overlap.atComputes(s, t, merged, true) * (1 + 1e-12));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(MAPPINGS / 8);
  }

  @Test
  @DisplayName("a sum of sets has at least as many values as is taken for tiles with gaps")
  void leastWords() {
    long seed = Explored.seed("words of tiles with gaps");
    for (int i = 0; i < MAPPINGS; i++, seed++) {
      var random = new SplittableRandom(seed);
      RandomSparse p = RandomSparse.draw(seed, Family.WINDOWS);
      Problem problem = Explored.problem(p);
      long[] values = new long[problem.variables];
      java.util.Arrays.setAll(values, v -> 1 + random.nextLong(problem.extent[v]));
      for (int t = 0; t < problem.result; t++) {
        double touched = 1;
        for (int r = 0; r < problem.ranks[t].variable.length; r++) {
          touched *= sums(problem.ranks[t], r, values);
        }
        double words = problem.ranks[t].words(values);
        assertThat(problem.ranks[t].leastWords(values))
            .as("seed " + seed)
            .isLessThanOrEqualTo(touched);
        assertThat(Double.isNaN(words) || words == touched).as("seed " + seed).isTrue();
      }
    }
  }

  private static double sums(Ranks ranks, int r, long[] values) {
    var sums = new java.util.HashSet<>(java.util.Set.of(0L));
    for (int i = 0; i < ranks.variable[r].length; i++) {
      var more = new java.util.HashSet<Long>();
      for (long x = 0; x < values[ranks.variable[r][i]]; x++) {
        for (long sum : sums) {
          more.add(sum + x * ranks.coefficient[r][i]);
        }
      }
      sums = more;
    }
    return sums.size();
  }
}
