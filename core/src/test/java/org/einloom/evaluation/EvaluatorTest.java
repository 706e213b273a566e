package org.einloom.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.einloom.arch.Memory;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/** Hand-computed bills. */
class EvaluatorTest {
  private static final Widths WIDTHS = new Widths(8, 4, 16, 32);

  /** O[m] += A[m,k] * B[k], 4 x 6. */
  private static final Einsum EINSUM =
      new Einsum(
          "gemv",
          List.of(new RankVariable("m", 4), new RankVariable("k", 6)),
          List.of(tensor("A", Role.INPUT, "m", 4, "k", 6), tensor("B", Role.WEIGHT, "k", 6)),
          tensor("O", Role.OUTPUT, "m", 4));

  @Test
  void chargesReadsAndDrainsAsReadsAndFillsAndUpdatesAsWritesEachAtItsWidth() {
    Memory buffer = memory("Buffer", true, action("read", 2, 16, 1), action("write", 3, 16, 1));
    // O: 5 words sent or added to (partial, 32 b), 7 drains of which 4 complete (16 b)
    Evaluation e =
        evaluate(
            buffer, 2, flows("O", new Flows(5, 6, 9, 7, 1, 4), "A", new Flows(10, 12, 0, 0, 0, 0)));

    ComponentCost c = e.components().get(1);
    // A: 10 x 8 b / 16 b = 5 reads, 12 x 8 / 16 = 6 writes, at each of 2 instances
    assertThat(charge(c, "read", "A").count()).isEqualTo(2 * 5.0);
    assertThat(charge(c, "write", "A").count()).isEqualTo(2 * 6.0);
    // O reads: 5 x 32 + 4 x 16 + 3 x 32 = 320 b; writes: 6 x 32 + 1 x 16 + 8 x 32 = 464 b
    assertThat(charge(c, "read", "O").count()).isEqualTo(2 * 20.0);
    assertThat(charge(c, "write", "O").count()).isEqualTo(2 * 29.0);
    assertThat(charge(c, "read", "O").energyPj()).isEqualTo(2 * 20.0 * 2);
    assertThat(c.energyPj("A")).isEqualTo(2 * (5 * 2 + 6 * 3));
    assertThat(c.energyPj("O")).isEqualTo(2 * (20 * 2 + 29 * 3));
    assertThat(c.actions().get("write")).isEqualTo(new ComponentCost.ActionTotal(70, 210));
    assertThat(c.flows("O")).isEqualTo(new Flows(10, 12, 18, 14, 2, 8));
  }

  @Test
  void chargesUpdatesAsUpdatesWhereTheMemoryDeclaresThem() {
    Memory buffer =
        memory(
            "Buffer",
            true,
            action("read", 2, 16, 1),
            action("write", 3, 16, 1),
            action("update", 7, 32, 1));
    ComponentCost c =
        evaluate(buffer, 1, flows("O", new Flows(0, 6, 9, 0, 1, 0))).components().get(1);
    assertThat(charge(c, "write", "O").count()).isEqualTo(12.0);
    assertThat(charge(c, "update", "O").count()).isEqualTo((16 + 8 * 32) / 32.0);
  }

  @Test
  void anActionWithoutWidthMovesOneWord() {
    Memory buffer = memory("Buffer", true, action("read", 2, 0, 1), action("write", 3, 0, 1));
    ComponentCost c =
        evaluate(buffer, 1, flows("A", new Flows(10, 12, 0, 0, 0, 0))).components().get(1);
    assertThat(charge(c, "read", "A").count()).isEqualTo(10.0);
  }

  @Test
  void timesAddUpAtASharedPortAndTheSlowestDecidesAtSeparateOnes() {
    var flows = flows("A", new Flows(32, 24, 0, 0, 0, 0));
    Action read = action("read", 0, 8, 0.5);
    Action write = action("write", 0, 8, 2);
    // 32 reads at 0.5 per cycle: 64 cycles; 24 writes at 2: 12 cycles
    assertThat(evaluate(memory("Buffer", true, read, write), 2, flows).latencyCycles())
        .isEqualTo(76.0);
    assertThat(evaluate(memory("Buffer", false, read, write), 2, flows).latencyCycles())
        .isEqualTo(64.0);
  }

