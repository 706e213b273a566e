package org.einloom.mapper.search;

import java.util.List;
import java.util.SplittableRandom;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.Tiling;
import org.einloom.mapper.TinyArchitectures;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/**
 * Where an Einsum stays what it is when two ranks of its operand trade places, mirrored ways to
 * spread have the same best mappings. Windows in two ranks that are alike, or nearly so.
 */
class MirrorTest {
  private static final int MOST = 4000;

  @Test
  void mirroredWaysAreTheSame() {
    SmallProblems.check(
        "mirrored structures",
        50,
        MirrorTest::draw,
        (problem, random) -> new Twins(problem).compare(random, 4));
  }

  private static Problem draw(SplittableRandom random) {
    while (true) {
      Einsum einsum = einsum(random);
      Architecture architecture = TinyArchitectures.draw(random, einsum);
      var options = new MapperOptions(Policy.DEFAULT, 1);
      var problem = new Problem(einsum, architecture, Objective.EDP, options);
      if (SmallProblems.overlapping(problem)
          && problem.fanouts.length == 1
          && problem.memories.length == 2
          && problem.memory(problem.memories[1]).keep().allows(problem.tensors.getFirst())
          && !problem.memory(problem.memories[1]).keep().allows(problem.tensors.get(1))
          && Searches.isCovered(problem)
          && EveryMapping.count(einsum, architecture, Tiling.PERFECT, MOST) < MOST
          && !Placement.all(problem).isEmpty()) {
        return problem;
      }
    }
  }

  /** Two windows that are the same, or differ in one thing. */
  private static Einsum einsum(SplittableRandom random) {
    long[] one = {
      List.of(2, 2, 3, 4).get(random.nextInt(4)),
      2,
      1 + random.nextInt(2),
      1 + random.nextInt(2),
      random.nextInt(2)
    };
    long[] other = one.clone();
    int different = random.nextInt(7);
    if (different < other.length) {
      other[different] = different == 4 ? 1 - one[4] : one[different] == 2 ? 4 : 2;
    }
    return Tiny.einsum(
        "O[p,q] += I[%s,%s] * W[r,s]".formatted(window(one, "p", "r"), window(other, "q", "s")),
        "p=%d r=%d q=%d s=%d".formatted(one[0], one[1], other[0], other[1]));
  }

  /** Extents and coefficients of two variables, and how much of it is padding. */
  private static String window(long[] of, String p, String r) {
    String low = of[4] > 0 ? "-" + of[4] : "";
    return "%d*%s+%d*%s%s".formatted(of[2], p, of[3], r, low);
  }
}
