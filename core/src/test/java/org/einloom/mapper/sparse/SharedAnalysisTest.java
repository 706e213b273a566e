package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.SparseModel;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** What an analysis remembers of one choice of savings changes nothing about others. */
class SharedAnalysisTest {
  private static final int PROBLEMS = 60;
  private static final int MAPPINGS = 40;

  private int compared;

  @Test
  void eachSavingLeftOutIsCountedAsByAnAnalysisOfItsOwn() {
    long first = Long.getLong("einloom.seed", System.nanoTime());
    long cases = Long.getLong("einloom.cases", PROBLEMS);
    System.out.println("shared analyses from seed " + first);
    for (long seed = first; seed < first + cases; seed++) {
      RandomSparse p = RandomSparse.draw(seed, RandomSparse.Family.PADDED);
      int[] left = {MAPPINGS};
      Sparsity some = EverySparse.choices(p).getLast();
      EveryMapping.visit(
          p.einsum(),
          p.architecture(),
          Tiling.PERFECT,
          tree -> {
            check(p, tree, some);
            return --left[0] > 0;
          });
    }
    System.out.println("shared analyses: " + compared + " counts compared");
    if (cases == PROBLEMS) {
      assertThat(compared).isGreaterThan(PROBLEMS);
    }
  }

  @Test
  void otherDensitiesAreRefused() {
    RandomSparse p = RandomSparse.draw(1, RandomSparse.Family.PADDED);
    Sparsity some = EverySparse.choices(p).getFirst();
    var none = new Sparsity(new java.util.LinkedHashMap<>(), Map.of(), List.of(), Optional.empty());
    EveryMapping.visit(
        p.einsum(),
        p.architecture(),
        Tiling.PERFECT,
        tree -> {
          var analysis = new SparseAnalysis(p.einsum(), p.architecture(), tree, some);
          assertThatIllegalArgumentException().isThrownBy(() -> analysis.with(none));
          return false;
        });
  }

  private void check(RandomSparse p, LoopTree tree, Sparsity all) {
    var analysis = new SparseAnalysis(p.einsum(), p.architecture(), tree, all);
    for (Sparsity s : leftOut(all)) {
      String seed = "replay with -Deinloom.seed=%s -Deinloom.cases=1".formatted(p.seed());
      Optional<SparseModel.Result> alone =
          count(new SparseAnalysis(p.einsum(), p.architecture(), tree, s), s);
      Optional<SparseModel.Result> shared = count(analysis, s);
      assertThat(shared.isPresent()).as(seed).isEqualTo(alone.isPresent());
      if (alone.isPresent() && shared.isPresent()) {
        assertThat(shared.get().sparse()).as(seed).isEqualTo(alone.get().sparse());
        assertThat(shared.get().tiles()).as(seed).isEqualTo(alone.get().tiles());
        compared++;
      }
    }
  }

  /** All, each without one of them, and all again. */
  private static List<Sparsity> leftOut(Sparsity all) {
    var several = new ArrayList<Sparsity>(List.of(all));
    for (var s : all.savings()) {
      var others = new ArrayList<>(all.savings());
      others.remove(s);
      several.add(new Sparsity(all.densities(), all.formats(), others, all.compute()));
    }
    several.add(new Sparsity(all.densities(), all.formats(), all.savings(), Optional.empty()));
    several.add(all);
    return several;
  }

  private static Optional<SparseModel.Result> count(SparseAnalysis analysis, Sparsity s) {
    try {
      return Optional.of(analysis.with(s));
    } catch (InvalidSpecException e) {
      return Optional.empty();
    }
  }
}