  /** What is handed on is a read there, and no transfer; links are other wires than the network. */
  @Test
  void wordsHandedOnAreReadAndPassLinks() {
    Memory buffer = memory("Buffer", true, action("read", 2, 8, 1), action("write", 3, 8, 1));
    Fanout plain = fanout(Optional.of(action("transfer", 5, 8, 1)));
    Fanout linked =
        new Fanout(
            plain.name(),
            plain.dimensions(),
            plain.multicast(),
            plain.reduce(),
            plain.transfer(),
            Optional.of(new Links(Set.of("all"), Optional.of(action("link", 0.5, 16, 0.25)))),
            plain.areaUm2(),
            plain.leakageUw());
    Evaluation e =
        Evaluator.evaluate(
            EINSUM,
            architecture(buffer, linked),
            counts(
                List.of(new InstanceClass(4, flows("A", new Flows(20, 8, 0, 0, 0, 0, 6)))),
                List.of(new InstanceClass(1, flows("A", new Flows(10, 0, 0, 0, 0, 0, 24)))),
                Map.of(),
                24,
                6),
            Policy.DEFAULT);
    ComponentCost array = e.components().get(2);
    assertThat(charge(e.components().get(1), "read", "A").count()).isEqualTo(4 * 26.0);
    assertThat(charge(array, "transfer", "A").count()).isEqualTo(10.0);
    assertThat(charge(array, "link", "A").count()).isEqualTo(12.0);
    assertThat(charge(array, "link", "A").energyPj()).isEqualTo(6.0);
    // 12 actions at 0.25 per cycle take longer than 10 transfers, which go on meanwhile
    assertThat(array.latencyCycles()).isEqualTo(48.0);
  }

  @Test
  void theBusiestInstanceDecidesTheLatency() {
    Memory buffer = memory("Buffer", true, action("read", 0, 8, 1), action("write", 0, 8, 1));
    var classes =
        List.of(
            new InstanceClass(3, flows("A", new Flows(20, 0, 0, 0, 0, 0))),
            new InstanceClass(1, flows("A", new Flows(50, 0, 0, 0, 0, 0))));
    Evaluation e = evaluate(buffer, classes, Map.of(), 24, 6);
    assertThat(e.latencyCycles()).isEqualTo(50.0);
    assertThat(e.boundBy()).contains("Buffer");
    assertThat(e.latencyS()).isEqualTo(50 / 1e6);
    // 24 computes in 50 cycles on 4 MACs of 1 per cycle
    assertThat(e.utilization().getAsDouble()).isEqualTo(24 / 200.0);
    assertThat(charge(e.components().get(1), "read", "A").count()).isEqualTo(110.0);
  }

  @Test
  void theComputeDecidesWhereNothingIsSlower() {
    Memory buffer = memory("Buffer", true, action("read", 0, 8, Double.POSITIVE_INFINITY));
    Evaluation e =
        evaluate(
            buffer,
            List.of(new InstanceClass(1, flows("A", new Flows(9, 0, 0, 0, 0, 0)))),
            Map.of(),
            24,
            7);
    assertThat(e.boundBy()).contains("MAC");
    assertThat(e.cycles()).isEqualTo(7);
    ComponentCost mac = e.components().getLast();
    assertThat(mac.charges().getFirst().count()).isEqualTo(24.0);
    assertThat(mac.charges().getFirst().energyPj()).isEqualTo(24.0);
    assertThat(mac.instances()).isEqualTo(4);
    assertThat(e.areaUm2()).isEqualTo(10 + 10 + 4 * 5 + 7);
  }

  @Test
  void everyInstanceLeaksAllTheTimeUsedOrNot() {
    Memory buffer = memory("Buffer", true, action("read", 0, 8, 1));
    Evaluation e =
        evaluate(
            buffer,
            List.of(new InstanceClass(1, flows("A", new Flows(50, 0, 0, 0, 0, 0)))),
            Map.of(),
            24,
            6);
    ComponentCost mac = e.components().getLast();
    Charge leak = mac.charges().getLast();
    assertThat(leak.action()).isEqualTo("leak");
    assertThat(leak.count()).isEqualTo(4 * 50.0);
    // 3 uW for 50 us on 4 instances: 600 pJ
    assertThat(leak.energyPj()).isCloseTo(600, within(1e-9));
    assertThat(leak.cost().source()).isEqualTo("leak data");
  }

