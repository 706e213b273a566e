package org.einloom.evaluation.timeloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.testing.Seeds;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What levels send where loops end in smaller turns, and where skews turn children, against a
 * recursion loop by loop. Replay one with {@code -Deinloom.seed=N -Deinloom.cases=1}.
 */
class SmallerTurnsTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 150);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  @Test
  @DisplayName("words sent, handed on, tiles and computes of every level")
  void everyLevel() {
    int smaller = 0;
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      var random = Seeds.random(seed);
      RandomNest regular = RandomNest.of(random, random.nextBoolean(), random.nextBoolean());
      Nest nest = changed(regular.nest(), random);
      smaller += nest.isPerfect() ? 0 : 1;
      compare(nest, regular.meshes(), random.nextBoolean(), seed);
    }
    assertThat(smaller).isGreaterThan(CASES / 4);
  }

  private static void compare(Nest nest, List<Fan.Mesh> meshes, boolean links, long seed) {
    var on = EnumSet.noneOf(Switch.class);
    if (!links) {
      on.add(Switch.NO_LINKS);
    }
    Geometry g = new Geometry(nest);
    var oracle = new LoopByLoop(nest, meshes, links);
    for (int p = 0; p < g.levels(); p++) {
      Walk.Result walk = Walk.of(g, new Switches(on), p, meshes.get(p));
      for (int t = 0; t < g.tensors.size(); t++) {
        String name = g.tensors.get(t).name();
        String what = "seed %d, level %d, %s of %s".formatted(seed, p, name, nest.levels());
        LoopByLoop.Found found = oracle.found(p, name);
        Traffic traffic = walk.traffic().get(t);
        var sent = new HashMap<Fan.Signature, Double>();
        traffic.sent().forEach((k, v) -> sent.put(k, v.words()));
        assertThat(sent.keySet()).as(what).isEqualTo(found.sent().keySet());
        found
            .sent()
            .forEach((k, v) -> assertThat(sent.get(k)).as(what + k).isCloseTo(v, within(1e-6)));
        assertThat(traffic.linked()).as(what).isCloseTo(found.linked(), within(1e-6));
        assertThat(traffic.tileWords()).as(what).isEqualTo(found.tile());
        assertThat(traffic.spreadWords()).as(what).isEqualTo(found.spread());
      }
      if (p == g.levels() - 1) {
        assertThat(walk.computes())
            .as("seed %d of %s", seed, nest.levels())
            .isCloseTo(oracle.computes(), within(1e-6));
      }
    }
  }

  /** Inner loops end in smaller turns, and one level's children may be turned. */
  private static Nest changed(Nest nest, Random random) {
    Map<String, Long> full = new HashMap<>();
    Map<String, Long> rest = new HashMap<>();
    Map<String, Integer> outer = new HashMap<>();
    nest.levels().forEach(l -> l.all().forEach(x -> outer.merge(x.dimension(), 1, Integer::sum)));
    List<Nest.Level> levels = new ArrayList<>();
    for (Nest.Level level : nest.levels().reversed()) {
      List<Nest.Loop> space = tails(level.space(), full, rest, outer, random);
      List<Nest.Loop> time = tails(level.time(), full, rest, outer, random);
      Optional<Nest.Skew> skew = Optional.empty();
      if (random.nextInt(4) == 0 && space.size() == 1 && !time.isEmpty()) {
        skew =
            Optional.of(
                new Nest.Skew(
                    space.getFirst().count(),
                    List.of(
                        term(space.getFirst().dimension(), true),
                        term(time.get(random.nextInt(time.size())).dimension(), false))));
      }
      levels.addFirst(
          new Nest.Level(
              level.memory(),
              level.keeps(),
              time,
              space,
              level.noReuse(),
              level.noLinks(),
              level.noTemporalReuse(),
              level.readsFirst(),
              skew));
    }
    return new Nest(einsum(nest.einsum(), rest), levels, List.of());
  }

  private static Nest.SkewTerm term(String dimension, boolean space) {
    return new Nest.SkewTerm(1, Optional.of(new Nest.Index(dimension, space)), Optional.empty());
  }

  private static List<Nest.Loop> tails(
      List<Nest.Loop> loops,
      Map<String, Long> full,
      Map<String, Long> rest,
      Map<String, Integer> outer,
      Random random) {
    List<Nest.Loop> all = new ArrayList<>();
    for (Nest.Loop l : loops.reversed()) {
      String d = l.dimension();
      boolean outermost = outer.merge(d, -1, Integer::sum) == 0;
      long count = l.axis() == Nest.Axis.TIME ? l.count() + random.nextInt(3) : l.count();
      long last = outermost || random.nextInt(3) > 0 ? count : 1 + random.nextLong(count);
      long inner = full.getOrDefault(d, 1L);
      rest.put(d, rest.getOrDefault(d, 1L) + inner * (last - 1));
      full.put(d, inner * count);
      all.addFirst(new Nest.Loop(d, count, last, l.axis()));
    }
    return all;
  }

  private static Einsum einsum(Einsum e, Map<String, Long> extents) {
    List<RankVariable> variables =
        e.variables().stream()
            .map(v -> new RankVariable(v.name(), extents.getOrDefault(v.name(), 1L)))
            .toList();
    return new Einsum(
        e.name(),
        variables,
        e.operands().stream().map(t -> sized(t, extents)).toList(),
        sized(e.output(), extents));
  }

  private static TensorAccess sized(TensorAccess t, Map<String, Long> extents) {
    List<TensorAccess.Rank> ranks = new ArrayList<>();
    for (TensorAccess.Rank r : t.ranks()) {
      long size = 1;
      for (Affine.Term x : r.expression().terms()) {
        size += x.coefficient() * (extents.getOrDefault(x.variable(), 1L) - 1);
      }
      ranks.add(new TensorAccess.Rank(r.expression(), size));
    }
    return new TensorAccess(t.name(), t.name(), t.role(), ranks, OptionalInt.empty());
  }
}
