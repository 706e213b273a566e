package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What tiles touch of a padded rank: against sets of coordinates at every place. */
class PlacesTest {
  private static final int CASES = 300;

  private static Set<Long> sums(long[] progressions, long from) {
    Set<Long> sums = Set.of(from);
    for (int i = 0; i < progressions.length; i += 2) {
      var more = new HashSet<Long>();
      for (long sum : sums) {
        for (long k = 0; k < progressions[i + 1]; k++) {
          more.add(sum + k * progressions[i]);
        }
      }
      sums = more;
    }
    return sums;
  }

  /** Each of them, as often as it comes up. */
  private static long[] every(long[] progressions, long from) {
    long[] all = {from};
    for (int i = 0; i < progressions.length; i += 2) {
      long[] more = new long[all.length * (int) progressions[i + 1]];
      for (int k = 0; k < more.length; k++) {
        more[k] = all[k % all.length] + k / all.length * progressions[i];
      }
      all = more;
    }
    return all;
  }

  private static long[] draw(SplittableRandom random, int most) {
    long[] found = RankPlaces.NONE;
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      found = RankPlaces.with(found, random.nextInt(-2, 4), random.nextInt(1, 5));
    }
    return found;
  }

  @Test
  @DisplayName("how many coordinates of a set are in the tensor, at all places")
  void lengths() {
    long seed = Explored.seed("coordinates in the tensor");
    for (int i = 0; i < CASES; i++, seed++) {
      var random = new SplittableRandom(seed);
      long size = random.nextLong(1, 12);
      long offset = random.nextLong(-3, 2);
      var rank = new RankPlaces(offset, size, false, true);
      long[] set = draw(random, 2);
      long[] places = draw(random, 3);
      Map<Long, Double> share = new HashMap<>();
      long most = 0;
      boolean gaps = false;
      long[] where = every(places, offset);
      for (long at : where) {
        var inside = new TreeSet<>(sums(set, at));
        inside.removeIf(x -> x < 0 || x >= size);
        long n = inside.size();
        gaps |= n > 0 && inside.getLast() - inside.getFirst() >= n;
        share.merge(n, 1.0 / where.length, Double::sum);
        most = Math.max(most, n);
      }
      RankPlaces.Lengths found = rank.lengths(set, places);
      assertThat(found.length()).as("seed " + seed).hasSize(share.size());
      for (int k = 0; k < found.length().length; k++) {
        assertThat(found.share()[k])
            .as("seed " + seed)
            .isCloseTo(share.getOrDefault(found.length()[k], 0.0), within(1e-12));
      }
      assertThat(rank.most(set, places)).as("seed " + seed).isEqualTo(most);
      assertThat(rank.hasGaps(set, places)).as("seed " + seed).isEqualTo(gaps);
    }
  }

  @Test
  @DisplayName("which coordinates of a tile without gaps are in the tensor, at all places")
  void spans() {
    long seed = Explored.seed("tiles in the tensor");
    for (int i = 0; i < CASES; i++, seed++) {
      var random = new SplittableRandom(seed);
      long size = random.nextLong(1, 12);
      long offset = random.nextLong(-3, 2);
      var rank = new RankPlaces(offset, size, false, true);
      long[] tile = RankPlaces.with(RankPlaces.NONE, random.nextBoolean() ? 1 : -1, 4);
      tile = RankPlaces.with(tile, random.nextInt(-4, 5), random.nextInt(1, 4));
      long[] places = draw(random, 3);
      Map<Set<Long>, Double> share = new HashMap<>();
      long[] where = every(places, offset);
      for (long at : where) {
        var inside = new TreeSet<>(sums(tile, at));
        inside.removeIf(x -> x < 0 || x >= size);
        share.merge(inside, 1.0 / where.length, Double::sum);
      }
      Map<Set<Long>, Double> found = new HashMap<>();
      for (RankPlaces.Span s : rank.spans(tile, places)) {
        var words = new TreeSet<Long>();
        for (long x = s.from(); x < s.from() + s.length(); x++) {
          words.add(x);
        }
        found.merge(words, s.share(), Double::sum);
      }
      assertThat(found.keySet()).as("seed " + seed).isEqualTo(share.keySet());
      for (Set<Long> words : share.keySet()) {
        assertThat(found.getOrDefault(words, 0.0))
            .as("seed " + seed + " " + words)
            .isCloseTo(share.getOrDefault(words, 0.0), within(1e-12));
      }
    }
  }

  @Test
  @DisplayName("what instances touch, and what of it none has anew, over all places")
  void moved() {
    long seed = Explored.seed("coordinates that are new");
    for (int i = 0; i < CASES; i++, seed++) {
      var random = new SplittableRandom(seed);
      boolean padded = random.nextInt(4) > 0;
      long size = padded ? random.nextLong(1, 12) : Long.MAX_VALUE / 2;
      long offset = padded ? random.nextLong(-3, 2) : Long.MAX_VALUE / 4;
      var rank = new RankPlaces(offset, size, false, padded);
      long[] tile = draw(random, 2);
      long[] instances = draw(random, 2);
      long[] places = draw(random, 3);
      long shift = random.nextLong(-4, 5);
      long from = random.nextLong(-2, 3);
      double touched = 0;
      double known = 0;
      for (long at : every(places, offset + from)) {
        var all = new HashSet<Long>();
        var anew = new HashSet<Long>();
        for (long start : every(instances, at)) {
          Set<Long> now = sums(tile, start);
          Set<Long> before = sums(tile, start - shift);
          all.addAll(now);
          now.stream().filter(x -> !before.contains(x)).forEach(anew::add);
        }
        all.removeIf(x -> x < 0 || x >= size);
        touched += all.size();
        all.removeAll(anew);
        known += all.size();
      }
      RankPlaces.Moved found = rank.moved(tile, instances, shift, from, places);
      String as = "seed " + seed + " " + Arrays.toString(tile) + Arrays.toString(instances);
      assertThat(found.touched()).as(as).isEqualTo(touched);
      assertThat(found.known()).as(as).isEqualTo(known);
      assertThat(found.places()).as(as).isEqualTo(every(places, 0).length);
    }
  }
}
