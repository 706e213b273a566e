package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.SparseNest.Loop;
import org.einloom.workload.TensorAccess;

/** Which loops the ranks of formats stand for, as Timeloop matches them. */
public final class RankLoops {
  private RankLoops() {}

  /**
   * A rank.
   *
   * @param format how it is written
   * @param loops of its coordinates, outermost first; none for a rank of one
   */
  public record Rank(RankFormat format, List<Loop> loops) {
    public Rank {
      loops = List.copyOf(loops);
    }
  }

  /**
   * A tensor at a level that gives it a format.
   *
   * @param ranks outermost first
   */
  public record Ranks(String memory, List<Rank> ranks) {
    public Ranks {
      ranks = List.copyOf(ranks);
    }
  }

  /**
   * The ranks of a tensor at all levels that give it a format.
   *
   * @param kept the memories that keep it
   * @throws org.einloom.workload.InvalidSpecException if formats do not fit the loops
   */
  public static List<Ranks> of(
      SparseNest nest, TensorAccess tensor, List<String> kept, SparseSpec spec) {
    if (spec.levels().values().stream().noneMatch(l -> l.formats().containsKey(tensor.name()))) {
      return List.of();
    }
    Molds molds = new Molds(nest);
    DensityModel density =
        DensityModel.of(
            spec.density(tensor.name()),
            tensor.name(),
            Molds.tile(tensor, molds.of(nest.levels().size() - 1)).extents(),
            false);
    List<Store> stores = new ArrayList<>();
    for (int l = 0; l < nest.levels().size(); l++) {
      SparseSpec.Level level = spec.levels().get(nest.levels().get(l).memory());
      if (level != null && kept.contains(nest.levels().get(l).memory())) {
        Tile tile = Molds.tile(tensor, molds.of(l));
        stores.add(
            new Store(
                l,
                false,
                new DenseCounts.OfTensor(0, 0, 0, tile.words(), 0, 1),
                tile,
                density,
                Optional.ofNullable(level.formats().get(tensor.name())),
                level));
      }
    }
    new Formats(nest, tensor, stores, true).match();
    List<Ranks> all = new ArrayList<>();
    for (Store s : stores) {
      s.format.ifPresent(
          f -> {
            List<List<Loop>> loops = s.tree.orElseThrow().loops();
            List<Rank> ranks = new ArrayList<>();
            for (int r = f.ranks().size() - 1; r >= 0; r--) {
              ranks.add(
                  new Rank(
                      f.ranks().get(r), f.fromInside() ? loops.get(r).reversed() : loops.get(r)));
            }
            all.add(new Ranks(nest.levels().get(s.level).memory(), ranks));
          });
    }
    return all;
  }
}
