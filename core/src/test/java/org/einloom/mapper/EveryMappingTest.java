package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.counts.Counts;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That brute force sees the whole mapspace, and leaves out what costs the same only. */
class EveryMappingTest {
  /** A problem tiny enough for all lists of nodes. */
  record Case(String name, Einsum einsum, Architecture architecture, Tiling tiling) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String PRODUCT = "O[m,n] += A[m,k] * B[k,n]";
  private static final String WINDOW = "O[p] += I[p+r] * W[r]";
  private static final String SPREAD = "O[p+r] += I[p] * W[r]";

  @SuppressWarnings("UnusedVariable") // read by name
  private static final List<Case> CASES =
      List.of(
          new Case(
              "product", Tiny.einsum(PRODUCT, "m=2 n=1 k=2"), levels("M0", "M1"), Tiling.PERFECT),
          new Case(
              "depth",
              Tiny.einsum("O[m] += A[m]", "m=4"),
              levels("M0", "M1", "M2"),
              Tiling.PERFECT),
          new Case("window", Tiny.einsum(WINDOW, "p=3 r=2"), levels("M0", "M1"), Tiling.PERFECT),
          new Case(
              "rests", Tiny.einsum("O[m] += A[m]", "m=5"), levels("M0", "M1"), Tiling.IMPERFECT),
          new Case(
              "fanout",
              Tiny.einsum("O[m] += A[m,k]", "m=2 k=4"),
              levels("M0", "F0 x=2 y=2 words reduce", "M1"),
              Tiling.PERFECT),
          new Case(
              "unused fanout between memories",
              Tiny.einsum("O[m] += A[m]", "m=2"),
              levels("M0", "M1", "F0 x=2 none pass", "M2"),
              Tiling.PERFECT),
          new Case(
              "idle instances",
              Tiny.einsum("O[m] += A[m,k]", "m=3 k=3"),
              levels("M0", "F0 x=2 y=3 tiles reduce"),
              Tiling.IMPERFECT),
          new Case(
              "two fanouts",
              Tiny.einsum("O[m] += A[m]", "m=4"),
              levels("M0", "F0 x=2 words pass", "F1 x=2 none reduce", "M1"),
              new Tiling(true, Map.of("m", false))),
          new Case(
              "spread result",
              Tiny.einsum(SPREAD, "p=2 r=3"),
              levels("M0", "F0 x=2 y=3 words reduce"),
              Tiling.PERFECT));

  private static Architecture levels(String... lines) {
    return Tiny.architecture(lines);
  }

  @ParameterizedTest
  @FieldSource("CASES")
  void everyMappingIsWrittenOnce(Case c) {
    var rules = NaiveMappings.rules(c.einsum, c.architecture);
    Map<LoopTree, Counts> canonical = new HashMap<>();
    Map<LoopTree, Counts> plain = new HashMap<>();
    int others = 0;
    for (LoopTree m : NaiveMappings.of(c.einsum, c.architecture, c.tiling)) {
      Counts counts = DenseModel.analyze(c.einsum, c.architecture, m).counts();
      // what is left out counts the same, and so does what is not evaluated
      LoopTree form = rules.canonical(m);
      others += form.equals(m) ? 0 : 1;
      assertThat(counts).isEqualTo(canonical.computeIfAbsent(form, x -> counts));
      assertThat(counts).isEqualTo(plain.computeIfAbsent(SameCost.plain(form), x -> counts));
    }
    List<LoopTree> written = new ArrayList<>();
    EveryMapping.visit(c.einsum, c.architecture, c.tiling, written::add);
    assertThat(written).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    assertThat(new HashSet<>(written)).isEqualTo(canonical.keySet());
    assertThat(EveryMapping.count(c.einsum, c.architecture, c.tiling, Long.MAX_VALUE))
        .isEqualTo(canonical.size());
    assertThat(others).isPositive();
    assertThat(plain.size()).isLessThanOrEqualTo(canonical.size());
  }

  /** On costs of all kinds too, and every mapping is legal. */
  @Test
  void plainFormsOfRandomProblemsCostTheSame() {
    long first = Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
    int merged = 0;
    for (long seed = first; seed < first + 60; seed++) {
      Problem p = RandomProblems.draw(seed);
      Map<LoopTree, Optional<Evaluation>> known = new HashMap<>();
      List<LoopTree> all = new ArrayList<>();
      EveryMapping.visit(
          p.einsum(), p.architecture(), p.tiling(), m -> all.add(m) && all.size() < 200);
      for (LoopTree m : all) {
        Legality.check(p.einsum(), p.architecture(), m);
        Optional<Evaluation> cost = BruteForce.evaluate(p.einsum(), p.architecture(), m);
        var before = known.putIfAbsent(SameCost.plain(m), cost);
        if (before != null) {
          merged++;
          assertThat(cost)
              .as("replay with -Deinloom.seed=%d%n%s%s", seed, p.describe(), Problem.describe(m))
              .isEqualTo(before);
        }
      }
    }
    assertThat(merged).isGreaterThan(100);
  }
}
