package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.einloom.constraint.Constraints;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.workload.Affine;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/** The share of points at which several operands are there is what it is point by point. */
class CommonPointsTest {
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());
  private static final int CASES = Integer.getInteger("einloom.cases", 200);

  @Test
  void pointByPoint() {
    int several = 0;
    for (int i = 0; i < CASES; i++) {
      RandomSparse r = RandomSparse.draw(SEED + i, Family.UNEVEN);
      var p =
          new Problem(
              r.einsum(),
              r.architecture(),
              r.choices(),
              r.nodes(),
              r.objective(),
              Constraints.NONE);
      if (!p.padded) {
        int all = (1 << p.result) - 1;
        assertThat(new CommonPoints(p).share(all))
            .as("seed %d", SEED + i)
            .isCloseTo(pointByPoint(p), within(1e-9));
        several += p.byPlace ? 1 : 0;
      }
    }
    // three in ten have two operands that are not alike everywhere
    assertThat(several).as("of several, seed %d", SEED).isGreaterThan(CASES / 10 - 1);
  }

  private static double pointByPoint(Problem p) {
    long[] at = new long[p.variables];
    double sum = 0;
    double points = 0;
    while (true) {
      double together = 1;
      for (int t = 0; t < p.result; t++) {
        together *= 1 - zero(p, t, at);
      }
      sum += together;
      points++;
      int v = 0;
      while (v < at.length && ++at[v] == p.extent[v]) {
        at[v++] = 0;
      }
      if (v == at.length) {
        return sum / points;
      }
    }
  }

  /** The probability that the word of a point is zero. */
  private static double zero(Problem p, int t, long[] at) {
    TensorAccess of = p.tensors.get(t);
    List<String> names = p.einsum.variables().stream().map(RankVariable::name).toList();
    List<Long> where =
        of.ranks().stream()
            .map(
                r -> {
                  long x = r.expression().offset();
                  for (Affine.Term term : r.expression().terms()) {
                    x += term.coefficient() * at[names.indexOf(term.variable())];
                  }
                  return x;
                })
            .toList();
    Density density = p.choices.densities().get(of.name());
    return density == null
        ? 0
        : density.probabilityEmpty(new Box(where, where.stream().map(_ -> 1L).toList()));
  }
}
