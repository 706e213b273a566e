package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.einloom.mapper.search.Walk.For;
import org.einloom.mapper.search.Walk.Keep;
import org.einloom.mapper.search.Walk.Move;
import org.einloom.mapper.search.Walk.Par;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.model.DenseModel;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** What is left out counts the same, instance by instance, as what stands for it. */
class EqualsTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 1000);

  @Test
  void whatStandsForAMappingCountsTheSame() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < CASES; i++) {
      check(seed + i, seen);
    }
    System.out.println("rules from seed " + seed + ": " + seen);
    if (CASES >= 1000) {
      assertThat(seen.keySet())
          .containsExactly(
              "loop above spatial loop",
              "loops sorted",
              "loops sorted, the next repeats",
              "spatial loops sorted",
              "storage below loop",
              "storage sorted");
    }
  }

  private static void check(long seed, Map<String, Integer> seen) {
    var random = new SplittableRandom(seed);
    Problem problem = RandomWalks.problem(random);
    Tiles tiles = new Tiles(problem);
    var end = RandomWalks.walk(problem, tiles, random);
    if (end.isEmpty()) {
      return;
    }
    Walk walk = end.get();
    Walk again = new Walk(problem, RandomWalks.placement(walk), tiles);
    for (int i = 0; i < walk.path.size(); i++) {
      Move move = walk.path.get(i);
      if (again.equals.leavesOut(move)) {
        compare(seed, problem, walk, again, i, seen);
      }
      again.go(move);
    }
  }

  private static void compare(
      long seed, Problem problem, Walk walk, Walk prefix, int i, Map<String, Integer> seen) {
    int first = problem.tensors.size();
    List<MappingNode> nodes = new ArrayList<>(walk.mapping().nodes());
    Move move = walk.path.get(i);
    Move last = walk.path.get(i - 1);
    int owed = prefix.equals.owed();
    String rule;
    if (owed >= 0) {
      rule = "loops sorted, the next repeats";
      Collections.swap(nodes, first + i - 2, first + i - 1);
    } else if (move instanceof For l && last instanceof Keep) {
      rule = "storage below loop";
      int at = i - 1;
      while (problem.relevant[((Keep) walk.path.get(at)).tensor()][l.variable()]) {
        at--;
      }
      nodes.add(first + i, nodes.remove(first + at));
    } else {
      rule =
          switch (move) {
            case Keep k -> "storage sorted";
            case Par s -> "spatial loops sorted";
            case For l -> last instanceof Par ? "loop above spatial loop" : "loops sorted";
          };
      Collections.swap(nodes, first + i - 1, first + i);
    }
    LoopTree other = new LoopTree(nodes);
    try {
      var counts =
          DenseModel.analyze(problem.einsum, problem.architecture, walk.mapping()).counts();
      assertThat(DenseModel.analyze(problem.einsum, problem.architecture, other).counts())
          .as(
              "%s; replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s%n%s%n%s%n%s",
              rule, seed, problem.einsum, problem.architecture, walk.mapping(), other)
          .isEqualTo(counts);
      seen.merge(rule, 1, Integer::sum);
    } catch (InvalidSpecException e) {
      assertThat(e.getMessage()).contains("cannot be counted");
    }
  }
}
