package org.einloom.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.counts.SparseCounts;
import org.einloom.density.Density;
import org.einloom.density.Pattern;
import org.einloom.density.UniformDensity;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.model.sparse.SparseModel;
import org.einloom.sim.SparseSimulator;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Draws of larger tensors, and tensors that depend on each other. */
class SparseSamplingTest {
  private static final int DRAWS = 60;

  /**
   * One figure in a million would miss by so many standard errors if all were normal; some of the
   * thousands that are looked at are far from it, hence the slack.
   */
  private static final double ERRORS = 6.5;

  @Test
  @DisplayName("larger cases: the mean over draws, within 6.5 standard errors")
  void meanOverDraws() {
    long base = Long.getLong("einloom.seed", new SplittableRandom().nextLong());
    int compared = 0;
    for (int i = 0; i < 25 || (compared < 12 && i < 100); i++) {
      SparseCase c = SparseCase.draw(base + i, false, i % 3 == 0);
      SparseCounts model;
      try {
        model =
            SparseModel.analyze(c.einsum(), c.architecture(), c.mapping(), c.sparsity()).sparse();
      } catch (InvalidSpecException e) {
        assertThat(e).as("seed %d", c.seed()).hasMessageContaining("not modelled");
        continue;
      }
      compared++;
      compare(c, model, new SplittableRandom(c.seed()));
    }
    assertThat(compared).as("seed %d", base).isGreaterThanOrEqualTo(12);
  }

  private static void compare(SparseCase c, SparseCounts model, SplittableRandom random) {
    var sums = new HashMap<String, double[]>();
    for (int n = 0; n < DRAWS; n++) {
      Map<String, Pattern> drawn = new HashMap<>();
      c.sparsity().densities().forEach((t, d) -> drawn.put(t, d.draw(random)));
      SparseModelTest.figures(
              SparseSimulator.run(c.einsum(), c.architecture(), c.mapping(), c.sparsity(), drawn))
          .forEach(
              (name, x) -> {
                double[] s = sums.computeIfAbsent(name, _ -> new double[2]);
                s[0] += x;
                s[1] += x * x;
              });
    }
    Map<String, Double> found = SparseModelTest.figures(model);
    sums.forEach(
        (name, s) -> {
          double mean = s[0] / DRAWS;
          double variance = Math.max(0, (s[1] - s[0] * mean) / (DRAWS - 1));
          // what is rare may not have been drawn: its variance is then that of one such draw
          double expected = found.getOrDefault(name, 0.0);
          double rare = Math.abs(expected - mean) * Math.max(Math.abs(mean), 1) / DRAWS;
          double error = Math.sqrt(variance / DRAWS) + 1e-9 * Math.abs(mean) + rare;
          if (variance > 0) {
            assertThat(Math.abs(expected - mean))
                .as("%s: %s, drawn %s, seed %d: %s", name, expected, mean, c.seed(), c)
                .isLessThan(ERRORS * error + 1e-6);
          }
        });
  }

  private static final int N = 8;

