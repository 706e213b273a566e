package org.einloom.mapper.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.testing.Seeds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one instance touches at least, against what it touches, word by word. */
class CompulsoryTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 300);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  @Test
  @DisplayName("no instance touches fewer words, wherever loops in space stand")
  void words() {
    int compared = 0;
    int halos = 0;
    for (long seed = SEED; compared < CASES && seed < SEED + 20L * CASES; seed++) {
      var random = Seeds.random(seed);
      RandomProblem p = RandomProblem.of(random, 200);
      var problem =
          new Problem(p.space(), p.architecture(), p.machine(), p.switches(), p.objective());
      Nest nest = SumsTest.some(p, random);
      if (nest == null) {
        continue;
      }
      compared++;
      for (int level = 0; level <= problem.levels; level++) {
        long[] outside = new long[problem.dims];
        java.util.Arrays.fill(outside, 1);
        for (int q = 0; q < level; q++) {
          for (Nest.Loop l : nest.levels().get(q).space()) {
            outside[problem.dim(l.dimension())] *= l.count();
          }
        }
        for (int t = 0; t < problem.tensors; t++) {
          int touched = touched(problem, nest, level, t).size();
          assertThat(Compulsory.words(problem, t, outside))
              .as("seed %d, level %d, %s, %s", seed, level, problem.tensorName[t], nest.levels())
              .isLessThanOrEqualTo(touched);
          halos += problem.plain[t] ? 0 : 1;
        }
      }
    }
    System.out.printf("CompulsoryTest: seed %d, %d compared, %d halos%n", SEED, compared, halos);
    assertThat(halos).isPositive();
  }

  /** The words of the first instance of a level: all loops run but those in space outside of it. */
  private static Set<List<Long>> touched(Problem problem, Nest nest, int level, int tensor) {
    Set<List<Long>> words = new HashSet<>();
    run(problem, nest, level, tensor, 0, 0, nest.extents(), new long[problem.dims], words);
    return words;
  }

  private static void run(
      Problem problem,
      Nest nest,
      int level,
      int tensor,
      int at,
      int loop,
      Map<String, Long> inside,
      long[] values,
      Set<List<Long>> words) {
    if (at == problem.levels) {
      long[][] by = problem.coefficient[tensor];
      Long[] word = new Long[by.length];
      for (int r = 0; r < word.length; r++) {
        word[r] = 0L;
        for (int d = 0; d < values.length; d++) {
          word[r] += by[r][d] * values[d];
        }
      }
      words.add(List.of(word));
      return;
    }
    List<Nest.Loop> loops = nest.levels().get(at).all();
    if (loop == loops.size()) {
      run(problem, nest, level, tensor, at + 1, 0, inside, values, words);
      return;
    }
    Nest.Loop l = loops.get(loop);
    long tile = java.util.Objects.requireNonNull(inside.get(l.dimension())) / l.count();
    Map<String, Long> further = new java.util.HashMap<>(inside);
    further.put(l.dimension(), tile);
    boolean stands = l.axis() != Nest.Axis.TIME && at < level;
    for (long i = 0; i < (stands ? 1 : l.count()); i++) {
      long[] moved = values.clone();
      moved[problem.dim(l.dimension())] += i * tile;
      run(problem, nest, level, tensor, at, loop + 1, further, moved, words);
    }
  }
}
