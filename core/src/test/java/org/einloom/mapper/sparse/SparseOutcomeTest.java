package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.evaluation.sparse.SparseOutcome.Saved;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.sparsity.Sparsity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said of an answer of the search, with what the search counted and without time. */
class SparseOutcomeTest {
  private static final int WANTED = 2;
  private static final int MOST_EVALUATIONS = 400;

  @Test
  @DisplayName(
      "what the search counted is not counted otherwise again; without time, savings alone are left out")
  void afterASearch() {
    long first = Explored.seed("outcomes");
    int leftOut = 0;
    for (long seed = first; leftOut < WANTED && seed < first + 5000; seed++) {
      RandomSparse p = RandomSparse.draw(seed, Family.PADDED);
      if (!p.searched() || EverySparse.size(p, MOST_EVALUATIONS) >= MOST_EVALUATIONS) {
        continue;
      }
      SparseMapper.Answer answer =
          SparseMapper.map(
              p.einsum(),
              p.architecture(),
              p.choices(),
              p.nodes(),
              p.objective(),
              SearchMonitor.NONE);
      if (answer.result() instanceof MappingResult.Found f && answer.analysis().isPresent()) {
        leftOut += check(p, f, answer) ? 1 : 0;
      }
    }
    assertThat(leftOut).as("outcomes of which something is left out").isEqualTo(WANTED);
  }

  /** Returns whether anything was left out. */
  private static boolean check(RandomSparse p, MappingResult.Found f, SparseMapper.Answer answer) {
    Sparsity chosen = answer.chosen().orElseThrow();
    String seed = "seed " + p.seed();
    SparseOutcome all =
        SparseOutcome.of(p.einsum(), p.architecture(), f.mapping(), chosen, p.nodes());
    SparseOutcome now =
        SparseOutcome.of(
            p.einsum(),
            p.architecture(),
            answer.analysis().orElseThrow(),
            chosen,
            p.nodes(),
            () -> true);
    assertThat(now.evaluation()).as(seed).isEqualTo(all.evaluation()).isEqualTo(f.evaluation());
    assertThat(now.counts().sparse()).as(seed).isEqualTo(all.counts().sparse());
    assertThat(now.savings()).as(seed).hasSameSizeAs(all.savings());
    boolean leftOut = false;
    for (int i = 0; i < now.savings().size(); i++) {
      Saved known = all.savings().get(i);
      Saved saved = now.savings().get(i);
      if (saved.unknown().filter(why -> why.contains("time")).isPresent()) {
        leftOut = true;
        assertThat(saved.what()).as(seed).isEqualTo(known.what());
        assertThat(saved.energyPj()).as(seed).isEmpty();
        assertThat(saved.cycles()).as(seed).isEmpty();
      } else {
        assertThat(saved).as(seed).isEqualTo(known);
      }
    }
    return leftOut;
  }
}
