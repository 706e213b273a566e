package org.einloom.density;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Counts of occupied words against looking at every word. */
class PatternTest {
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  @Test
  @DisplayName(
      "a tile has as many occupied words as are found one by one, ranks of it whole or not")
  void countsWordByWord() {
    var seeds = new SplittableRandom(SEED);
    for (int c = 0; c < Integer.getInteger("einloom.cases", 3000); c++) {
      long seed = c == 0 ? SEED : seeds.nextLong();
      var random = new SplittableRandom(seed);
      var shape = new ArrayList<Long>();
      for (int r = random.nextInt(5); r > 0; r--) {
        shape.add(random.nextLong(1, 12));
      }
      int words = (int) Box.whole(shape).words();
      var occupied = new BitSet();
      double share = random.nextInt(3) / 2.0;
      for (int w = 0; w < words; w++) {
        occupied.set(w, share == 0.5 ? random.nextBoolean() : share == 1);
      }
      var pattern = new Pattern(shape, occupied);
      var low = new ArrayList<Long>();
      var extents = new ArrayList<Long>();
      for (long size : shape) {
        long from = random.nextBoolean() ? 0 : random.nextLong(size + 1);
        low.add(from);
        extents.add(random.nextBoolean() ? size - from : random.nextLong(size - from + 1));
      }
      var tile = new Box(low, extents);
      assertThat(pattern.count(tile))
          .as("seed %d: %s of %s", seed, tile, pattern)
          .isEqualTo(wordByWord(pattern, tile, new long[shape.size()], 0));
    }
  }

  private static long wordByWord(Pattern pattern, Box tile, long[] at, int rank) {
    if (rank == at.length) {
      return pattern.occupied(at) ? 1 : 0;
    }
    long sum = 0;
    for (long x = tile.low().get(rank); x < tile.end(rank); x++) {
      at[rank] = x;
      sum += wordByWord(pattern, tile, at, rank + 1);
    }
    return sum;
  }

  @Test
  @DisplayName("the last word counts where words fill their last stretch, and where they do not")
  void lastWord() {
    for (int words : new int[] {1, 63, 64, 65, 127, 128, 129}) {
      var all = new BitSet();
      all.set(0, words);
      var pattern = new Pattern(List.of((long) words), all);
      assertThat(pattern.count(Box.whole(pattern.shape()))).isEqualTo(words);
      assertThat(pattern.count(new Box(List.of(words - 1L), List.of(1L)))).isEqualTo(1);
    }
  }
}