  @Test
  void transfersServeReadsAndUpdates() {
    Memory buffer = memory("Buffer", true, action("read", 0, 8, 1), action("write", 0, 8, 1));
    Fanout fanout = fanout(Optional.of(action("transfer", 5, 0, 1)));
    var counts =
        counts(
            List.of(new InstanceClass(1, flows("A", new Flows(1, 0, 0, 0, 0, 0)))),
            List.of(
                new InstanceClass(
                    1, flows("A", new Flows(11, 0, 0, 0, 0, 0), "O", new Flows(2, 0, 6, 0, 4, 0)))),
            Map.of(),
            24,
            6);
    Evaluation e = Evaluator.evaluate(EINSUM, architecture(buffer, fanout), counts, Policy.DEFAULT);
    ComponentCost c = e.components().get(2);
    assertThat(charge(c, "transfer", "A").count()).isEqualTo(11.0);
    assertThat(charge(c, "transfer", "O").count()).isEqualTo(8.0);
    assertThat(c.latencyCycles()).isEqualTo(19.0);
  }

  @Test
  void everyChargeIsACountTimesACostWithItsSource() {
    Memory buffer = memory("Buffer", true, action("read", 2, 8, 1), action("write", 3, 8, 1));
    Evaluation e = evaluate(buffer, 2, flows("A", new Flows(10, 12, 0, 0, 0, 0)));
    double sum = 0;
    for (ComponentCost c : e.components()) {
      for (Charge charge : c.charges()) {
        sum += charge.count() * charge.cost().value();
        assertThat(charge.cost().source()).isNotEmpty();
      }
    }
    assertThat(sum).isGreaterThan(0);
    assertThat(e.energyPj()).isCloseTo(sum, within(1e-9));
  }

  @Test
  void roundsUpWholeCyclesButNotForRoundingErrors() {
    assertThat(withLatency(10.2).cycles()).isEqualTo(11);
    assertThat(withLatency(11).cycles()).isEqualTo(11);
    assertThat(withLatency(0.1 * 3 * 10).cycles()).isEqualTo(3);
  }

