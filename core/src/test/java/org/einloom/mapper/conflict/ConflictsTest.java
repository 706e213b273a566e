package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraint.Bypassed;
import org.einloom.constraint.Constraint.Kept;
import org.einloom.constraint.Constraint.LoopOrder;
import org.einloom.constraint.Constraint.MaxArea;
import org.einloom.constraint.Constraint.MaxEnergy;
import org.einloom.constraint.Constraint.MaxLatency;
import org.einloom.constraint.Constraint.MinUtilization;
import org.einloom.constraint.Constraint.SpatialFactor;
import org.einloom.constraint.Constraint.SpatialVariables;
import org.einloom.constraint.Constraint.TemporalFactor;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.BruteFeasibility;
import org.einloom.mapper.Tiling;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/** Empty mapspaces made by hand, and what is said of them. */
class ConflictsTest {
  private static final Einsum PRODUCT = Tiny.einsum("O[m] += A[m,k] * W[k]", "m=4 k=2");
  private static final List<String> ALL = List.of("read", "write");
  private static final Map<Question, Feasibility.Answer> ANSWERS = new HashMap<>();
  private static final Feasibility TRUTH =
      q -> ANSWERS.computeIfAbsent(q, new BruteFeasibility(200_000)::ask);

  @Test
  void aMemoryTooSmallForWhatItMustKeep() {
    // words of 8 bits; the smallest tiles are one word of each
    var question = ask(memory("DRAM", -1, Keep.MUST_ALL), memory("GLB", 23, Keep.MUST_ALL));
    assertThat(message(question))
        .isEqualTo(
            "GLB holds 23 b; GLB must keep A, O, W: together these leave no mapping; raise the"
                + " size of GLB to 3 B, or let A or O or W bypass GLB (move it from keep to"
                + " may_keep)");
  }

  @Test
  void anOutermostMemoryHoldsEverythingWhateverItsRules() {
    var question = ask(memory("DRAM", 8 * 13, Keep.MUST_ALL));
    assertThat(message(question))
        .isEqualTo(
            "DRAM holds 13 B: this leaves no mapping; raise the size of DRAM to 14 B"); // 8 + 2 + 4
  }

  @Test
  void anOutermostMemoryThatMayNotKeepATensor() {
    var question = ask(memory("DRAM", -1, new Keep(Set.of("input"), Set.of("O"))));
    assertThat(message(question))
        .isEqualTo(
            "DRAM may not keep W: this leaves no mapping; let DRAM keep W (add it to may_keep)");
  }

