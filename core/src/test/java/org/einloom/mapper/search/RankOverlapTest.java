package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.mapper.search.RankOverlap.Digits;
import org.einloom.mapper.search.RankOverlap.Rank;
import org.junit.jupiter.api.Test;

/**
 * How many words of a rank are asked for, and how many of these nobody has to fetch, against sets
 * of coordinates: each place, each instance, each point of its tile before and after the step.
 */
class RankOverlapTest {
  /**
   * A digit of some variable: a loop, its bound, and by how much a step of it moves coordinates.
   */
  private record Digit(int kind, long count, long stride) {}

  @Test
  void countsWhatSetsOfCoordinatesHold() {
    SmallProblems.check(
        "overlaps of ranks", 2000, RankOverlapTest::draw, RankOverlapTest::countsOfARank);
  }

  private static Problem draw(SplittableRandom random) {
    while (true) {
      Problem p = SmallProblems.draw(random);
      if (!SmallProblems.regular(p) && p.covered()) {
        return p;
      }
    }
  }

  private static int countsOfARank(Problem problem, SplittableRandom random) {
    int operand = 0;
    while (problem.regular[operand]) {
      operand++;
    }
    RankOverlap overlap = problem.overlap(operand);
    int r = random.nextInt(overlap.ranks.size());
    Rank rank = overlap.ranks.get(r);
    int variables = rank.variables().length;
    long[] tile = new long[variables];
    List<Digit> digits = new ArrayList<>();
    int self = variables == 0 ? -1 : random.nextInt(variables);
    for (int i = 0; i < variables; i++) {
      digits(
          problem.extent[rank.variables()[i]],
          rank.coefficients()[i],
          i == self,
          tile,
          i,
          digits,
          random);
    }
    var asked = new Digits();
    asked.begin(r);
    for (long size : tile) {
      asked.tile(size);
    }
    asked.endTile();
    digits.forEach(d -> asked.add(d.kind, d.count, d.stride));
    long[] count = overlap.count(asked);
    String what =
        rank + " tile " + List.of(java.util.Arrays.stream(tile).boxed().toArray()) + " " + digits;
    long[] truth = new long[2];
    places(rank, tile, digits, truth);
    assertThat(count[0]).as("asked for: " + what).isEqualTo(truth[0]);
    if (digits.stream().anyMatch(d -> d.kind == RankOverlap.SELF)) {
      assertThat(count[1]).as("kept: " + what).isEqualTo(truth[1]);
    }
    long most = 0;
    for (long base : bases(digits, rank.offset())) {
      most = Math.max(most, inRange(tileAt(rank, tile, base), rank).size());
    }
    if (digits.stream().allMatch(d -> d.kind == RankOverlap.SUM)) {
      assertThat(overlap.largest(r, tile, problem.extent)).as("largest: " + what).isEqualTo(most);
    }
    return 1;
  }

  /** Cuts a variable into a tile and digits that multiply to its extent, from inside. */
  private static void digits(
      long extent,
      long coefficient,
      boolean self,
      long[] tile,
      int i,
      List<Digit> digits,
      SplittableRandom random) {
    tile[i] = divisor(extent, random);
    long size = tile[i];
    boolean advanced = !self;
    boolean outside = false;
    boolean plain = random.nextInt(8) == 0;
    while (size < extent) {
      long count = divisor(extent / size, random);
      if (count == 1) {
        continue;
      }
      int kind;
      if (plain) {
        kind = RankOverlap.SUM;
      } else if (!advanced && random.nextInt(3) == 0) {
        kind = RankOverlap.SELF;
        advanced = true;
        outside = true;
      } else {
        // instances stand anywhere; loops inside start over, loops outside stand still
        kind =
            switch (random.nextInt(3)) {
              case 0 -> RankOverlap.UNION;
              case 1 -> RankOverlap.SUM;
              default -> outside ? RankOverlap.SUM : RankOverlap.INSIDE;
            };
        outside |= kind == RankOverlap.SUM && random.nextBoolean();
      }
      digits.add(new Digit(kind, count, size * coefficient));
      size *= count;
    }
  }

  private static long divisor(long n, SplittableRandom random) {
    long d;
    do {
      d = 1 + random.nextLong(n);
    } while (n % d != 0);
    return d;
  }

  private static void places(Rank rank, long[] tile, List<Digit> digits, long[] sums) {
    long shift = 0;
    for (Digit d : digits) {
      shift += d.kind == RankOverlap.SELF ? d.stride : 0;
      shift -= d.kind == RankOverlap.INSIDE ? (d.count - 1) * d.stride : 0;
    }
    List<Long> instances = List.of(0L);
    for (Digit d : digits) {
      instances = d.kind == RankOverlap.UNION ? moved(instances, 0, d) : instances;
    }
    for (long base : bases(digits, rank.offset())) {
      Set<Long> asked = new HashSet<>();
      Set<Long> fetched = new HashSet<>();
      for (long instance : instances) {
        Set<Long> now = inRange(tileAt(rank, tile, base + instance), rank);
        Set<Long> before = inRange(tileAt(rank, tile, base + instance - shift), rank);
        asked.addAll(now);
        now.removeAll(before);
        fetched.addAll(now);
      }
      sums[0] += asked.size();
      asked.removeAll(fetched);
      sums[1] += asked.size();
    }
  }

  /** Where the tile of the first instance begins, at every place that is added up. */
  private static List<Long> bases(List<Digit> digits, long offset) {
    List<Long> bases = List.of(offset);
    for (Digit d : digits) {
      if (d.kind == RankOverlap.SUM) {
        bases = moved(bases, 0, d);
      } else if (d.kind == RankOverlap.SELF) {
        bases = moved(bases, 1, d); // it has advanced
      }
    }
    return bases;
  }

  private static List<Long> moved(List<Long> from, long first, Digit d) {
    List<Long> to = new ArrayList<>();
    for (long x : from) {
      for (long k = first; k < d.count; k++) {
        to.add(x + k * d.stride);
      }
    }
    return to;
  }

  private static List<Long> tileAt(Rank rank, long[] tile, long base) {
    List<Long> points = List.of(base);
    for (int i = 0; i < tile.length; i++) {
      points = moved(points, 0, new Digit(RankOverlap.SUM, tile[i], rank.coefficients()[i]));
    }
    return points;
  }

  private static Set<Long> inRange(List<Long> points, Rank rank) {
    Set<Long> in = new HashSet<>(points);
    in.removeIf(x -> x < 0 || x >= rank.size());
    return in;
  }
}
