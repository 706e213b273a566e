package org.einloom.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.sim.Simulator;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** Hand-computed bills of tolls. Words of operands have 8 b, of results 8 b, of partial sums 16. */
class TollCostTest {
  /**
   * 4 x 6. In each step compute m asks for A[m,k] and updates O[m], which it started from the last
   * but for its first step: 24 words of A down, 20 of O, each of 4 instances alike; up come 24 of
   * O, of which 4 are complete.
   */
  private static final Einsum EINSUM = Tiny.einsum("O[m] += A[m,k]", "m=4 k=6");

  private static final String[] MAPPING = {"M0: A O", "for k 1", "par F.x m 1"};

  @Test
  void chargesReadsDownAndUpdatesUpEachAtItsWidth() {
    ComponentCost c =
        cost(Set.of(Keep.ALL), true, action("read", 2, 4, 1), action("update", 3, 8, 1));
    assertThat(charge(c, "read", "A")).isEqualTo(24 * 8 / 4.0);
    assertThat(charge(c, "read", "O")).isEqualTo(20 * 16 / 4.0);
    assertThat(charge(c, "update", "O")).isEqualTo((4 * 8 + 20 * 16) / 8.0);
    assertThat(c.energyPj("A")).isEqualTo(48 * 2);
    assertThat(c.energyPj("O")).isEqualTo(80 * 2 + 44 * 3);
    assertThat(c.instances()).isEqualTo(4);
  }

  @Test
  void chargesForItsTensorsAlone() {
    ComponentCost c =
        cost(Set.of("output"), true, action("read", 2, 0, 1), action("update", 3, 0, 1));
    assertThat(c.flows()).containsOnlyKeys("O");
    assertThat(c.energyPj("O")).isEqualTo(20 * 2 + 24 * 3);
  }

  @Test
  void aWayWithoutAnActionIsFree() {
    ComponentCost up = cost(Set.of("output"), true, action("update", 3, 0, 1));
    assertThat(up.actions()).containsOnlyKeys("update", "leak");
    assertThat(up.energyPj("O")).isEqualTo(24 * 3);
    assertThat(up.latencyCycles()).isEqualTo(6);
    assertThat(up.flows("O").reads()).isEqualTo(20);
  }

  @Test
  void bothWaysTakeTurnsAtASharedPort() {
    Action read = action("read", 0, 0, 0.5);
    Action update = action("update", 0, 0, 2);
    // each instance: 6 + 5 words down at 0.5 per cycle, 6 words up at 2 per cycle
    assertThat(cost(Set.of(Keep.ALL), true, read, update).latencyCycles()).isEqualTo(22 + 3);
    assertThat(cost(Set.of(Keep.ALL), false, read, update).latencyCycles()).isEqualTo(22);
    Evaluation e = evaluate(Set.of(Keep.ALL), false, read, update);
    assertThat(e.latencyCycles()).isEqualTo(22);
    assertThat(e.boundBy()).contains("T");
  }

  @Test
  void everyInstanceHasAreaAndLeaks() {
    Evaluation e = evaluate(Set.of("output"), true, action("update", 0, 0, 0.5));
    assertThat(e.latencyCycles()).isEqualTo(12);
    assertThat(e.areaUm2()).isEqualTo(4 * 5);
    // 3 uW for 12 ns on 4 instances
    assertThat(e.energyPj()).isCloseTo(4 * 12 * 0.003, within(1e-12));
  }

  @Test
  void aTollThatChargesForNothingIsAnError() {
    assertThatThrownBy(() -> toll(Set.of(), true, action("read", 1, 0, 1)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("charges for no tensor");
    assertThatThrownBy(() -> toll(Set.of("all"), true))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("charges for nothing");
    assertThatThrownBy(() -> toll(Set.of("all"), true, action("write", 1, 0, 1)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("'write'; expected read or update");
  }

  private static ComponentCost cost(Set<String> tensors, boolean shared, Action... actions) {
    return evaluate(tensors, shared, actions).components().get(2);
  }

  private static Evaluation evaluate(Set<String> tensors, boolean shared, Action... actions) {
    Architecture plain = Tiny.architecture("M0", "F x=4 words reduce");
    List<Node> nodes = new ArrayList<>(plain.nodes());
    nodes.set(0, freely((Memory) nodes.getFirst()));
    nodes.add(2, toll(tensors, shared, actions));
    var with = new Architecture("tiny", plain.clockHz(), "", plain.widths(), nodes);
    var counts = Simulator.run(EINSUM, with, Tiny.mapping(MAPPING)).counts();
    return Evaluator.evaluate(EINSUM, with, counts, Policy.DEFAULT);
  }

  private static Memory freely(Memory m) {
    var actions = new LinkedHashMap<String, Action>();
    for (String name : List.of("read", "write")) {
      actions.put(name, action(name, 0, 0, Double.POSITIVE_INFINITY));
    }
    return new Memory(
        m.name(), m.capacityBits(), m.keep(), actions, true, m.areaUm2(), m.leakageUw());
  }

  private static Toll toll(Set<String> tensors, boolean shared, Action... actions) {
    var byName = new LinkedHashMap<String, Action>();
    for (Action a : actions) {
      byName.put(a.name(), a);
    }
    return new Toll("T", tensors, byName, shared, Figure.of(5, ""), Figure.of(3, ""));
  }

  private static Action action(String name, double energyPj, long width, double perCycle) {
    return new Action(name, Figure.of(energyPj, "data"), width, perCycle);
  }

  private static double charge(ComponentCost c, String action, String tensor) {
    return c.charges().stream()
        .filter(x -> x.action().equals(action) && x.tensor().equals(Optional.of(tensor)))
        .mapToDouble(Charge::count)
        .sum();
  }
}
