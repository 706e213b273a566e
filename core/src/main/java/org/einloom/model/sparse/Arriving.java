package org.einloom.model.sparse;

import java.util.BitSet;
import java.util.List;
import org.einloom.density.UniformDensity;
import org.einloom.format.Size;
import org.einloom.model.sparse.Regions.Region;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * Words of tiles that overlap, as they arrive: where a tile has moved on, those that it did not
 * have. A tile may be smaller at a border; of a uniform tensor each of its words, new or not, takes
 * an equal share of what all of it takes.
 */
final class Arriving {
  /** Over all visits: words, those that are stored of them, and metadata. */
  record Sum(double words, double stored, double metadataBits) {}

  private final Einsum einsum;
  private final Sparsity sparsity;
  private final Regions regions;
  private final Visits visits;
  private final PlacedTiles tiles;
  private final Odds odds;

  Arriving(
      Einsum einsum,
      Sparsity sparsity,
      Regions regions,
      Visits visits,
      PlacedTiles tiles,
      Odds odds) {
    this.einsum = einsum;
    this.sparsity = sparsity;
    this.regions = regions;
    this.visits = visits;
    this.tiles = tiles;
    this.odds = odds;
  }

  /**
   * Words that a place asks for.
   *
   * @param as the place in whose format they are counted
   * @param together loops over instances that ask for a word once between them
   */
  Sum of(TensorAccess t, int place, int as, BitSet together) {
    if (!(sparsity.density(t) instanceof UniformDensity)) {
      throw odds.refuse(
          "tiles of '" + t.name() + "' that overlap are compressed where densities differ");
    }
    var sum = new double[3];
    visits.moves(
        t,
        place,
        together,
        (now, before, n) -> {
          double words = (double) n * (double) fresh(t, place, now, before);
          if (words > 0) {
            Size size = alike(t, as, now);
            sum[0] += words;
            sum[1] += words * size.words();
            sum[2] += words * size.metadataBits();
          }
        });
    return new Sum(sum[0], sum[1], sum[2]);
  }

  /** What a word of the tile takes of which these words are counted. */
  private Size alike(TensorAccess t, int as, List<int[]> children) {
    Size size = null;
    for (int[] child : children) {
      Size own = tiles.perWord(t, as, child);
      if (own.words() == 0 && own.metadataBits() == 0) {
        continue; // all padding: it asks for nothing
      }
      if (size != null && !size.equals(own)) {
        throw odds.refuse(
            "instances share a network, and their tiles of '" + t.name() + "' differ in size");
      }
      size = own;
    }
    return size == null ? new Size(0, 0) : size;
  }

  /**
   * Words that any of some instances has anew. A word that several have is new to none if it was
   * there, for each that has it, in every rank: instances differ rank by rank.
   */
  private long fresh(TensorAccess t, int place, List<int[]> now, List<int[]> before) {
    long all = 1;
    long known = 1;
    for (int r = 0; r < t.ranks().size(); r++) {
      var touched = new BitSet();
      var missed = new BitSet();
      for (int i = 0; i < now.size(); i++) {
        BitSet own = rank(t, place, now.get(i), r);
        touched.or(own);
        var lacks = (BitSet) own.clone();
        if (!before.isEmpty()) {
          lacks.andNot(rank(t, place, before.get(i), r));
        }
        missed.or(lacks);
      }
      all *= touched.cardinality();
      known *= touched.cardinality() - missed.cardinality();
    }
    return all - known;
  }

  private BitSet rank(TensorAccess t, int place, int[] index, int r) {
    Region region = regions.of(einsum.tensor(t.name()), visits.tile(t, place, index));
    return region.ranks().get(r);
  }
}