  private static Pattern matrix(java.util.function.BiPredicate<Integer, Integer> occupied) {
    var bits = new BitSet();
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        bits.set(i * N + j, occupied.test(i, j));
      }
    }
    return new Pattern(List.of((long) N, (long) N), bits);
  }

  private static TensorAccess access(String name, Role role, String... ranks) {
    var all = new ArrayList<TensorAccess.Rank>();
    for (String r : ranks) {
      all.add(new TensorAccess.Rank(Affine.of(r), N));
    }
    return new TensorAccess(name, name, role, all, OptionalInt.empty());
  }

  private static Memory memory(String name) {
    var free = new Action("read", Figure.NONE, 0, Double.POSITIVE_INFINITY);
    return new Memory(
        name,
        OptionalLong.empty(),
        Keep.MAY_ALL,
        Memory.actions(Map.of("read", free, "write", free)),
        true,
        Figure.NONE,
        Figure.NONE);
  }

  /** A product of 8 x 8 matrices of density 1/8 in tiles of 2 x 2 x 2, all of it skipped. */
  private static final class Product {
    final Einsum einsum =
        new Einsum(
            "product",
            List.of(new RankVariable("m", N), new RankVariable("n", N), new RankVariable("k", N)),
            List.of(access("A", Role.INPUT, "m", "k"), access("B", Role.WEIGHT, "k", "n")),
            access("Z", Role.OUTPUT, "m", "n"));
    final Architecture architecture =
        new Architecture(
            "two levels",
            1e9,
            "",
            new Widths(16, 16, 16, 16),
            List.of(
                memory("DRAM"),
                memory("Buffer"),
                new Compute(
                    "MAC",
                    new Action("compute", Figure.NONE, 0, Double.POSITIVE_INFINITY),
                    Figure.NONE,
                    Figure.NONE)));
    final LoopTree mapping =
        new LoopTree(
            List.of(
                new Storage("DRAM", "A"),
                new Storage("DRAM", "B"),
                new Storage("DRAM", "Z"),
                new Temporal("m", 2),
                new Temporal("n", 2),
                new Temporal("k", 2),
                new Storage("Buffer", "A"),
                new Storage("Buffer", "B"),
                new Storage("Buffer", "Z"),
                new Temporal("m", 1),
                new Temporal("n", 1),
                new Temporal("k", 1)));
    final Sparsity sparsity;

    Product() {
      var densities = new LinkedHashMap<String, Density>();
      densities.put("A", UniformDensity.ofShare(List.of(8L, 8L), 1.0 / N));
      densities.put("B", UniformDensity.ofShare(List.of(8L, 8L), 1.0 / N));
      var savings = new ArrayList<Saving>();
      for (String m : List.of("DRAM", "Buffer")) {
        savings.add(new Saving(Kind.SKIP, m, "A", List.of("B"), true));
        savings.add(new Saving(Kind.SKIP, m, "B", List.of("A"), true));
        savings.add(new Saving(Kind.SKIP, m, "Z", List.of("A", "B"), false));
      }
      sparsity = new Sparsity(densities, Map.of(), savings, Optional.of(Kind.SKIP));
    }

    SparseCounts model() {
      return SparseModel.analyze(einsum, architecture, mapping, sparsity).sparse();
    }

    SparseCounts run(Pattern a, Pattern b) {
      return SparseSimulator.run(einsum, architecture, mapping, sparsity, Map.of("A", a, "B", b));
    }
  }

  @Test
  @DisplayName("identity x identity: points as expected, tiles 1.69 times too many")
  void identities() {
    var product = new Product();
    Pattern identity = matrix(Integer::equals);
    SparseCounts run = product.run(identity, identity);
    SparseCounts model = product.model();
    assertThat(run.effectual()).isEqualTo(N);
    assertThat(model.effectual()).isCloseTo(N, within(1e-9));
    // of B's 16 tiles 4 are occupied, by chance it would be 1 - P(4 words empty) of them
    double occupied = 1 - 56.0 * 55 * 54 * 53 / (64.0 * 63 * 62 * 61);
    assertThat(run.at("Buffer", "A").fills().done()).isEqualTo(64 * 4 * 0.25);
    assertThat(model.at("Buffer", "A").fills().done()).isCloseTo(64 * 4 * occupied, within(1e-9));
    assertThat(occupied / 0.25).isCloseTo(1.69, within(0.01));
  }

  @Test
  @DisplayName("a full column x a full row: n times more than expected, or nothing at all")
  void columnTimesRow() {
    var product = new Product();
    Pattern column = matrix((i, j) -> j == 3);
    SparseCounts meet = product.run(column, matrix((i, j) -> i == 3));
    SparseCounts miss = product.run(column, matrix((i, j) -> i == 6));
    assertThat(meet.effectual()).isEqualTo(N * N);
    assertThat(miss.effectual()).isZero();
    assertThat(meet.done()).isEqualTo(N * N);
    assertThat(miss.done()).isZero();
    assertThat(product.model().done()).isCloseTo(N, within(1e-9));
    // a tile of B is fetched where that of A is occupied, whether their words meet or not
    assertThat(meet.at("Buffer", "B").fills().done()).isEqualTo(16 * 4);
    assertThat(miss.at("Buffer", "B").fills().done()).isEqualTo(16 * 4);
  }

  @Test
  @DisplayName("gating never changes what takes time, and skipping both")
  void gatingTakesTime() {
    var product = new Product();
    var gates = new ArrayList<Saving>();
    product
        .sparsity
        .savings()
        .forEach(
            s -> gates.add(new Saving(Kind.GATE, s.memory(), s.tensor(), s.leaders(), s.mutual())));
    var gated = new Sparsity(product.sparsity.densities(), Map.of(), gates, Optional.of(Kind.GATE));
    SparseCounts skip = product.model();
    SparseCounts gate =
        SparseModel.analyze(product.einsum, product.architecture, product.mapping, gated).sparse();
    assertThat(gate.done()).isEqualTo(skip.done());
    assertThat(gate.gated()).isEqualTo(skip.skipped());
    assertThat(gate.skipped()).isZero();
    assertThat(gate.done() + gate.gated()).isCloseTo(N * N * N, within(1e-9));
  }
}
