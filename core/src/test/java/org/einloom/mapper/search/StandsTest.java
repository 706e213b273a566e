package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.Tiling;
import org.einloom.mapper.search.TemporalSearch.End;
import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/**
 * Where one fanout spreads several variables whose tiles overlap, temporal loops may stand between
 * its spatial loops. All costs come of choosing, for each of these, the tile below it.
 */
class StandsTest {
  private static final int MOST_MAPPINGS = 60_000;

  /** When nothing is left out, labels end with every cost that a mapping has, and no other. */
  @Test
  void everyCostIsGenerated() {
    SmallProblems.check(
        "costs of stands",
        25,
        random -> draw(random, true),
        (problem, random) -> compare(problem, StandsTest::assertSameCosts));
  }

  /** When all is left out that can be, what is found is as good as anything. */
  @Test
  void theWholeFrontIsFound() {
    SmallProblems.check(
        "fronts of stands",
        25,
        random -> draw(random, false),
        (problem, random) -> compare(problem, StandsTest::assertSameFront));
  }

  private interface Comparison {
    void of(Structure s, List<EveryStructure.Costed> mappings);
  }

  /** Says how many structures there were to compare. */
  private static int compare(Problem problem, Comparison comparison) {
    var every = new EveryStructure(problem);
    int[] seen = {0};
    every.mappings.forEach(
        (key, mappings) -> {
          Structure s = every.structure(key);
          if (s.halo != null && spreadsTwo(s)) {
            comparison.of(s, mappings);
            seen[0]++;
          }
        });
    return seen[0];
  }

  private static boolean spreadsTwo(Structure s) {
    for (Spread f : s.spreads) {
      int overlapping = 0;
      for (int v = 0; v < f.factor().length && s.halo != null; v++) {
        overlapping += s.halo.overlapping[v] && f.factor()[v] > 1 ? 1 : 0;
      }
      if (overlapping > 1) {
        return true;
      }
    }
    return false;
  }

  private static void assertSameFront(Structure s, List<EveryStructure.Costed> mappings) {
    Front.of(s, new TemporalSearch()).assertSame(Front.of(mappings), "front of a structure");
  }

  private static void assertSameCosts(Structure s, List<EveryStructure.Costed> mappings) {
    List<Front.Point> all = new ArrayList<>();
    for (EveryStructure.Costed m : mappings) {
      m.cost().ifPresent(e -> add(all, e));
    }
    var search = new TemporalSearch(EnumSet.allOf(Shortcut.class));
    var everything = new Everything(s.problem);
    End end = search.run(s, everything, s.problem.options.monitor(), Double.NEGATIVE_INFINITY);
    assertThat(end).isEqualTo(End.PROVEN);
    List<Front.Point> found = new ArrayList<>();
    for (int label = 0; label < search.labels.size; label++) {
      if (search.finished(label)) {
        var point = new Front.Point(search.energy(label), search.cycles(label));
        if (found.stream().noneMatch(point::same)) {
          found.add(point);
          var mapping = Assembly.mapping(s, search.steps(label));
          Evaluation e = Searches.evaluate(s.problem, mapping);
          assertThat(point.same(new Front.Point(e.energyPj(), e.latencyCycles())))
              .as("%s of %s", point, mapping)
              .isTrue();
        }
      }
    }
    for (Front.Point cost : all) {
      assertThat(found).as("%s, one of %d costs", cost, all.size()).anyMatch(cost::same);
    }
    assertThat(found).hasSameSizeAs(all);
  }

  private static void add(List<Front.Point> points, Evaluation e) {
    var point = new Front.Point(e.energyPj(), e.latencyCycles());
    if (points.stream().noneMatch(point::same)) {
      points.add(point);
    }
  }

  /** Problems in which a fanout can spread two variables of one rank. */
  private static Problem draw(SplittableRandom random, boolean oneBelow) {
    while (true) {
      Einsum einsum = einsum(random);
      Problem p =
          new Problem(
              einsum,
              architecture(random, oneBelow),
              Objective.EDP,
              new MapperOptions(Policy.DEFAULT, 1));
      long count = EveryMapping.count(p.einsum, p.architecture, Tiling.PERFECT, MOST_MAPPINGS);
      if (count < MOST_MAPPINGS && Searches.isCovered(p)) {
        return p;
      }
    }
  }

  private static Einsum einsum(SplittableRandom random) {
    String window = List.of("p+r", "p+r", "2*p+r", "p+2*r", "3*p+2*r").get(random.nextInt(5));
    int p = List.of(4, 4, 6, 8).get(random.nextInt(4));
    int r = List.of(4, 4, 6, 8).get(random.nextInt(4));
    boolean more = random.nextInt(4) == 0;
    return more
        ? Tiny.einsum("O[m,p] += I[%s] * W[m,r]".formatted(window), "m=2 p=4 r=4")
        : Tiny.einsum("O[p] += I[%s] * W[r]".formatted(window), "p=%d r=%d".formatted(p, r));
  }

  private static Architecture architecture(SplittableRandom random, boolean oneBelow) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(memory(random, "M0", Keep.MUST_ALL, OptionalLong.empty()));
    Set<String> may = oneBelow || random.nextBoolean() ? Set.of() : Set.of("W", "O");
    Keep keep = new Keep(Set.of("I"), may);
    boolean two = random.nextInt(4) == 0;
    if (two) {
      nodes.add(fanout(random, "F1", 2));
    }
    if (random.nextInt(3) == 0) {
      nodes.add(memory(random, "M1", new Keep(Set.of(), Set.of("I")), capacity(random)));
    }
    nodes.add(fanout(random, "F0", two ? 4 : List.of(4, 4, 6, 8).get(random.nextInt(4))));
    nodes.add(memory(random, "M2", keep, capacity(random)));
    nodes.add(
        new Compute("X", new Action("compute", figure(random), 0, 1), Figure.NONE, Figure.NONE));
    return new Architecture("stands", 1e9, "", new Widths(8, 8, 8, 8), nodes);
  }

  private static OptionalLong capacity(SplittableRandom random) {
    return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(8 + random.nextInt(100));
  }

  private static Memory memory(
      SplittableRandom random, String name, Keep keep, OptionalLong capacityBits) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : List.of("read", "write")) {
      double perCycle = List.of(0.25, 0.5, 1.0, 2.0).get(random.nextInt(4));
      actions.put(action, new Action(action, figure(random), 8, perCycle));
    }
    return new Memory(name, capacityBits, keep, actions, false, Figure.NONE, Figure.NONE);
  }

  private static Fanout fanout(SplittableRandom random, String name, int size) {
    Fanout.Multicast multicast =
        List.of(Fanout.Multicast.WORDS, Fanout.Multicast.NONE).get(random.nextInt(2));
    return new Fanout(
        name,
        List.of(new Fanout.Dimension("x", size, Set.of())),
        multicast,
        true,
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Action("transfer", figure(random), 0, 1)),
        Figure.NONE,
        Figure.NONE);
  }

  private static Figure figure(SplittableRandom random) {
    return Figure.of(1 + random.nextInt(1000), "test");
  }

  /** Never leaves anything out. */
  private static final class Everything extends Incumbents {
    Everything(Problem p) {
      super(p.objective, false, p.architecture.clockHz(), 1e99, 1e99);
    }

    @Override
    boolean prunes(double energyPj, double cycles) {
      return false;
    }
  }
}
