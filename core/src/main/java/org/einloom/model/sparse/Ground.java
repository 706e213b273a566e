package org.einloom.model.sparse;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.einloom.arch.Architecture;
import org.einloom.counts.Counts;
import org.einloom.counts.SparseFlow;
import org.einloom.density.UniformDensity;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * What of a mapping does not depend on what is left undone: its places, what is touched there and
 * how likely that is occupied, and how it is stored. So it is found once where savings alone
 * differ. Nobody but one thread at a time.
 */
final class Ground {
  /**
   * All that a flow depends on, besides the ground.
   *
   * @param way what flows, and how it is looked at
   * @param savings of what they are left out
   * @param compute what computes do, where that matters
   */
  record Flow(
      String tensor,
      int place,
      String way,
      BitSet together,
      long expected,
      List<Saving> savings,
      Optional<Kind> compute) {}

  final Routes routes;
  final Counts dense;
  final IndexClasses loops;
  final Regions regions;
  final Odds odds;
  final Visits visits;
  final PlacedTiles tiles;
  final Arriving arriving;

  /** The flows that are known. */
  final Map<Flow, SparseFlow> flows = new HashMap<>();

  /**
   * The ground of one mapping.
   *
   * @param stop whether to end now
   */
  Ground(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      BooleanSupplier stop) {
    dense = DenseModel.analyze(einsum, architecture, mapping).counts();
    routes = new Routes(architecture, mapping);
    loops = new IndexClasses(einsum, mapping, each(einsum, sparsity), Regions.inner(einsum));
    regions = new Regions(einsum, loops);
    odds = new Odds(einsum, sparsity);
    visits = new Visits(loops, routes, odds, stop);
    tiles = new PlacedTiles(sparsity, routes, regions, visits, odds);
    arriving = new Arriving(einsum, sparsity, regions, visits, tiles, odds);
  }

  /** Variables of tensors of which no two places are alike. */
  private static Set<String> each(Einsum einsum, Sparsity sparsity) {
    var each = new HashSet<String>();
    for (TensorAccess t : einsum.tensors()) {
      if (!(sparsity.density(t) instanceof UniformDensity)) {
        einsum.variables().stream().map(v -> v.name()).filter(t::indexedBy).forEach(each::add);
      }
    }
    return each;
  }
}
