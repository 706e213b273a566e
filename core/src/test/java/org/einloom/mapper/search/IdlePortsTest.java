package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** A port that is never the slowest is not looked at. */
class IdlePortsTest {
  @Test
  void neverTheSlowest() {
    ShortcutCheck.check(Shortcut.IDLE_PORTS, 1200);
  }

  /** With a good mapping known, ports are left out that are the slowest only in dear ones. */
  @Test
  void portsThatAreTheSlowestOnlyWhereEnergyIsTooDear() {
    SmallProblems.check(
        "ports that only dear mappings make the slowest",
        400,
        ShortcutCheck::draw,
        (problem, random) -> {
          Structure s = RandomStructures.draw(problem, random);
          if (s.impossible || (s.halo != null && s.halo.uneven)) {
            return 0;
          }
          Objective objective =
              random.nextBoolean() ? Objective.EDP : Objective.weighted("w", 1, 1e9);
          double none = Double.POSITIVE_INFINITY;
          var known = new Incumbents(objective, false, problem.architecture.clockHz(), none, none);
          var search = new TemporalSearch();
          search.beam(s, known);
          int ports =
              new Prepared(s, new Terrain.Atlas().of(s), true, true).forLabels(null).dims.length;
          int fewer =
              new Prepared(s, new Terrain.Atlas().of(s), true, true).forLabels(known).dims.length;
          var monitor = problem.options.monitor();
          search.run(s, known, monitor, Double.NEGATIVE_INFINITY);
          var all = known.anew();
          new TemporalSearch(EnumSet.of(Shortcut.IDLE_PORTS))
              .run(s, all, monitor, Double.NEGATIVE_INFINITY);
          assertThat(known.value == all.value || Double.isFinite(all.value)).isTrue();
          if (Double.isFinite(all.value)) {
            assertThat(known.value).isCloseTo(all.value, within(1e-9 * all.value));
          }
          return fewer < ports ? 1 : 0;
        });
  }
}
