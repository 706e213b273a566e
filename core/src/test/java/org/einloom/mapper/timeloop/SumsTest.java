package org.einloom.mapper.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.mapper.SearchMonitor;
import org.einloom.testing.Seeds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a search adds up for one mapping, loop by loop, against the plain accounting, on mappings
 * too large for brute force: windows that slide, turn, or go on; neighbours that hand words on;
 * levels that pass words on. Replay one with {@code -Deinloom.seed=N -Deinloom.cases=1}.
 */
class SumsTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 400);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  /** Windows that stay where they are because of a loop between two of one dimension. */
  private static final long[] KNOWN = {37762116879998L};

  /** Told when one mapping is enough. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  @DisplayName("sums are costs, and no bound on the way is more")
  void sums() {
    int compared = 0;
    int exact = 0;
    int linked = 0;
    for (int k = 0; compared < CASES && k < 20 * CASES; k++) {
      long seed = k < KNOWN.length && CASES > 1 ? KNOWN[k] : SEED + k;
      var random = Seeds.random(seed);
      RandomProblem p = RandomProblem.of(random, 400);
      Nest nest = some(p, random);
      if (nest == null) {
        continue;
      }
      var only =
          new Problem(
              fixed(p.space(), nest), p.architecture(), p.machine(), p.switches(), p.objective());
      var account = Accounting.of(nest, p.architecture(), p.machine(), p.switches());
      Evaluation evaluation = account.evaluation();
      double value = p.objective().value(evaluation);
      var search = new LabelSearch(only, SearchMonitor.NONE, l -> value);
      new Structures(only, new Ports(only)).addTo(search);
      search.run();
      assertThat(search.found).as("seed %d", seed).isNotNull();
      Label found = java.util.Objects.requireNonNull(search.found);
      compared++;
      String what = "seed %d, %s, %s".formatted(seed, p.switches(), nest.levels());
      assertThat(found.value()).as(what).isLessThanOrEqualTo(value * (1 + 1e-9));
      Structure s = found.structure();
      if (s.comparable && s.slackPj == 0) {
        exact++;
        double pj = found.tally().energyPj + only.leakPjPerCycle * evaluation.latencyCycles();
        assertThat(pj)
            .as(what)
            .isCloseTo(evaluation.energyPj(), Offset.offset(1e-9 * evaluation.energyPj() + 1e-9));
      } else if (s.comparable) {
        double pj = found.tally().energyPj + only.leakPjPerCycle * evaluation.latencyCycles();
        assertThat(evaluation.energyPj())
            .as(what)
            .isBetween(pj * (1 - 1e-9), pj + 2 * s.slackPj + 1e-9 * pj);
      }
      linked +=
          account.counts().levels().stream()
                  .flatMap(l -> l.values().stream())
                  .anyMatch(c -> c.linkedWords() > 0)
              ? 1
              : 0;
    }
    System.out.printf(
        "SumsTest: seed %d, %d compared, %d exactly, %d with links%n",
        SEED, compared, exact, linked);
    assertThat(compared).as("seed %d", SEED).isGreaterThanOrEqualTo(Math.min(CASES, 20));
  }

  /** One of the first mappings that fit, at random. */
  static @org.jspecify.annotations.Nullable Nest some(RandomProblem p, Random random) {
    List<Nest> all = new ArrayList<>();
    int take = 1 + random.nextInt(400);
    int[] seen = {0};
    try {
      EveryNest.of(
          p.space(),
          p.machine(),
          20_000,
          n -> {
            if (++seen[0] % take == 0 && fits(p, n)) {
              all.add(n);
              throw new Enough();
            }
          });
    } catch (Enough | EveryNest.TooMany e) {
      // enough is seen
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  private static boolean fits(RandomProblem p, Nest nest) {
    try {
      Accounting.of(nest, p.architecture(), p.machine(), p.switches());
      return true;
    } catch (org.einloom.workload.InvalidSpecException e) {
      return false;
    }
  }

  /** A space of one mapping. */
  private static NestSpace fixed(NestSpace space, Nest nest) {
    List<NestSpace.Level> levels = new ArrayList<>();
    for (Nest.Level l : nest.levels()) {
      Set<String> bypasses = new HashSet<>();
      space.einsum().tensors().forEach(t -> bypasses.add(t.name()));
      bypasses.removeAll(l.keeps());
      levels.add(
          new NestSpace.Level(
              l.memory(),
              l.keeps(),
              bypasses,
              ranges(space, l.time()),
              order(l.time()),
              ranges(space, l.space()),
              order(l.space()),
              along(l.space(), Nest.Axis.X),
              along(l.space(), Nest.Axis.Y),
              new NestSpace.NoReuse(
                  l.noReuse(), l.noLinks(), l.noTemporalReuse(), l.readsFirst())));
    }
    return new NestSpace(space.einsum(), levels, 0);
  }

  private static Map<String, NestSpace.Range> ranges(NestSpace space, List<Nest.Loop> loops) {
    Map<String, NestSpace.Range> ranges = new HashMap<>();
    space.einsum().variables().forEach(v -> ranges.put(v.name(), new NestSpace.Range(1, 1)));
    loops.forEach(l -> ranges.put(l.dimension(), new NestSpace.Range(l.count(), l.count())));
    return ranges;
  }

  private static List<String> order(List<Nest.Loop> loops) {
    return loops.stream().map(Nest.Loop::dimension).toList().reversed();
  }

  private static Set<String> along(List<Nest.Loop> loops, Nest.Axis axis) {
    Set<String> names = new HashSet<>();
    loops.stream().filter(l -> l.axis() == axis).forEach(l -> names.add(l.dimension()));
    return names;
  }
}
