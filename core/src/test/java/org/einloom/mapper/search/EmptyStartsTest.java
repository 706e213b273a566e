package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MapperOptions;
import org.einloom.testing.Tiny;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/**
 * While a fanout above a memory is open, so is how many sums there begin empty: each instance has
 * sums of its own, whose first parts need no value from above. A bound must not charge for these
 * values where they would pass a toll or a fanout.
 */
class EmptyStartsTest {
  private static final Action DEAR = new Action("read", Figure.of(50, "test"), 0, 1e9);

  @Test
  void throughATollBelow() {
    var actions = new LinkedHashMap<String, Action>();
    actions.put(DEAR.name(), DEAR);
    holds(new Toll("T", Set.of("output"), actions, true, Figure.NONE, Figure.NONE));
  }

  @Test
  void throughAFanoutOfOneChild() {
    var transfer = new Action("transfer", DEAR.energyPj(), 0, DEAR.perCycle());
    holds(fanout("G", 1, Optional.of(transfer)));
  }

  private static void holds(Node below) {
    List<Node> nodes =
        List.of(
            memory("M0", Keep.MUST_ALL),
            fanout("F", 4, Optional.empty()),
            memory("M1", Keep.MUST_ALL),
            below,
            new Compute("X", new Action("compute", Figure.NONE, 0, 1), Figure.NONE, Figure.NONE));
    var problem =
        new Problem(
            Tiny.einsum("O[m] += A[m,k]", "m=2 k=4"),
            new Architecture("test", 1e9, "", new Widths(8, 8, 8, 8), nodes),
            Objective.ENERGY,
            new MapperOptions(Policy.DEFAULT, 1));
    assertThat(StructureBoundTest.holds(problem)).isPositive();
  }

  private static Memory memory(String name, Keep keep) {
    var actions = new LinkedHashMap<String, Action>();
    for (String a : List.of("read", "write")) {
      actions.put(a, new Action(a, Figure.NONE, 0, Double.POSITIVE_INFINITY));
    }
    return new Memory(name, OptionalLong.empty(), keep, actions, true, Figure.NONE, Figure.NONE);
  }

  private static Fanout fanout(String name, long size, Optional<Action> transfer) {
    return new Fanout(
        name,
        List.of(new Fanout.Dimension("x", size, Set.of())),
        Fanout.Multicast.WORDS,
        true,
        transfer,
        Figure.NONE,
        Figure.NONE);
  }
}
