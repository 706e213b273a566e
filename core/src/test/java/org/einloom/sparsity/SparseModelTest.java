package org.einloom.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.einloom.arch.Architecture;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseCounts.At;
import org.einloom.counts.SparseFlow;
import org.einloom.density.EveryTensor;
import org.einloom.density.Pattern;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.SparseModel;
import org.einloom.sim.SparseSimulator;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statistical model against runs on actual tensors. */
class SparseModelTest {
  private static final int MOST_TENSORS = 1200;
  private static final int OVERLAPPING = Integer.getInteger("einloom.overlapping", 400);

  /** All counts by name. */
  static Map<String, Double> figures(SparseCounts counts) {
    var all = new HashMap<String, Double>();
    all.put("points done", counts.done());
    all.put("points gated", counts.gated());
    all.put("points skipped", counts.skipped());
    all.put("points effectual", counts.effectual());
    counts
        .flows()
        .forEach(
            (at, flows) -> {
              add(all, at, "reads", flows.reads());
              add(all, at, "fills", flows.fills());
              add(all, at, "updates", flows.updates());
              add(all, at, "drains", flows.drains());
            });
    return all;
  }

  private static void add(Map<String, Double> all, At at, String name, SparseFlow flow) {
    String key = at.component() + " " + at.tensor() + " " + name + " ";
    all.put(key + "dense", flow.dense());
    all.put(key + "done", flow.done());
    all.put(key + "gated", flow.gated());
    all.put(key + "skipped", flow.skipped());
    all.put(key + "metadata", flow.metadataBits());
    all.put(key + "gated metadata", flow.gatedMetadataBits());
  }

