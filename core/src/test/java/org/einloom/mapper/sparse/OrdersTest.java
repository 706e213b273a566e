package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.mapping.LoopTree;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What {@link Orders} says of orders of loops between two storage nodes, by the model alone: states
 * are taken apart, put together otherwise, and counted.
 */
class OrdersTest {
  private static final int MAPPINGS = 200;

  /** What is changed about a mapping; null if there is nothing to change. */
  private interface Change {
    State of(State s, SplittableRandom random);
  }

  @Test
  @DisplayName("neighbouring loops change places where both move a tensor, or another does inside")
  void order() {
    int compared = compare("orders of loops", false, OrdersTest::swapped);
    assertThat(compared).isGreaterThan(MAPPINGS / 20);
  }

  @Test
  @DisplayName("where loops over children stand among temporal ones does not matter")
  void children() {
    int compared = compare("places of loops over children", false, OrdersTest::moved);
    assertThat(compared).isGreaterThan(MAPPINGS / 50);
  }

  @Test
  @DisplayName("with optimisations at innermost memories alone, joined loops cost no more")
  void joined() {
    int compared = compare("joined loops", true, OrdersTest::joined);
    assertThat(compared).isGreaterThan(MAPPINGS / 200);
  }

  private static int compare(String what, boolean less, Change change) {
    long seed = Explored.seed(what);
    int compared = 0;
    for (int i = 0; i < MAPPINGS; i++, seed++) {
      RandomSparse p = RandomSparse.draw(seed, Family.PRODUCTS);
      Problem problem = Explored.problem(p);
      var random = new SplittableRandom(seed);
      State drawn = Explored.mapping(problem, random).orElse(null);
      if (drawn == null) {
        continue;
      }
      State s = cut(drawn, random);
      State other = change.of(s, random);
      if (other == null || (less && !s.structure.pointwise)) {
        continue;
      }
      LoopTree tree = Realized.mappings(s).getFirst();
      LoopTree otherTree = Realized.mappings(other).getFirst();
      double value = Explored.value(p, tree, s.structure.variant);
      double otherValue = Explored.value(p, otherTree, s.structure.variant);
      if (Double.isNaN(value) || Double.isNaN(otherValue)) {
        continue;
      }
      String as = "seed " + seed + " " + tree + " and " + otherTree;
      if (less) {
        assertThat(otherValue).as(as).isLessThanOrEqualTo(value * (1 + 1e-12));
      } else {
        assertThat(otherValue).as(as).isCloseTo(value, within(1e-9 * value));
      }
      compared++;
    }
    return compared;
  }

  /** With loops cut in two and in any order between the storage nodes. */
  private static State cut(State s, SplittableRandom random) {
    List<long[]> loops = new ArrayList<>();
    int[][] above = Arrays.stream(s.above).map(int[]::clone).toArray(int[][]::new);
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < s.variable.length; i++) {
      starts.add(loops.size());
      long c = s.count[i];
      if (s.fanout[i] < 0 && c == 4) {
        loops.add(new long[] {s.variable[i], 2, -1, i});
        c = 2;
      }
      loops.add(new long[] {s.variable[i], c, s.fanout[i], i});
    }
    starts.add(loops.size());
    for (int[] of : above) {
      for (int k = 0; k < of.length; k++) {
        of[k] = starts.get(of[k]);
      }
    }
    State all = state(s, loops, above);
    for (int n = 0; n < 10 && all.variable.length > 1; n++) {
      int i = random.nextInt(all.variable.length - 1);
      if (!isPlace(all, i + 1) && all.fanout[i] < 0 && all.fanout[i + 1] < 0) {
        all = swap(all, i);
      }
    }
    return all;
  }

  private static State swapped(State s, SplittableRandom random) {
    List<Integer> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < s.variable.length; i++) {
      boolean temporal = s.fanout[i] < 0 && s.fanout[i + 1] < 0;
      if (temporal && !isPlace(s, i + 1) && s.variable[i] != s.variable[i + 1] && alike(s, i)) {
        pairs.add(i);
      }
    }
    return pairs.isEmpty() ? null : swap(s, pairs.get(random.nextInt(pairs.size())));
  }

  /** Whether the order of two loops leaves inside the last that moves a tensor what there is. */
  private static boolean alike(State s, int i) {
    int end = i + 2;
    while (end < s.variable.length && !isPlace(s, end)) {
      end++;
    }
    for (int t = 0; t < s.above.length; t++) {
      boolean[] moves = s.structure.problem.relevant[t];
      boolean inside = s.above[t][s.above[t].length - 1] < end;
      for (int j = i + 2; j < end; j++) {
        inside |= s.fanout[j] < 0 && moves[s.variable[j]];
      }
      if (!inside && moves[s.variable[i]] != moves[s.variable[i + 1]]) {
        return false;
      }
    }
    return true;
  }

  private static State moved(State s, SplittableRandom random) {
    List<Integer> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < s.variable.length; i++) {
      if (s.fanout[i] < 0 != s.fanout[i + 1] < 0 && !isPlace(s, i + 1)) {
        pairs.add(i);
      }
    }
    return pairs.isEmpty() ? null : swap(s, pairs.get(random.nextInt(pairs.size())));
  }

  private static State joined(State s, SplittableRandom random) {
    for (int i = 0; i < s.variable.length; i++) {
      for (int j = i + 1; j < s.variable.length && !isPlace(s, j); j++) {
        if (s.fanout[i] < 0 && s.fanout[j] < 0 && s.variable[i] == s.variable[j]) {
          List<long[]> loops = loops(s);
          loops.get(j)[1] *= s.count[i];
          loops.remove(i);
          int[][] above = Arrays.stream(s.above).map(int[]::clone).toArray(int[][]::new);
          for (int[] of : above) {
            for (int k = 0; k < of.length; k++) {
              of[k] -= of[k] > i ? 1 : 0;
            }
          }
          return state(s, loops, above);
        }
      }
    }
    return null;
  }

  private static State swap(State s, int i) {
    List<long[]> loops = loops(s);
    loops.add(i, loops.remove(i + 1));
    return state(s, loops, s.above);
  }

  private static List<long[]> loops(State s) {
    List<long[]> loops = new ArrayList<>();
    for (int i = 0; i < s.variable.length; i++) {
      loops.add(new long[] {s.variable[i], s.count[i], s.fanout[i]});
    }
    return loops;
  }

  private static State state(State s, List<long[]> loops, int[][] above) {
    byte[] variable = new byte[loops.size()];
    long[] count = new long[loops.size()];
    byte[] fanout = new byte[loops.size()];
    for (int i = 0; i < variable.length; i++) {
      variable[i] = (byte) loops.get(i)[0];
      count[i] = loops.get(i)[1];
      fanout[i] = (byte) loops.get(i)[2];
    }
    return new State(s.structure, variable, count, fanout, s.left, s.crossed, above);
  }

  private static boolean isPlace(State s, int loops) {
    return Arrays.stream(s.above).flatMapToInt(Arrays::stream).anyMatch(a -> a == loops);
  }
}
