package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sparse mapper against every mapping with every choice, on random small problems. */
class SparseMapperTest {
  private static final int PROBLEMS = Integer.getInteger("einloom.sparse.problems", 25);
  private static final long MOST_EVALUATIONS = Long.getLong("einloom.sparse.evaluations", 800);

  @ParameterizedTest(name = "{0}")
  @DisplayName("what is proven is the least of all mappings, formats and optimisations")
  @EnumSource
  void againstAll(Family family) {
    String only = System.getProperty("einloom.sparse.family", family.name());
    assumeThat(family.name()).isEqualTo(only);
    long first = Long.getLong("einloom.seed", System.nanoTime());
    System.out.println("sparse mapper: " + family + " from seed " + first);
    int solved = 0;
    int found = 0;
    int compressed = 0;
    int chosen = 0;
    boolean results = family == Family.RESULTS;
    for (long seed = first;
        solved < PROBLEMS
            || (solved < 4 * PROBLEMS
                && (found <= PROBLEMS / 4
                    || (results && (chosen == 0 || compressed <= PROBLEMS / 12))));
        seed++) {
      RandomSparse p = RandomSparse.draw(seed, family);
      if (EverySparse.size(p, MOST_EVALUATIONS) >= MOST_EVALUATIONS) {
        continue;
      }
      if (!p.searched()) {
        assertThat(EverySparse.least(p)).as("refused: seed " + p.seed()).isEmpty();
        continue;
      }
      solved++;
      Optional<Sparsity> best = check(p);
      found += best.isPresent() ? 1 : 0;
      if (best.isPresent() && best.get().compressesResult(p.einsum())) {
        compressed++;
        chosen += mayStayPlain(p) ? 1 : 0;
      }
    }
    System.out.printf(
        "of %d problems %d have a mapping, %d of them a compressed result, %d by choice%n",
        solved, found, compressed, chosen);
    assertThat(found).as("problems that have a mapping, of " + solved).isGreaterThan(PROBLEMS / 4);
    if (results) {
      assertThat(compressed).as("results that are best compressed").isGreaterThan(PROBLEMS / 12);
    }
  }

  private static boolean mayStayPlain(RandomSparse p) {
    String memory = p.architecture().memories().getFirst().name();
    return p.choices().formats(memory, p.einsum().output().name(), 0).stream()
        .anyMatch(f -> !f.compresses());
  }

  private static Optional<Sparsity> check(RandomSparse p) {
    String seed = "replay with -Deinloom.seed=" + p.seed() + " " + p.einsum().expression();
    OptionalDouble least = EverySparse.least(p);
    SparseMapper.Answer answer;
    try {
      answer =
          SparseMapper.map(
              p.einsum(),
              p.architecture(),
              p.choices(),
              p.nodes(),
              p.objective(),
              SearchMonitor.NONE);
    } catch (InvalidSpecException | IllegalStateException e) {
      throw new AssertionError(seed, e);
    }
    if (least.isEmpty()) {
      assertThat(answer.result()).as(seed).isInstanceOf(MappingResult.None.class);
      assertThat(((MappingResult.None) answer.result()).proven()).as(seed).isTrue();
      return Optional.empty();
    }
    assertThat(answer.result()).as(seed).isInstanceOf(MappingResult.Found.class);
    var f = (MappingResult.Found) answer.result();
    assertThat(f.optimality().status()).as(seed).isEqualTo(Optimality.Status.OPTIMAL);
    double value = f.optimality().value();
    assertThat(value)
        .as(seed)
        .isCloseTo(least.getAsDouble(), within(1e-9 * Math.abs(least.getAsDouble())));
    assertThat(f.optimality().lowerBound().orElseThrow()).as(seed).isEqualTo(value);
    var chosen = answer.chosen().orElseThrow();
    var counts = p.count(f.mapping(), chosen);
    var again = SparseEvaluator.evaluate(p.einsum(), p.architecture(), chosen, p.nodes(), counts);
    assertThat(p.objective().value(again)).as(seed).isEqualTo(value);
    return answer.chosen();
  }
}
