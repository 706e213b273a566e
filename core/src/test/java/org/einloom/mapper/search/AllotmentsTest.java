package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Architecture;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.Tiling;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/**
 * Where memories that tensors share are divided among them at once, the search for the loops of a
 * structure finds all that is worth having of every mapping of it, and nothing else.
 */
class AllotmentsTest {
  private static final int MOST_MAPPINGS = 3_000;

  @Test
  void asGoodAsEveryMappingOfTheStructure() {
    checkAll("divided memories", false);
  }

  @Test
  void alsoWhereTilesOverlap() {
    checkAll("divided memories with overlapping tiles", true);
  }

  /** Of a tile of one word nothing is kept before it is known for sure that nothing can be. */
  @Test
  void tilesOfOneWord() {
    Problem problem = small(new SplittableRandom(47715886889L), true);
    var every = new EveryStructure(problem);
    assertThat(every.mappings).isNotEmpty();
    every.mappings.forEach(
        (key, mappings) ->
            Front.of(every.structure(key), new TemporalSearch(Set.of(), true))
                .assertSame(Front.of(mappings), key.toString()));
  }

  @Test
  void asGoodAsWithoutDividing() {
    checkLarger("larger divided memories", false);
  }

  @Test
  void alsoWithoutDividingWhereTilesOverlap() {
    checkLarger("larger divided memories with overlapping tiles", true);
  }

  /** Counts structures in which what was best did not fit as it was. */
  private static void checkAll(String what, boolean overlapping) {
    SmallProblems.check(
        what,
        40,
        random -> small(random, overlapping),
        (problem, random) -> {
          var every = new EveryStructure(problem);
          var search = new TemporalSearch(Set.of(), true);
          int[] seen = {0};
          every.mappings.forEach(
              (key, mappings) -> {
                Structure s = every.structure(key);
                if (s.halo == null || !s.halo.uneven) {
                  long before = search.misfits();
                  Front.of(s, search).assertSame(Front.of(mappings), key.toString());
                  seen[0] += search.misfits() > before ? 1 : 0;
                }
              });
          return seen[0];
        });
  }

  /** Counts how often what was best did not fit as it was. */
  private static void checkLarger(String what, boolean overlapping) {
    SmallProblems.check(
        what,
        60,
        random -> draw(random, overlapping, 100, 4_000),
        (problem, random) -> {
          Structure s = RandomStructures.draw(problem, random);
          if (s.halo != null && s.halo.uneven) {
            return 0;
          }
          var whole = new TemporalSearch(Set.of(), false);
          var divided = new TemporalSearch(Set.of(), true);
          Front.of(s, divided).assertSame(Front.of(s, whole), "divided");
          var energy = Front.energyWanted(problem);
          divided.run(s, energy, problem.options.monitor(), Double.NEGATIVE_INFINITY);
          var least = Front.energyWanted(problem);
          whole.run(s, least, problem.options.monitor(), Double.NEGATIVE_INFINITY);
          if (Double.isFinite(least.value) || Double.isFinite(energy.value)) {
            assertThat(energy.value).isCloseTo(least.value, within(1e-9 * least.value));
          }
          return (int) Math.min(10, divided.misfits());
        });
  }

  private static Problem small(SplittableRandom random, boolean overlapping) {
    while (true) {
      Problem problem = draw(random, overlapping, 1, 4_000);
      long mappings =
          EveryMapping.count(problem.einsum, problem.architecture, Tiling.PERFECT, MOST_MAPPINGS);
      if (mappings < MOST_MAPPINGS && mappings > MOST_MAPPINGS / 20) {
        return problem;
      }
    }
  }

  private static Problem draw(
      SplittableRandom random, boolean overlapping, long fewest, long most) {
    while (true) {
      Problem any = SmallProblems.draw(random);
      long computes = any.einsum.computes();
      if (SmallProblems.regular(any) == overlapping || computes < fewest || computes > most) {
        continue;
      }
      var problem = new Problem(any.einsum, crowded(any, random), any.objective, any.options);
      if ((overlapping ? SmallProblems.overlapping(problem) : SmallProblems.regular(problem))
          && Searches.isCovered(problem)
          && problem.memories.length > 1
          && !Placement.all(problem).isEmpty()) {
        return problem;
      }
    }
  }

  /** Memories that have to keep everything, and have room for about half of it. */
  private static Architecture crowded(Problem p, SplittableRandom random) {
    long all = 0;
    for (TensorAccess t : p.tensors) {
      all += t.words() * p.architecture.widths().partialOf(t);
    }
    List<Node> nodes = new ArrayList<>(p.architecture.nodes());
    for (int m = 1; m < p.architecture.memories().size(); m++) {
      Memory memory = p.architecture.memories().get(m);
      nodes.set(
          nodes.indexOf(memory),
          new Memory(
              memory.name(),
              OptionalLong.of((long) (all * random.nextDouble(0.1, 0.8))),
              Keep.MUST_ALL,
              memory.actions(),
              memory.sharedPort(),
              memory.areaUm2(),
              memory.leakageUw()));
    }
    return p.architecture.withNodes(nodes);
  }
}
