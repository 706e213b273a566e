package org.einloom.evaluation.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.model.DenseModel;
import org.einloom.testing.Seeds;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * With all of Timeloop's approximations switched off, regular nests count what executing them
 * moves. Replay one with {@code -Deinloom.seed=N -Deinloom.cases=1}.
 */
class ExactRulesTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 200);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  private static final Switches EXACT =
      new Switches(
          EnumSet.of(
              Switch.NO_LINKS,
              Switch.NO_REFETCH,
              Switch.NO_BOXES,
              Switch.SHARED_WORDS,
              Switch.ONE_FILLED,
              Switch.DRAINS_READ,
              Switch.NO_EXTRAPOLATION));

  @Test
  @DisplayName("every read, fill and update of every level is that of the model")
  void exact() {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      RandomNest random = RandomNest.of(Seeds.random(seed), seed % 3 != 0, false, false);
      compare(random, EXACT, seed);
    }
  }

  @Test
  @DisplayName("each of these rules makes a difference somewhere")
  void eachMatters() {
    for (Switch s : EXACT.on()) {
      if (s == Switch.NO_LINKS || s == Switch.NO_EXTRAPOLATION) {
        continue; // others tests take these away
      }
      var without = EnumSet.copyOf(EXACT.on());
      without.remove(s);
      boolean differs = false;
      for (int seed = 0; seed < 400 && !differs; seed++) {
        RandomNest random = RandomNest.of(Seeds.random(seed), true, false, false);
        differs =
            !NestCounts.of(random.nest(), random.meshes(), EXACT)
                .levels()
                .equals(
                    NestCounts.of(random.nest(), random.meshes(), new Switches(without)).levels());
      }
      assertThat(differs).as(s.label()).isTrue();
    }
  }

  private static void compare(RandomNest random, Switches switches, long seed) {
    Nest nest = random.nest();
    NestCounts counts = NestCounts.of(nest, random.meshes(), switches);
    Architecture chip = chip(random);
    Counts exact = DenseModel.analyze(nest.einsum(), chip, tree(nest)).counts();
    for (int p = 0; p < nest.levels().size(); p++) {
      double instances = counts.mostInstances().get(p);
      for (TensorAccess t : nest.einsum().tensors()) {
        LevelCounts found = counts.levels().get(p).get(t.name());
        Flows all = exact.component("L" + p).total(t.name());
        String what = "seed %d, level %d, %s of %s".formatted(seed, p, t.name(), nest.levels());
        boolean result = t.equals(nest.einsum().output());
        assertThat(found.reads())
            .as(what + " reads")
            .isEqualTo(Math.round((all.reads() + (result ? all.drains() : 0)) / instances));
        double fills = all.fills() / instances;
        assertThat(found.fills())
            .as(what + " fills")
            .isEqualTo(result ? Math.round(fills) : (long) Math.floor(fills));
        assertThat(found.updates())
            .as(what + " updates")
            .isEqualTo(Math.round(all.updates() / instances));
      }
    }
  }

  private static Architecture chip(RandomNest random) {
    Figure free = Figure.of(0, "test");
    List<Node> nodes = new ArrayList<>();
    for (int p = 0; p < random.nest().levels().size(); p++) {
      nodes.add(
          new Memory(
              "L" + p,
              OptionalLong.empty(),
              Keep.MAY_ALL,
              Memory.actions(Map.of()),
              false,
              free,
              free));
      Fan.Mesh mesh = random.meshes().get(p);
      nodes.add(
          new Fanout(
              "F" + p,
              List.of(
                  new Fanout.Dimension("X", mesh.x(), Set.of()),
                  new Fanout.Dimension("Y", mesh.y(), Set.of())),
              Fanout.Multicast.WORDS,
              true,
              Optional.empty(),
              free,
              free));
    }
    nodes.add(new Compute("mac", new Action("compute", free, 0, 1), free, free));
    return new Architecture("chip", 1e9, "", new Widths(8, 8, 8, 8), nodes);
  }

  private static LoopTree tree(Nest nest) {
    Map<String, Long> inner = new HashMap<>(nest.extents());
    List<MappingNode> nodes = new ArrayList<>();
    for (int p = 0; p < nest.levels().size(); p++) {
      for (TensorAccess t : nest.einsum().tensors()) {
        nodes.add(new MappingNode.Storage("L" + p, t.name()));
      }
      for (Nest.Loop l : nest.levels().get(p).all()) {
        long tile = inner.merge(l.dimension(), l.count(), (a, b) -> a / b);
        nodes.add(
            l.axis() == Nest.Axis.TIME
                ? new MappingNode.Temporal(l.dimension(), tile)
                : new MappingNode.Spatial("F" + p, l.axis().name(), l.dimension(), tile));
      }
    }
    return new LoopTree(nodes);
  }
}