  @Test
  void anActionThatIsNeededButNotDeclaredIsAnError() {
    Memory buffer = memory("Buffer", true, action("read", 2, 8, 1));
    assertThatThrownBy(() -> evaluate(buffer, 1, flows("A", new Flows(10, 12, 0, 0, 0, 0))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("memory 'Buffer' has no action 'write'")
        .hasMessageContaining("12 words of A");
  }

  @Test
  void tilesThatDoNotFitAreAnErrorThatSaysWhatWould() {
    Memory buffer = memory("Buffer", true, action("read", 2, 8, 1));
    var occupancy = new TreeMap<String, Occupancy>();
    occupancy.put("A", new Occupancy(128, false));
    occupancy.put("O", new Occupancy(32, true));
    var classes = List.of(new InstanceClass(1, flows("A", new Flows(9, 0, 0, 0, 0, 0))));
    // 128 x 8 b + 32 x 32 b = 2048 b, and it holds 2048 b
    assertThat(evaluate(buffer, classes, occupancy, 24, 6)).isNotNull();
    occupancy.put("A", new Occupancy(1024, false));
    assertThatThrownBy(() -> evaluate(buffer, classes, occupancy, 24, 6))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith(
            "Buffer holds 256 B; the mapping of 'gemv' needs 1152 B (A 1 KiB, O 128 B): ");
    // the complete width where no word changes any more
    occupancy.put("A", new Occupancy(192, false));
    occupancy.put("O", new Occupancy(32, false));
    assertThat(evaluate(buffer, classes, occupancy, 24, 6)).isNotNull();
  }

  @Test
  void sizesAreWrittenExactly() {
    assertThat(Capacity.bitsAsText(3)).isEqualTo("3 b");
    assertThat(Capacity.bitsAsText(8 * 1000)).isEqualTo("1000 B");
    assertThat(Capacity.bitsAsText(8 * 18 * 1024)).isEqualTo("18 KiB");
    assertThat(Capacity.bitsAsText(8L * 2 * 1024 * 1024)).isEqualTo("2 MiB");
  }

  @Test
  void countsOutOfRangeAreAnErrorNeverAWrongNumber() {
    Memory buffer = memory("Buffer", true, action("read", 2, 8, 1));
    assertThatThrownBy(() -> evaluate(buffer, 4, flows("A", new Flows(1L << 62, 0, 0, 0, 0, 0))))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("exceed");
  }

  @Test
  void policiesAreNamed() {
    assertThat(Policy.named("default")).isSameAs(Policy.DEFAULT);
    for (String name : List.of("timeloop", "timeloop:no-links,updated-rmw")) {
      assertThat(Policy.named(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> Policy.named("timeloop:no-lnks"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("did you mean 'no-links'?");
    assertThatThrownBy(() -> Policy.named("defualt"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("expected policy 'default'");
  }

  private static Evaluation withLatency(double cycles) {
    return new Evaluation(
        "default",
        1,
        cycles,
        cycles,
        java.util.OptionalDouble.empty(),
        Optional.empty(),
        List.of());
  }

  private static Evaluation evaluate(
      Memory buffer, long instances, SequencedMap<String, Flows> flows) {
    return evaluate(buffer, List.of(new InstanceClass(instances, flows)), Map.of(), 24, 6);
  }

  private static Evaluation evaluate(
      Memory buffer,
      List<InstanceClass> classes,
      Map<String, Occupancy> occupancy,
      long computes,
      long busiest) {
    return Evaluator.evaluate(
        EINSUM,
        architecture(buffer, fanout(Optional.empty())),
        counts(classes, List.of(), occupancy, computes, busiest),
        Policy.DEFAULT);
  }

  private static Counts counts(
      List<InstanceClass> buffer,
      List<InstanceClass> fanout,
      Map<String, Occupancy> occupancy,
      long computes,
      long busiest) {
    return new Counts(
        List.of(
            new ComponentCounts("DRAM", List.of(), new TreeMap<>()),
            new ComponentCounts("Buffer", buffer, new TreeMap<>(occupancy)),
            new ComponentCounts("Array", fanout, new TreeMap<>())),
        computes,
        busiest,
        4);
  }

  private static Architecture architecture(Memory buffer, Fanout fanout) {
    Memory dram =
        new Memory(
            "DRAM",
            OptionalLong.empty(),
            Keep.MUST_ALL,
            new LinkedHashMap<>(),
            true,
            Figure.of(10, "area data"),
            Figure.of(0, "leak data"));
    Compute mac =
        new Compute(
            "MAC",
            new Action("compute", Figure.of(1, "data"), 0, 1),
            Figure.of(5, "area data"),
            Figure.of(3, "leak data"));
    return new Architecture("tiny", 1e6, "", WIDTHS, List.of(dram, buffer, fanout, mac));
  }

  private static Fanout fanout(Optional<Action> transfer) {
    return new Fanout(
        "Array",
        List.of(new Fanout.Dimension("x", 4, Set.of())),
        Fanout.Multicast.WORDS,
        true,
        transfer,
        Figure.of(7, "area data"),
        Figure.of(0, "leak data"));
  }

  private static Memory memory(String name, boolean shared, Action... actions) {
    var byName = new LinkedHashMap<String, Action>();
    for (Action a : actions) {
      byName.put(a.name(), a);
    }
    return new Memory(
        name,
        OptionalLong.of(2048),
        Keep.MAY_ALL,
        byName,
        shared,
        Figure.of(10, "area data"),
        Figure.of(0, "leak data"));
  }

  private static Action action(String name, double energyPj, long width, double perCycle) {
    return new Action(name, Figure.of(energyPj, "data"), width, perCycle);
  }

  private static SequencedMap<String, Flows> flows(Object... pairs) {
    var map = new LinkedHashMap<String, Flows>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (Flows) pairs[i + 1]);
    }
    return map;
  }

  private static Charge charge(ComponentCost c, String action, String tensor) {
    return c.charges().stream()
        .filter(x -> x.action().equals(action) && x.tensor().equals(Optional.of(tensor)))
        .findFirst()
        .orElseThrow();
  }

  private static TensorAccess tensor(String name, Role role, Object... ranks) {
    var list = new ArrayList<TensorAccess.Rank>();
    for (int i = 0; i < ranks.length; i += 2) {
      list.add(new TensorAccess.Rank(Affine.of((String) ranks[i]), (Integer) ranks[i + 1]));
    }
    return new TensorAccess(name, name, role, list, OptionalInt.empty());
  }
}