  private static Optional<SparseModel.Result> model(SparseCase c) {
    try {
      return Optional.of(
          SparseAnalysis.analyze(c.einsum(), c.architecture(), c.mapping(), c.sparsity()));
    } catch (InvalidSpecException e) {
      assertThat(e).as("seed %d", c.seed()).hasMessageContaining("not modelled");
      if (Boolean.getBoolean("einloom.why")) {
        System.out.println(e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** The mean over all tensors; empty if there are too many. */
  private static Optional<Map<String, Double>> mean(SparseCase c) {
    List<Map<String, Pattern>> all = List.of(Map.of());
    List<Double> weights = List.of(1.0);
    for (var e : c.sparsity().densities().entrySet()) {
      Map<Pattern, Double> every = EveryTensor.of(e.getValue());
      if ((double) every.size() * all.size() > MOST_TENSORS) {
        return Optional.empty();
      }
      var next = new ArrayList<Map<String, Pattern>>();
      var w = new ArrayList<Double>();
      for (int i = 0; i < all.size(); i++) {
        for (var p : every.entrySet()) {
          var with = new HashMap<>(all.get(i));
          with.put(e.getKey(), p.getKey());
          next.add(with);
          w.add(weights.get(i) * p.getValue());
        }
      }
      all = next;
      weights = w;
    }
    var mean = new HashMap<String, Double>();
    for (int i = 0; i < all.size(); i++) {
      double weight = weights.get(i);
      figures(
              SparseSimulator.run(
                  c.einsum(), c.architecture(), c.mapping(), c.sparsity(), all.get(i)))
          .forEach((name, n) -> mean.merge(name, n * weight, Double::sum));
    }
    return Optional.of(mean);
  }

  private static void compare(SparseCase c, Map<String, Double> truth, SparseCounts model) {
    Map<String, Double> found = figures(model);
    var names = new HashSet<>(truth.keySet());
    names.addAll(found.keySet());
    for (String name : names) {
      assertThat(found.getOrDefault(name, 0.0))
          .as("%s, seed %d: %s", name, c.seed(), c)
          .isCloseTo(truth.getOrDefault(name, 0.0), within(1e-7));
    }
  }

  private static SparseCase draw(long seed, boolean uneven, boolean padded) {
    return padded ? SparseCase.padded(seed, true, uneven) : SparseCase.draw(seed, true, uneven);
  }

  /**
   * Draws until so many cases were compared. Of 10,000 draws 0.76 could be (uneven 0.73, padded
   * 0.71); that fewer than a third can does not happen by chance.
   */
  private static void exact(boolean uneven, boolean padded, int cases) {
    long base = Long.getLong("einloom.seed", new SplittableRandom().nextLong());
    int compared = 0;
    int refused = 0;
    int drawn = 0;
    for (; compared < cases && drawn < 30 + 3 * cases; drawn++) {
      SparseCase c = draw(base + drawn, uneven, padded);
      Optional<SparseModel.Result> model = model(c);
      if (model.isEmpty()) {
        refused++;
        continue;
      }
      Optional<Map<String, Double>> truth = mean(c);
      if (truth.isPresent()) {
        compare(c, truth.get(), model.get().sparse());
        compared++;
      }
    }
    System.out.printf(
        "sparse, uneven %s, padded %s: %d compared, %d refused of %d%n",
        uneven, padded, compared, refused, drawn);
    assertThat(compared).as("of %d from %d, %d refused", drawn, base, refused).isEqualTo(cases);
  }

  @ParameterizedTest(name = "uneven {0}, padded {1}: {2}")
  @CsvSource({"false, false, 50", "true, false, 64", "false, true, 54", "true, true, 65"})
  @DisplayName("the model refuses no more of 250 cases, always the same, than it did")
  void refuses(boolean uneven, boolean padded, int most) {
    int refused = 0;
    for (long seed = 0; seed < 250; seed++) {
      if (model(draw(seed, uneven, padded)).isEmpty()) {
        refused++;
      }
    }
    assertThat(refused).isLessThanOrEqualTo(most);
  }

  @Test
  @DisplayName("a rank of every other word has no tiles, beside windows neither")
  void gaps() {
    for (String input : List.of("I[2*p,q]", "I[2*p,q+r]")) {
      Einsum einsum = Tiny.einsum("O[p,q] += " + input + " * W[r]", "p=4 q=2 r=2");
      Architecture architecture = Tiny.architecture("M0");
      LoopTree mapping = Tiny.mapping("M0: I W O", "for p 1", "for q 1", "for r 1");
      assertThatThrownBy(
              () ->
                  SparseAnalysis.analyze(
                      einsum,
                      architecture,
                      mapping,
                      new Sparsity(new LinkedHashMap<>(), Map.of(), List.of(), Optional.empty())))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("rank '2*p' of 'I' leaves gaps");
    }
  }

  @Test
  @DisplayName("the model is the mean over all tensors, exactly, for random cases")
  void meanOverAllTensors() {
    exact(false, false, Integer.getInteger("einloom.cases", 120));
  }

  @Test
  @DisplayName("the same where the density of one tensor depends on the place")
  void meanOverAllUnevenTensors() {
    exact(true, false, Integer.getInteger("einloom.cases", 115));
  }

  @Test
  @DisplayName("the same where inputs are padded")
  void meanWithPadding() {
    exact(false, true, Integer.getInteger("einloom.cases", 45));
  }

  @Test
  @DisplayName("the same where inputs are padded, and densities depend on the place")
  void meanWithUnevenPadding() {
    exact(true, true, Integer.getInteger("einloom.cases", 45));
  }

  /** Of 2,000 draws 0.19 could be compared (uneven 0.08). */
  @ParameterizedTest(name = "uneven {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("the same of results whose tiles overlap, where they are not refused")
  void meanOfOverlappingResults(boolean uneven) {
    long base = Long.getLong("einloom.seed", new SplittableRandom().nextLong());
    int compared = 0;
    for (int i = 0; i < OVERLAPPING; i++) {
      SparseCase c = SparseCase.overlappingResults(base + i, uneven);
      Optional<SparseModel.Result> model = model(c);
      Optional<Map<String, Double>> truth = model.isEmpty() ? Optional.empty() : mean(c);
      if (truth.isPresent()) {
        compare(c, truth.get(), model.orElseThrow().sparse());
        compared++;
      }
    }
    System.out.printf("sparse, overlapping results: %d compared of %d%n", compared, OVERLAPPING);
    assertThat(compared).as("from %d", base).isGreaterThan(OVERLAPPING / 80);
  }
}
