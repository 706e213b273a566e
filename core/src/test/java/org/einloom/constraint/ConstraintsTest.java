package org.einloom.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
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
import org.einloom.counts.Flows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
  private static final Einsum PRODUCT = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=12 n=10 k=6");
  private static final Architecture CHIP =
      Tiny.architecture("DRAM", "Buffer", "PE x=4 y=3 words reduce", "Regs");

  /** Every kind of loop and bypass: B is not in the buffer, only O in the registers. */
  private static final LoopTree MAPPING =
      Tiny.mapping(
          "DRAM: A B O",
          "for m 6",
          "for k 3",
          "for m 6", // iterates once
          "Buffer: A",
          "for n 4", // 3 tiles, the last of 2
          "Buffer: O",
          "for m 3",
          "par PE.x m 1",
          "par PE.y k 2",
          "for n 4", // once; at the buffer, across the spatial loops
          "Regs: O",
          "for n 1",
          "for k 1");

  @Test
  void keptAndBypassedMeanTensorsByNameRoleAndAll() {
    accepts(new Kept("", "Buffer", Set.of("A", "output")));
    accepts(new Kept("", "DRAM", Set.of("all")));
    rejects(new Kept("", "Buffer", Set.of("A", "weight"))); // B
    rejects(new Kept("", "Regs", Set.of("all")));
    accepts(new Bypassed("", "Buffer", Set.of("B")));
    accepts(new Bypassed("", "Regs", Set.of("input", "weight")));
    rejects(new Bypassed("", "Buffer", Set.of("B", "O")));
    rejects(new Bypassed("", "DRAM", Set.of("all")));
  }

  @Test
  void temporalFactorsAreOfAllLoopsBelowTheNearestStorageNode() {
    accepts(new TemporalFactor("", "DRAM", "m", 2, 2));
    accepts(new TemporalFactor("", "DRAM", "k", 2, 2));
    accepts(new TemporalFactor("", "DRAM", "n", 1, 1));
    accepts(new TemporalFactor("", "Buffer", "n", 3, 3)); // rounded up
    accepts(new TemporalFactor("", "Buffer", "m", 2, 2)); // the one along x is spatial
    accepts(new TemporalFactor("", "Regs", "n", 1, 4));
    accepts(new TemporalFactor("", "Regs", "k", 2, Long.MAX_VALUE));
    rejects(new TemporalFactor("", "DRAM", "m", 3, 12));
    rejects(new TemporalFactor("", "DRAM", "m", 1, 1));
    rejects(new TemporalFactor("", "DRAM", "n", 2, 10));
    rejects(new TemporalFactor("", "Regs", "n", 1, 3));
  }

  @Test
  void factorsOfSeveralLoopsMultiply() {
    var mapping =
        Tiny.mapping("DRAM: A B O", "for m 6", "for n 1", "for m 2", "for k 1", "for m 1");
    assertThat(violated(new TemporalFactor("", "DRAM", "m", 12, 12), mapping)).isFalse();
    assertThat(violated(new TemporalFactor("", "DRAM", "m", 1, 6), mapping)).isTrue();
  }

  @Test
  void ofSeveralStorageNodesInARowLoopsAreAtTheLast() {
    var mapping =
        Tiny.mapping("DRAM: A B O", "Buffer: A", "Regs: A", "for m 1", "for n 1", "for k 1");
    assertThat(violated(new TemporalFactor("", "Regs", "m", 12, 12), mapping)).isFalse();
    assertThat(violated(new TemporalFactor("", "Buffer", "m", 1, 1), mapping)).isFalse();
    assertThat(violated(new TemporalFactor("", "DRAM", "m", 2, 12), mapping)).isTrue();
  }

  @Test
  void spatialFactorsAreOfOneDimension() {
    accepts(new SpatialFactor("", "PE", "x", "m", 3, 3));
    accepts(new SpatialFactor("", "PE", "y", "k", 2, 2)); // 3 in tiles of 2
    accepts(new SpatialFactor("", "PE", "y", "m", 1, 1));
    rejects(new SpatialFactor("", "PE", "x", "m", 4, 4));
    rejects(new SpatialFactor("", "PE", "y", "m", 2, 3));
    rejects(new SpatialFactor("", "PE", "x", "m", 1, 2));
  }

  @Test
  void loopOrderIsAPrefixOfLoopsThatIterate() {
    accepts(new LoopOrder("", "DRAM", List.of("m", "k")));
    accepts(new LoopOrder("", "DRAM", List.of("m"))); // what follows is free
    accepts(new LoopOrder("", "DRAM", List.of("m", "n", "k"))); // no loop over n there
    accepts(new LoopOrder("", "Buffer", List.of("n", "m")));
    accepts(new LoopOrder("", "Buffer", List.of("k")));
    accepts(new LoopOrder("", "Regs", List.of("n", "k")));
    accepts(new LoopOrder("", "DRAM", List.of()));
    rejects(new LoopOrder("", "DRAM", List.of("k", "m")));
    rejects(new LoopOrder("", "DRAM", List.of("k")));
    rejects(new LoopOrder("", "Buffer", List.of("m", "n")));
    rejects(new LoopOrder("", "Regs", List.of("k", "n")));
  }

  @Test
  void innerLoopOrderIsASuffixOfLoopsThatIterate() {
    accepts(new LoopOrder("", "DRAM", List.of("m", "k"), true));
    accepts(new LoopOrder("", "DRAM", List.of("k"), true)); // what comes before is free
    accepts(new LoopOrder("", "DRAM", List.of("m", "n", "k"), true)); // no loop over n there
    accepts(new LoopOrder("", "DRAM", List.of(), true));
    rejects(new LoopOrder("", "DRAM", List.of("k", "m"), true));
    rejects(new LoopOrder("", "DRAM", List.of("m"), true));
    var split = Tiny.mapping("DRAM: A B O", "for m 6", "for k 1", "for m 1", "for n 1");
    assertThat(violated(new LoopOrder("", "DRAM", List.of("m", "n"), true), split)).isFalse();
    assertThat(violated(new LoopOrder("", "DRAM", List.of("k", "n"), true), split)).isTrue();
  }

  @Test
  void loopOrderHasEachVariableOnceBeforeTheNext() {
    var split = Tiny.mapping("DRAM: A B O", "for m 6", "for m 1", "for k 1", "for n 1");
    assertThat(violated(new LoopOrder("", "DRAM", List.of("m", "k")), split)).isTrue();
    assertThat(violated(new LoopOrder("", "DRAM", List.of("m")), split)).isFalse();
    var resumed = Tiny.mapping("DRAM: A B O", "for m 6", "for k 1", "for m 1", "for n 1");
    assertThat(violated(new LoopOrder("", "DRAM", List.of("m", "k")), resumed)).isFalse();
  }

  @Test
  void spatialVariablesAreThoseThatMayBeSpread() {
    accepts(new SpatialVariables("", "PE", "x", Set.of("m", "n")));
    accepts(new SpatialVariables("", "PE", "y", Set.of("k")));
    rejects(new SpatialVariables("", "PE", "x", Set.of("n", "k")));
    rejects(new SpatialVariables("", "PE", "y", Set.of()));
    var once = Tiny.mapping("DRAM: A B O", "par PE.x m 12", "for m 1", "for n 1", "for k 1");
    assertThat(violated(new SpatialVariables("", "PE", "x", Set.of()), once))
        .as("a loop that iterates once spreads nothing")
        .isFalse();
  }

  @Test
  void utilizationIsOfAllDimensionsOfTheFanout() {
    accepts(new MinUtilization("", "PE", 0.5)); // 3 x 2 of 4 x 3
    rejects(new MinUtilization("", "PE", 0.51));
    var wide = Tiny.architecture("DRAM", "PE x=100 words reduce");
    var einsum = Tiny.einsum("O[m] += A[m]", "m=7");
    var mapping = Tiny.mapping("DRAM: A O", "par PE.x m 1");
    Legality.check(einsum, wide, mapping);
    // 0.07 * 100 is above 7 in binary arithmetic
    assertThat(of(new MinUtilization("", "PE", 0.07)).violatedBy(einsum, wide, mapping)).isEmpty();
    assertThat(of(new MinUtilization("", "PE", 0.0701)).violatedBy(einsum, wide, mapping))
        .isPresent();
  }

  @Test
  void limitsAreOfTheEvaluation() {
    Evaluation cost = evaluation(12, 1e-8);
    accepts(new MaxEnergy("", 12), cost);
    rejects(new MaxEnergy("", 11.99), cost);
    accepts(new MaxLatency("", 1e-8), cost);
    rejects(new MaxLatency("", 9.99e-9), cost);
    accepts(new MaxArea("", 20), cost); // of both instances
    rejects(new MaxArea("", 19.99), cost);
  }

  @Test
  void theAreaIsKnownBeforeThereIsAMapping() {
    var pe = CHIP.fanouts().getFirst();
    var multiplier = new Compute("X", new Action("compute", Figure.NONE, 0, 1), of(7), Figure.NONE);
    var architecture =
        new Architecture(
            "chip", 1e9, "", new Widths(8, 8, 8, 16), List.of(memory(), pe, multiplier));
    var enough = of(new MaxEnergy("", 0), new MaxArea("", 94));
    assertThat(enough.violatedBy(architecture)).isEmpty(); // 10 + 12 x 7
    var area = new MaxArea("", 93.9);
    assertThat(of(area).violatedBy(architecture)).contains(area);
  }

  /** Two buffers of 10 um2 each. */
  private static Evaluation evaluation(double energyPj, double latencyS) {
    var charge = new Charge("read", Optional.empty(), energyPj / 3, of(3));
    var flows = new LinkedHashMap<String, Flows>();
    var buffers = new ComponentCost(memory(), 2, flows, List.of(charge), 0);
    return new Evaluation(
        "default", 1, 1, latencyS, OptionalDouble.empty(), Optional.empty(), List.of(buffers));
  }

  private static Memory memory() {
    var actions = new LinkedHashMap<String, Action>();
    return new Memory(
        "Buffer", OptionalLong.empty(), Keep.MAY_ALL, actions, true, of(10), Figure.NONE);
  }

  private static Figure of(double value) {
    return Figure.of(value, "");
  }

  @Test
  void whatAnEinsumDoesNotHaveIsNotAskedOfIt() {
    accepts(new Kept("", "Regs", Set.of("Q")));
    accepts(new TemporalFactor("", "Regs", "z", 5, 5));
    accepts(new SpatialFactor("", "PE", "x", "z", 2, 4));
    accepts(new LoopOrder("", "DRAM", List.of("z", "m")));
    accepts(new SpatialVariables("", "PE", "x", Set.of("z", "m")));
  }

  @Test
  void theFirstViolatedOneIsNamed() {
    var fine = new TemporalFactor("a", "DRAM", "m", 2, 2);
    var first = new TemporalFactor("b", "DRAM", "k", 3, 3);
    var second = new Kept("c", "Regs", Set.of("A"));
    assertThat(of(fine, first, second).violatedBy(PRODUCT, CHIP, MAPPING)).contains(first);
    assertThat(of(fine).and(of(second, first)).violatedBy(PRODUCT, CHIP, MAPPING)).contains(second);
    assertThat(Constraints.NONE.violatedBy(PRODUCT, CHIP, MAPPING)).isEmpty();
  }

  @Test
  void namesThatTheArchitectureLacksAreTold() {
    assertThatThrownBy(() -> of(new Kept("a.yaml:3: keep A", "Bufer", Set.of("A"))).check(CHIP))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "a.yaml:3: keep A: architecture 'tiny' has no memory 'Bufer'; it has DRAM,"
                + " Buffer, Regs; did you mean 'Buffer'?");
    assertThatThrownBy(() -> of(new LoopOrder("c", "PE", List.of("m"))).check(CHIP))
        .hasMessage(
            "c: architecture 'tiny' has no memory 'PE' (that is a fanout); it has DRAM,"
                + " Buffer, Regs");
    assertThatThrownBy(() -> of(new MinUtilization("c", "PEs", 1)).check(CHIP))
        .hasMessageContaining("no fanout 'PEs'; it has PE; did you mean 'PE'?");
    assertThatThrownBy(() -> of(new SpatialVariables("c", "PE", "z", Set.of("m"))).check(CHIP))
        .hasMessageContaining("fanout 'PE' has no dimension 'z'; it has x, y");
    of(new SpatialFactor("c", "PE", "y", "m", 1, 2), new MaxArea("d", 1)).check(CHIP);
  }

  @Test
  void namesThatNoLayerGivesMeaningToAreTold() {
    var other = Tiny.einsum("Out[rows] += In[rows]", "rows=4");
    var both = List.of(PRODUCT, other);
    of(
            new TemporalFactor("", "DRAM", "rows", 1, 2),
            new LoopOrder("", "DRAM", List.of("m", "rows")),
            new Kept("", "DRAM", Set.of("In", "B", "weight", "all")),
            new MaxArea("", 1))
        .check("pair", both);
    assertThatThrownBy(
            () -> of(new SpatialFactor("c:2", "PE", "x", "row", 1, 2)).check("pair", both))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "c:2: no layer of workload 'pair' has a rank variable 'row'; there are k, m, n, rows;"
                + " did you mean 'rows'?");
    assertThatThrownBy(() -> of(new Bypassed("c", "DRAM", Set.of("C"))).check("pair", both))
        .hasMessage(
            "c: no layer of workload 'pair' has a tensor or role 'C'; there are A, B, In, O, Out,"
                + " all, input, output, weight");
    assertThatThrownBy(() -> of(new LoopOrder("c", "DRAM", List.of("q"))).check("pair", both))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(
            () -> of(new SpatialVariables("c", "PE", "x", Set.of("q"))).check("pair", both))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void whatNoMappingCouldMeanIsRefused() {
    assertThatThrownBy(() -> new TemporalFactor("c", "DRAM", "m", 0, 2))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("0 to 2");
    assertThatThrownBy(() -> new SpatialFactor("c", "PE", "x", "m", 3, 2))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> new MinUtilization("c", "PE", 1.01))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> new MinUtilization("c", "PE", 0))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> new LoopOrder("c", "DRAM", List.of("m", "k", "m")))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> new MaxEnergy("c", Double.NaN))
        .isInstanceOf(InvalidSpecException.class);
  }

  private static Constraints of(Constraint... constraints) {
    return new Constraints(List.of(constraints));
  }

  private static boolean violated(Constraint constraint, LoopTree mapping) {
    Legality.check(PRODUCT, CHIP, mapping);
    return of(constraint).violatedBy(PRODUCT, CHIP, mapping).isPresent();
  }

  private static void accepts(Constraint constraint, Evaluation evaluation) {
    assertThat(of(constraint).violatedBy(evaluation)).isEmpty();
  }

  private static void rejects(Constraint constraint, Evaluation evaluation) {
    assertThat(of(constraint).violatedBy(evaluation)).contains(constraint);
  }

  private static void accepts(Constraint constraint) {
    assertThat(violated(constraint, MAPPING)).as(constraint.toString()).isFalse();
  }

  private static void rejects(Constraint constraint) {
    assertThat(violated(constraint, MAPPING)).as(constraint.toString()).isTrue();
  }
}
