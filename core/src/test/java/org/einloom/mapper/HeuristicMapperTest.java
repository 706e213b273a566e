package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HeuristicMapperTest {
  private static final OptionalLong UNBOUNDED = OptionalLong.empty();

  @ParameterizedTest
  @FieldSource("org.einloom.evaluation.Objective#NAMED")
  void theAnswerIsTheSameWhateverTheNumberOfThreads(Objective objective) {
    Einsum einsum = product(48, 36, 50);
    Architecture architecture = threeLevels(OptionalLong.of(2048), OptionalLong.of(160));
    var one = found(einsum, architecture, objective, 1);
    for (int threads : new int[] {2, 5}) {
      var other = found(einsum, architecture, objective, threads);
      assertThat(other.mapping()).isEqualTo(one.mapping());
      assertThat(other.evaluation()).isEqualTo(one.evaluation());
      assertThat(other.optimality().evaluated()).isEqualTo(one.optimality().evaluated());
    }
  }

  @Test
  void readsEveryWordFromTheOutermostMemoryOnceWhereTheBufferHoldsAll() {
    Einsum einsum = product(8, 9, 10);
    var result = found(einsum, twoLevels(UNBOUNDED), Objective.ENERGY, 1);
    // nothing can be better: 80 + 90 words down and 72 up, at 100 pJ; 720 of each at the buffer
    double outermost = result.evaluation().components().getFirst().energyPj();
    assertThat(outermost).isEqualTo(100.0 * (8 * 10 + 10 * 9 + 8 * 9));
  }

  @Test
  void usesAllComputesWhereTheLatencyCounts() {
    Architecture architecture = threeLevels(UNBOUNDED, UNBOUNDED);
    assertThat(found(product(16, 6, 4), architecture, Objective.LATENCY, 2).evaluation().cycles())
        .isEqualTo(16 * 6 * 4 / 8);
  }

  @Test
  void cutsUnevenlyWhereThatUsesTheComputesBetter() {
    // 8 children; 11 is prime, so an even cut uses one or none
    var result = found(product(11, 1, 1), threeLevels(UNBOUNDED, UNBOUNDED), Objective.LATENCY, 1);
    assertThat(result.evaluation().cycles()).isEqualTo(2);
  }

  @Test
  void keepsWhatMustNotBeIndexedInOnePlace() {
    Fanout fanout = fanout(8, Set.of("B", "output"));
    var architecture = architecture(memory("DRAM", 100, UNBOUNDED, Keep.MUST_ALL), fanout);
    var result = found(product(8, 8, 8), architecture, Objective.LATENCY, 1);
    // m indexes the output, n both, k B: nothing is left to spread
    assertThat(result.mapping().nodes()).noneMatch(MappingNode.Spatial.class::isInstance);
    assertThat(result.evaluation().cycles()).isEqualTo(512);
  }

  @Test
  void claimsNoProof() {
    Optimality o = found(product(4, 4, 4), twoLevels(UNBOUNDED), Objective.EDP, 1).optimality();
    assertThat(o.status()).isEqualTo(Optimality.Status.UNPROVEN);
    assertThat(o.lowerBound()).isEmpty();
    assertThat(o.evaluated().getAsLong()).isGreaterThan(1);
    assertThat(o.cpuS().getAsDouble()).isGreaterThan(0);
  }

  @Test
  void saysWhichMemoryIsTooSmallForAnyTile() {
    Architecture architecture = twoLevels(OptionalLong.of(23));
    var result = map(product(4, 4, 4), architecture, Objective.EDP, 1);
    assertThat(result)
        .isEqualTo(
            new MappingResult.None(
                "Buffer holds 23 b; the smallest legal tiles of 'product' there need 3 B (A 1 B, B 1"
                    + " B, O 1 B): raise its size to 3 B or let a tensor bypass it (move it from"
                    + " keep to may_keep)",
                true));
    assertThat(map(product(4, 4, 4), twoLevels(OptionalLong.of(24)), Objective.EDP, 1))
        .isInstanceOf(MappingResult.Found.class);
  }

  @Test
  void saysWhenTheOutermostMemoryCannotHoldTheTensors() {
    var dram = memory("DRAM", 100, OptionalLong.of(8 * 47), Keep.MUST_ALL);
    assertThat(map(product(4, 4, 4), architecture(dram), Objective.EDP, 1))
        .isInstanceOfSatisfying(
            MappingResult.None.class,
            none ->
                assertThat(none.reason())
                    .isEqualTo(
                        "DRAM holds 47 B; the smallest legal tiles of 'product' there need 48 B (A"
                            + " 16 B, B 16 B, O 16 B): raise its size to 48 B"));
    var inputsOnly = memory("DRAM", 100, UNBOUNDED, new Keep(Set.of("input"), Set.of()));
    assertThat(map(product(4, 4, 4), architecture(inputsOnly), Objective.EDP, 1))
        .isInstanceOfSatisfying(
            MappingResult.None.class,
            none -> assertThat(none.reason()).contains("may not keep tensor 'B'"));
  }

  @Test
  void namesAnActionThatEveryMappingNeeds() {
    var actions = new LinkedHashMap<String, Action>();
    actions.put("read", new Action("read", Figure.of(1, "test"), 0, 1));
    var readOnly =
        new Memory("ROM", UNBOUNDED, Keep.MUST_ALL, actions, true, Figure.NONE, Figure.NONE);
    Architecture architecture = architecture(readOnly);
    assertThatThrownBy(() -> map(product(4, 4, 4), architecture, Objective.EDP, 1))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("memory 'ROM' has no action 'write'");
  }

  private static MappingResult.Found found(
      Einsum einsum, Architecture architecture, Objective objective, int threads) {
    return (MappingResult.Found) map(einsum, architecture, objective, threads);
  }

  private static MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, int threads) {
    return new HeuristicMapper()
        .map(einsum, architecture, objective, new MapperOptions(Policy.DEFAULT, threads));
  }

  private static Architecture twoLevels(OptionalLong buffer) {
    return architecture(
        memory("DRAM", 100, UNBOUNDED, Keep.MUST_ALL), memory("Buffer", 1, buffer, Keep.MUST_ALL));
  }

  private static Architecture threeLevels(OptionalLong buffer, OptionalLong registers) {
    return architecture(
        memory("DRAM", 100, UNBOUNDED, Keep.MUST_ALL),
        memory("Buffer", 10, buffer, Keep.MAY_ALL),
        fanout(8, Set.of()),
        memory("Registers", 1, registers, Keep.MAY_ALL));
  }

  private static Architecture architecture(Node... above) {
    List<Node> nodes = new ArrayList<>(List.of(above));
    nodes.add(
        new Compute("MAC", new Action("compute", Figure.NONE, 0, 1), Figure.NONE, Figure.NONE));
    return new Architecture("test", 1e9, "", new Widths(8, 8, 8, 8), nodes);
  }

  private static Fanout fanout(long size, Set<String> mustNotIndex) {
    return new Fanout(
        "Array",
        List.of(new Fanout.Dimension("x", size, mustNotIndex)),
        Fanout.Multicast.WORDS,
        true,
        Optional.empty(),
        Figure.NONE,
        Figure.NONE);
  }

  private static Memory memory(String name, double energyPj, OptionalLong bits, Keep keep) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : List.of("read", "write")) {
      actions.put(
          action, new Action(action, Figure.of(energyPj, "test"), 0, Double.POSITIVE_INFINITY));
    }
    return new Memory(name, bits, keep, actions, true, Figure.NONE, Figure.NONE);
  }

  private static Einsum product(long m, long n, long k) {
    return new Einsum(
        "product",
        List.of(new RankVariable("m", m), new RankVariable("n", n), new RankVariable("k", k)),
        List.of(tensor("A", Role.INPUT, "m", m, "k", k), tensor("B", Role.WEIGHT, "k", k, "n", n)),
        tensor("O", Role.OUTPUT, "m", m, "n", n));
  }

  private static TensorAccess tensor(
      String name, Role role, String rank0, long size0, String rank1, long size1) {
    return new TensorAccess(
        name,
        name,
        role,
        List.of(
            new TensorAccess.Rank(Affine.of(rank0), size0),
            new TensorAccess.Rank(Affine.of(rank1), size1)),
        OptionalInt.empty());
  }
}
