package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.einloom.mapper.conflict.Feasibility.Answer;
import org.junit.jupiter.api.Test;

class SmallestConflictTest {
  private static final int CASES = 2_000;

  @Test
  void theSmallestOfRandomConflictsIsFound() {
    long start = Long.getLong("einloom.seed", System.nanoTime());
    long cases = Long.getLong("einloom.cases", CASES);
    for (long seed = start; seed < start + cases; seed++) {
      var random = new SplittableRandom(seed);
      int n = 1 + random.nextInt(24);
      List<BitSet> conflicts = conflicts(random, n);
      var asked = new AtomicInteger();
      var found =
          SmallestConflict.find(
              n, hints(random, n), counting(asked, answers(conflicts)), () -> false);
      int least = conflicts.stream().mapToInt(BitSet::cardinality).min().orElseThrow();
      assertThat(found).as("replay with -Deinloom.seed=%d", seed).isPresent();
      assertThat(found.get().smallest()).as("seed %d", seed).isTrue();
      assertThat(found.get().members().cardinality()).as("seed %d", seed).isEqualTo(least);
      assertThat(conflicts).as("seed %d", seed).contains(found.get().members());
      assertThat(asked.get()).as("questions, seed %d", seed).isLessThan(40 * n);
    }
  }

  @Test
  void whatCannotBeProvenIsNotClaimed() {
    long start = Long.getLong("einloom.seed", System.nanoTime());
    long cases = Long.getLong("einloom.cases", CASES);
    for (long seed = start; seed < start + cases; seed++) {
      var random = new SplittableRandom(seed);
      int n = 1 + random.nextInt(12);
      List<BitSet> conflicts = conflicts(random, n);
      Function<BitSet, Answer> sure = answers(conflicts);
      long salt = random.nextLong();
      Function<BitSet, Answer> unsure =
          set ->
              new SplittableRandom(salt + 31L * set.hashCode()).nextInt(4) == 0
                  ? Answer.UNKNOWN
                  : sure.apply(set);
      var questionsLeft = new AtomicInteger(random.nextInt(60));
      var found =
          SmallestConflict.find(
              n, hints(random, n), unsure, () -> questionsLeft.decrementAndGet() < 0);
      if (found.isEmpty()) {
        continue; // not even known that all together conflict
      }
      BitSet members = found.get().members();
      assertThat(sure.apply(members)).as("seed %d", seed).isEqualTo(Answer.NONE);
      if (found.get().smallest()) {
        int least = conflicts.stream().mapToInt(BitSet::cardinality).min().orElseThrow();
        assertThat(members.cardinality()).as("seed %d", seed).isEqualTo(least);
      }
    }
  }

  @Test
  void whereAllCanBeMetThereIsNone() {
    assertThat(SmallestConflict.find(5, List.of(), set -> Answer.EXISTS, () -> false)).isEmpty();
    assertThat(SmallestConflict.find(5, List.of(), set -> Answer.UNKNOWN, () -> false)).isEmpty();
  }

  @Test
  void whereNothingHelpsTheConflictIsEmpty() {
    var found = SmallestConflict.find(5, List.of(), set -> Answer.NONE, () -> false).orElseThrow();
    assertThat(found.members().isEmpty()).isTrue();
    assertThat(found.smallest()).isTrue();
  }

  @Test
  void ofConflictsOfOneSizeThatOfLowNumbersIsPreferred() {
    var low = bits(1, 4);
    var found =
        SmallestConflict.find(
            9, List.of(), answers(List.of(bits(6, 7), low, bits(5, 8))), () -> false);
    assertThat(found.orElseThrow().members()).isEqualTo(low);
  }

  private static List<BitSet> hints(SplittableRandom random, int n) {
    List<BitSet> hints = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      hints.add(BitSet.valueOf(new long[] {random.nextLong() & ((1L << n) - 1)}));
    }
    return hints;
  }

  /** None of them contains another, so that each is irreducible. */
  private static List<BitSet> conflicts(SplittableRandom random, int n) {
    List<BitSet> conflicts = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      BitSet conflict = new BitSet();
      for (int size = 1 + random.nextInt(Math.min(n, 5)); size > 0; size--) {
        conflict.set(random.nextInt(n));
      }
      if (conflicts.stream().noneMatch(c -> contains(conflict, c))) {
        conflicts.removeIf(c -> contains(c, conflict));
        conflicts.add(conflict);
      }
    }
    return conflicts;
  }

  private static Function<BitSet, Answer> answers(List<BitSet> conflicts) {
    return set -> conflicts.stream().anyMatch(c -> contains(set, c)) ? Answer.NONE : Answer.EXISTS;
  }

  private static Function<BitSet, Answer> counting(
      AtomicInteger count, Function<BitSet, Answer> ask) {
    return set -> {
      count.incrementAndGet();
      return ask.apply(set);
    };
  }

  private static boolean contains(BitSet large, BitSet small) {
    return small.stream().allMatch(large::get);
  }

  private static BitSet bits(int... set) {
    var bits = new BitSet();
    for (int b : set) {
      bits.set(b);
    }
    return bits;
  }
}
