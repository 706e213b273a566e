package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapper.search.Searches;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/** Tolls that decide which mapping is the best one; each answer is held to brute force. */
class TollSearchTest {
  private static final double ALWAYS = Double.POSITIVE_INFINITY;
  private static final Set<String> RESULT = Set.of("output");

  /**
   * Several instances with sums of their own leave fewer starting values to be sent down: what a
   * link saves per round, it saves in as many rounds as there are, and a scalar has but one.
   */
  @Test
  void countsOneRoundOfWhatNeverMoves() {
    Found found =
        optimal(
            Tiny.einsum("O[] += A[k] * B[k]", "k=12"),
            memory("M0", 3, Keep.MUST_ALL),
            fanout(4, "F"),
            memory("M1", 4, new Keep(RESULT, Set.of())),
            toll(RESULT, action("read", 60, ALWAYS), action("update", 1, ALWAYS)),
            fanout(3, "G"),
            memory("M2", 6, new Keep(RESULT, Set.of())));
    assertThat(found.mapping().nodes()).anyMatch(Spatial.class::isInstance);
  }

  /** A partial sum that begins empty in each of several instances does not come down the toll. */
  @Test
  void spreadsASumWhereStartingValuesAreDear() {
    Found found =
        optimal(
            Tiny.einsum("O[m] += A[m,k]", "m=4 k=4"),
            memory("M0", 1, Keep.MUST_ALL),
            fanout(4, "F"),
            memory("M1", 0, new Keep(RESULT, Set.of())),
            toll(RESULT, action("read", 50, ALWAYS), action("update", 50, ALWAYS)));
    assertThat(found.mapping().nodes()).contains(new Spatial("F", "x", "k", 1));
  }

  /** Where words pass slowly, time decides: one word of B for all children instead of one each. */
  @Test
  void waitsForWhatPassesSlowly() {
    Einsum product = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=4 n=2 k=2");
    Found found =
        optimal(
            product,
            memory("M0", 0, Keep.MUST_ALL),
            toll(Set.of("B"), action("read", 0, 0.125)),
            fanout(4, "F"),
            memory("M1", 0, new Keep(Set.of("B"), Set.of())));
    // 4 words of B at 8 cycles each, if each passes once
    assertThat(found.evaluation().latencyCycles()).isEqualTo(32);
    assertThat(found.evaluation().boundBy()).contains("T");
  }

  private static Found optimal(Einsum einsum, Node... nodes) {
    List<Node> all = new ArrayList<>(List.of(nodes));
    Action compute = new Action("compute", Figure.of(1, "test"), 0, 1);
    all.add(new Compute("X", compute, Figure.NONE, Figure.NONE));
    var architecture = new Architecture("test", 1e9, "", new Widths(8, 8, 8, 16), all);
    Found last = null;
    for (Objective objective : List.of(Objective.ENERGY, Objective.LATENCY, Objective.EDP)) {
      var problem =
          new Problem(
              "test", einsum, architecture, objective, Tiling.PERFECT, Constraints.NONE, true);
      assertThat(MapperCheck.of(problem).check(Searches::walk)).isInstanceOf(Found.class);
      last = (Found) MapperCheck.of(problem).check(new ExactMapper());
    }
    return last;
  }

  private static Memory memory(String name, double pj, Keep keep) {
    var actions = new LinkedHashMap<String, Action>();
    for (String a : List.of("read", "write")) {
      actions.put(a, action(a, pj, ALWAYS));
    }
    return new Memory(name, OptionalLong.empty(), keep, actions, true, Figure.NONE, Figure.NONE);
  }

  private static Fanout fanout(long size, String name) {
    return new Fanout(
        name,
        List.of(new Fanout.Dimension("x", size, Set.of())),
        Fanout.Multicast.WORDS,
        true,
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }

  private static Toll toll(Set<String> tensors, Action... actions) {
    var byName = new LinkedHashMap<String, Action>();
    for (Action a : actions) {
      byName.put(a.name(), a);
    }
    return new Toll("T", tensors, byName, true, Figure.NONE, Figure.NONE);
  }

  private static Action action(String name, double pj, double perCycle) {
    return new Action(name, Figure.of(pj, "test"), 0, perCycle);
  }
}
