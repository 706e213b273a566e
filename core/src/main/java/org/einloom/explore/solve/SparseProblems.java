package org.einloom.explore.solve;

import java.util.Collections;
import java.util.Optional;
import org.einloom.arch.Compute;
import org.einloom.density.ActualDensity;
import org.einloom.density.Density;
import org.einloom.explore.solve.Solution.Source;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.sparse.SparseMapper;
import org.einloom.sparsity.SparseLayer;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Problems with sparse tensors. Each is searched: what one says of another is not proven for them,
 * as what is left undone for zeros depends on the tiles.
 */
public final class SparseProblems {
  /** Expectations are sums of many probabilities: more than their rounding errors can be. */
  private static final double ROUNDING = 1e-9;

  private SparseProblems() {}

  /**
   * Returns if a problem is among those that are searched.
   *
   * @throws InvalidSpecException if it is not, with the reason
   */
  public static void check(MappingProblem p) {
    if (p.sparse().isEmpty()) {
      return;
    }
    SparseLayer sparse = p.sparse().get();
    Einsum einsum = p.einsum();
    if (!p.constraints().all().isEmpty()) {
      throw refuse(
          einsum,
          "constraint " + p.constraints().all().getFirst().origin(),
          "leave constraints out, or say keep and must_not_index in the architecture");
    }
    for (RankVariable v : einsum.variables()) {
      if (p.tiling().imperfect(v.name())) {
        throw refuse(
            einsum,
            "imperfect tiles of '%s' are asked for".formatted(v.name()),
            "leave 'tiling' of the architecture out: sparse tensors are counted in tiles that"
                + " divide alone");
      }
    }
    sparse
        .choices()
        .densities()
        .forEach(
            (tensor, density) -> {
              if (density instanceof ActualDensity) {
                throw refuse(
                    einsum,
                    "the density of '%s' is a tensor in a file".formatted(tensor),
                    "give its share of occupied words as a uniform density");
              }
            });
    SparseMapper.check(einsum, p.architecture(), sparse.choices());
  }

  private static InvalidSpecException refuse(Einsum einsum, String what, String instead) {
    return new InvalidSpecException(
        "mappings of '%s' with sparse tensors are not searched in a study: %s; %s"
            .formatted(einsum.name(), what, instead));
  }

  /** The best mapping, with the formats and optimisations that suit it best. */
  static Solution solve(MappingProblem p, SparseLayer sparse, SearchMonitor monitor) {
    SparseMapper.Answer answer =
        SparseMapper.map(
            p.einsum(), p.architecture(), sparse.choices(), sparse.nodes(), p.objective(), monitor);
    return switch (answer.result()) {
      case MappingResult.None n -> Solution.none(n.proven(), 0, 0);
      case MappingResult.Found f -> {
        Optimality o = f.optimality();
        boolean optimal = o.status() == Optimality.Status.OPTIMAL;
        yield new Solution(
            Optional.of(f.mapping()),
            answer.chosen(),
            o.status(),
            o.value(),
            optimal ? o.value() : Math.min(o.value(), o.lowerBound().orElse(0)),
            Source.SEARCHED,
            o.cpuS().orElse(0));
      }
    };
  }

  /**
   * What every mapping costs at least: each point of which all operands are expected to be there is
   * computed, whatever is chosen. Tensors are independent; so where every word of an operand is as
   * likely to be occupied as any other, that is a product of shares, and otherwise nothing is said.
   * Points of the padding may all be left out. Of traffic nothing is said: what is skipped depends
   * on the tiles.
   */
  public static Floor floor(MappingProblem p, SparseLayer sparse) {
    Einsum einsum = p.einsum();
    double points = einsum.computes();
    for (TensorAccess t : einsum.operands()) {
      points -= einsum.computes() - Reach.of(einsum, t).requests();
    }
    points = Math.max(0, points);
    for (TensorAccess t : einsum.operands()) {
      Density density = sparse.choices().densities().get(t.name());
      points *= density == null ? 1 : alike(density) ? density.density() : 0;
    }
    Compute compute = p.architecture().compute();
    double cycles = points / compute.compute().perCycle() / p.architecture().instances(compute);
    return new Floor(
        points * compute.compute().energyPj().value() * (1 - ROUNDING),
        p.architecture().leakageUw(),
        cycles / p.architecture().clockHz() * (1 - ROUNDING));
  }

  /** Whether all words are as likely to be occupied. */
  private static boolean alike(Density density) {
    return density.sameEverywhere(Collections.nCopies(density.shape().size(), 1L));
  }
}