  @Test
  void demandsAgainstASize() {
    var fine = new TemporalFactor("c:1: fine", "DRAM", "m", 1, 4);
    var tile = new TemporalFactor("c:2: 'factors: {m: 4}' of memory 'GLB'", "GLB", "m", 4, 4);
    var kept = new Kept("c:3: 'keep: [A]' of memory 'GLB'", "GLB", Set.of("A"));
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL), memory("GLB", 8, Keep.MAY_ALL))
            .with(fine, tile, kept);
    // without A, the loop could be below a word of W; with 2 B, above a word of A, too
    assertThat(message(question))
        .isEqualTo(
            "c:2: 'factors: {m: 4}' of memory 'GLB'; c:3: 'keep: [A]' of memory 'GLB'; GLB holds 1"
                + " B: together these leave no mapping; let the factor of m (of extent 4) at GLB be"
                + " 1, or drop 'keep: [A]' of memory 'GLB', or raise the size of GLB to 2 B");
  }

  @Test
  void demandsThatContradictEachOther() {
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL), memory("GLB", -1, Keep.MAY_ALL))
            .with(
                new Kept("c:1: keep W", "GLB", Set.of("weight")),
                new TemporalFactor("c:2: k", "DRAM", "k", 1, 2),
                new Bypassed("c:3: bypass all", "GLB", Set.of("all")));
    assertThat(message(question))
        .isEqualTo(
            "c:1: keep W; c:3: bypass all: together these leave no mapping; drop keep W, or drop"
                + " bypass all");
    var factors =
        ask(memory("DRAM", -1, Keep.MUST_ALL), memory("GLB", -1, Keep.MAY_ALL))
            .with(
                new TemporalFactor("m4", "GLB", "m", 4, Long.MAX_VALUE),
                new TemporalFactor("m2", "DRAM", "m", 2, 2));
    assertThat(message(factors))
        .isEqualTo(
            "m4; m2; tiles of m divide what they cut: together these leave no mapping; let the"
                + " factor of m (of extent 4) at GLB go down to 2, or let the factor of m (of extent"
                + " 4) at DRAM be 1, or let tiles of m be of any size (--tiling m=imperfect)");
  }

  @Test
  void aFactorThatTilesWouldHaveToBeUnevenFor() {
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL), fanout(4))
            .with(new SpatialFactor("c:1: three", "PE", "x", "m", 3, 3));
    // 4 is cut into 3 and 1, the 3 into 3
    assertThat(message(question))
        .isEqualTo(
            "c:1: three; tiles of m divide what they cut: together these leave no mapping; let the"
                + " factor of m (of extent 4) on PE.x (of size 4) be 2 or 4, or let tiles of m be of"
                + " any size (--tiling m=imperfect)");
  }

  @Test
  void aFactorThatNothingCanReach() {
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL), fanout(3))
            .with(
                new SpatialFactor("c:1: four", "PE", "x", "m", 4, 8),
                new SpatialFactor("c:2: some", "PE", "x", "m", 1, 8));
    assertThat(message(question))
        .isEqualTo(
            "c:1: four: this leaves no mapping; let the factor of m (of extent 4) on PE.x (of size"
                + " 3) go down to 2");
  }

  @Test
  void aRuleOfADimensionAgainstADemandToUseIt() {
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL), fanout(8, "A", "W"))
            .with(new MinUtilization("c:9: 'min_utilization: 60 %' of fanout 'PE'", "PE", 0.6));
    // m indexes A, k indexes A and W: what is left is nothing
    assertThat(message(question))
        .isEqualTo(
            "c:9: 'min_utilization: 60 %' of fanout 'PE'; dimension 'x' of PE must not index A:"
                + " together these leave no mapping; lower 'min_utilization: 60 %' of fanout 'PE'"
                + " to 12.5 % (1 of 8)");
  }

  @Test
  void whereOneRemedyIsNotEnoughOnlyTheOthersAreNamed() {
    var spread = new SpatialFactor("c:1: k", "PE", "x", "k", 2, 2);
    var question = ask(memory("DRAM", -1, Keep.MUST_ALL), fanout(8, "A", "W")).with(spread);
    Conflict conflict = conflict(question);
    assertThat(requirements(conflict))
        .containsExactly(
            new Requirement.Demand(spread), new Requirement.MustNotIndex("PE", "x", Set.of("A")));
    assertThat(conflict.members())
        .extracting(Conflict.Member::then)
        .containsExactly(Feasibility.Answer.EXISTS, Feasibility.Answer.NONE);
    assertThat(conflict.message())
        .endsWith("leave no mapping; let the factor of k (of extent 2) on PE.x (of size 8) be 1");
  }

  @Test
  void ofTwoConflictsTheSmallerIsToldFirst() {
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL), memory("GLB", 7, new Keep(Set.of("A"), Set.of())))
            .with(new MaxArea("c:1: 'max_area: 5 um2'", 5));
    Conflict conflict = conflict(question);
    assertThat(conflict.smallest()).isTrue();
    assertThat(conflict.message())
        .isEqualTo(
            "c:1: 'max_area: 5 um2': this leaves no mapping; raise 'max_area: 5 um2' to 20 um2; but"
                + " even then other requirements leave none: GLB holds 7 b; GLB must keep A: together"
                + " these leave no mapping; raise the size of GLB to 1 B, or let A bypass GLB (move"
                + " it from keep to may_keep)");
  }

  @Test
  void ordersAgainstEachOther() {
    var question =
        ask(memory("DRAM", -1, Keep.MUST_ALL))
            .with(
                new LoopOrder("c:1: 'order: [m, k]'", "DRAM", List.of("m", "k")),
                new LoopOrder("c:2: 'order: [k]'", "DRAM", List.of("k")),
                new SpatialVariables("c:3: none", "PE", "x", Set.of()));
    // all loops are at DRAM, and both variables need one there
    assertThat(message(question.withNode(fanout(4))))
        .isEqualTo(
            "c:1: 'order: [m, k]'; c:2: 'order: [k]'; c:3: none: together these leave no mapping;"
                + " drop 'order: [m, k]', or drop 'order: [k]', or let m or k be spread on PE.x,"
                + " too");
  }

  @Test
  void limitsOfCostAreRaisedAsLittleAsNeeded() {
    // 8 computes, one a cycle at 1 GHz, spread over at most 2 places
    var latency = new MaxLatency("c:1: 'max_latency: 3 ns'", 3e-9);
    var question = ask(memory("DRAM", -1, Keep.MUST_ALL), fanout(2)).with(latency);
    assertThat(message(question))
        .isEqualTo(
            "c:1: 'max_latency: 3 ns': this leaves no mapping; raise 'max_latency: 3 ns' to 4 ns");
    // A is read once, 8 words, the others at least once, W 2 and O 4 words written: 1 pJ each
    var energy = new MaxEnergy("c:1: 'max_energy: 0 pJ'", 0);
    var free =
        ask(memory("DRAM", -1, Keep.MUST_ALL), memory("GLB", -1, Keep.MAY_ALL, 0)).with(energy);
    assertThat(message(free)).endsWith("raise 'max_energy: 0 pJ' to 14 pJ");
    var area = new MaxArea("c:1: 'max_area: 1 um2'", 1);
    assertThat(message(ask(memory("DRAM", -1, Keep.MUST_ALL)).with(area)))
        .endsWith("raise 'max_area: 1 um2' to 10 um2");
  }

  @Test
  void anActionThatIsMissing() {
    var question = ask(memory("DRAM", -1, Keep.MUST_ALL, 1, "write"));
    assertThat(message(question))
        .isEqualTo(
            "DRAM has no action 'read': this leaves no mapping; declare action 'read' of DRAM"
                + " (with energy 0 pJ if it is free)");
  }

  @Test
  void whereThereIsAMappingThereIsNothingToTell() {
    assertThat(find(ask(memory("DRAM", -1, Keep.MUST_ALL)))).isEmpty();
  }

  @Test
  void aTensorUsedTwiceIsOneForRules() {
    var square =
        new Question(
            Tiny.einsum("O[m] += A[m,k] * A#2[k,m]", "m=2 k=2"),
            ask(
                    memory("DRAM", -1, Keep.MUST_ALL),
                    memory("GLB", 8, new Keep(Set.of("A"), Set.of())))
                .question
                .architecture(),
            Constraints.NONE,
            Tiling.PERFECT);
    assertThat(message(new Asked(square)))
        .isEqualTo(
            "GLB holds 1 B; GLB must keep A: together these leave no mapping; raise the size of GLB"
                + " to 2 B, or let A bypass GLB (move it from keep to may_keep)");
  }

  private static String message(Asked asked) {
    return conflict(asked).message();
  }

  /** The conflict, once it is known to be a smallest one. */
  private static Conflict conflict(Asked asked) {
    Conflict conflict = find(asked).orElseThrow();
    ConflictCheck.check(asked.question, conflict, TRUTH);
    return conflict;
  }

  private static Optional<Conflict> find(Asked asked) {
    return Conflicts.find(asked.question, false, TRUTH, () -> false);
  }

  private static List<Requirement> requirements(Conflict conflict) {
    return conflict.members().stream().map(Conflict.Member::requirement).toList();
  }

  private record Asked(Question question) {
    Asked with(Constraint... constraints) {
      return new Asked(
          new Question(
              question.einsum(),
              question.architecture(),
              new Constraints(List.of(constraints)),
              question.tiling()));
    }

    Asked withNode(Node last) {
      List<Node> nodes = new ArrayList<>(question.architecture().nodes());
      nodes.add(nodes.size() - 1, last);
      return new Asked(
          new Question(
              question.einsum(), architecture(nodes), question.constraints(), question.tiling()));
    }
  }

  private static Asked ask(Node... above) {
    List<Node> nodes = new ArrayList<>(List.of(above));
    nodes.add(new Compute("X", new Action("compute", Figure.NONE, 0, 1), Figure.NONE, Figure.NONE));
    return new Asked(new Question(PRODUCT, architecture(nodes), Constraints.NONE, Tiling.PERFECT));
  }

  private static Architecture architecture(List<Node> nodes) {
    return new Architecture("tiny", 1e9, "", new Widths(8, 8, 8, 8), nodes);
  }

  private static Memory memory(String name, long bits, Keep keep) {
    return memory(name, bits, keep, 1);
  }

  private static Memory memory(String name, long bits, Keep keep, double pj, String... declared) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : declared.length == 0 ? ALL : List.of(declared)) {
      actions.put(action, new Action(action, Figure.of(pj, ""), 0, Double.POSITIVE_INFINITY));
    }
    OptionalLong capacity = bits < 0 ? OptionalLong.empty() : OptionalLong.of(bits);
    return new Memory(name, capacity, keep, actions, true, Figure.of(10, ""), Figure.NONE);
  }

  private static Fanout fanout(long size, String... mustNotIndex) {
    return new Fanout(
        "PE",
        List.of(new Fanout.Dimension("x", size, Set.of(mustNotIndex))),
        Fanout.Multicast.WORDS,
        true,
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }
}
