package org.einloom.evaluation.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.timeloop.StepByStep.Total;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.testing.Seeds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The accounting against every step of every instance on random nests. Replay one with {@code
 * -Deinloom.seed=N -Deinloom.cases=1}.
 */
class RandomNestTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 150);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  @Test
  @DisplayName("without windows, with levels that keep some tensors: only some iterations walked")
  void products() {
    for (int i = 0; i < CASES; i++) {
      RandomNest random = RandomNest.of(Seeds.random(SEED + i), false, true);
      compare(random, SEED + i, Switches.NONE);
    }
  }

  @Test
  @DisplayName("with windows that slide: all iterations walked")
  void windows() {
    for (int i = 0; i < CASES; i++) {
      RandomNest random = RandomNest.of(Seeds.random(SEED + i), true, false);
      compare(random, SEED + i, new Switches(EnumSet.of(Switch.NO_EXTRAPOLATION)));
    }
  }

  @Test
  @DisplayName("products over loops are what a walk through them finds")
  void productsOverLoops() {
    for (int i = 0; i < 2 * CASES; i++) {
      long seed = SEED + i;
      var random = Seeds.random(seed);
      RandomNest nest = RandomNest.of(random, random.nextBoolean(), random.nextBoolean());
      var on = EnumSet.noneOf(Switch.class);
      for (Switch s : List.of(Switch.NO_LINKS, Switch.TOROIDAL_LINKS, Switch.NO_REFETCH)) {
        if (random.nextInt(4) == 0) {
          on.add(s);
        }
      }
      Switches switches = new Switches(on);
      assertThat(Products.count(nest.nest(), switches)).isTrue();
      Geometry g = new Geometry(nest.nest());
      for (int p = 0; p < g.levels(); p++) {
        assertThat(Products.of(g, switches, p, nest.meshes().get(p)))
            .as("seed %d, level %d, %s, %s", seed, p, on, nest.nest().levels())
            .isEqualTo(Walk.of(g, switches, p, nest.meshes().get(p)));
      }
    }
  }

  private static void compare(RandomNest random, long seed, Switches switches) {
    Nest nest = random.nest();
    var on = EnumSet.noneOf(Switch.class);
    on.addAll(switches.on());
    boolean links = seed % 2 == 0 && linksAreEven(nest);
    if (!links) {
      on.add(Switch.NO_LINKS);
    }
    boolean elision = seed % 3 != 0;
    if (!elision) {
      on.add(Switch.NO_FIRST_READ_ELISION);
    }
    NestCounts counts = NestCounts.of(nest, random.meshes(), new Switches(on));
    List<Map<String, Total>> oracle = new StepByStep(nest, links, elision).run();
    for (int p = 0; p < nest.levels().size(); p++) {
      double instances = counts.mostInstances().get(p);
      for (Map.Entry<String, Total> e : oracle.get(p).entrySet()) {
        LevelCounts found = counts.levels().get(p).get(e.getKey());
        Total t = e.getValue();
        String what = "seed %d, level %d, %s of %s".formatted(seed, p, e.getKey(), nest.levels());
        assertThat(found).as(what).isNotNull();
        assertThat(found.kept()).as(what).isTrue();
        assertThat(found.tileWords()).as(what + " tile").isEqualTo(t.tileWords());
        // whole words of an instance: the mean, rounded; of operands filled, rounded down
        assertThat(found.reads()).as(what + " reads").isEqualTo(Math.round(t.reads() / instances));
        assertThat(found.updates())
            .as(what + " updates")
            .isEqualTo(Math.round(t.updates() / instances));
        double fills = t.fills() / instances;
        assertThat(found.fills())
            .as(what + " fills")
            .isEqualTo(e.getKey().equals("Z") ? Math.round(fills) : (long) Math.floor(fills));
      }
    }
  }

  /**
   * Timeloop shares out what is handed on among all instances, as if there were one parent; and a
   * level that does not keep a tensor asks for less above where its children hand words on.
   */
  private static boolean linksAreEven(Nest nest) {
    if (nest.levels().stream().anyMatch(l -> l.keeps().size() < nest.einsum().tensors().size())) {
      return false;
    }
    int space = 0;
    for (Nest.Level level : nest.levels()) {
      space += level.space().isEmpty() ? 0 : 1;
    }
    return space <= 1;
  }
}
