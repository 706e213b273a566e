package org.einloom.model.sparse;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.format.Occupancy;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.model.sparse.Regions.Region;
import org.einloom.model.sparse.SparseModel.Tile;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.TensorAccess;

/** What tiles take where they stand. */
final class PlacedTiles {
  private record Key(String memory, String tensor, Box tile) {}

  private final Sparsity sparsity;
  private final Routes routes;
  private final Regions regions;
  private final Visits visits;
  private final Odds odds;
  private final Map<Key, Size> known = new HashMap<>();
  private final Map<Held, Tile> held = new HashMap<>();

  PlacedTiles(Sparsity sparsity, Routes routes, Regions regions, Visits visits, Odds odds) {
    this.sparsity = sparsity;
    this.routes = routes;
    this.regions = regions;
    this.visits = visits;
    this.odds = odds;
  }

  private Size expected(TensorAccess t, String memory, Box tile) {
    TensorFormat format = sparsity.format(memory, t);
    return format.compresses()
        ? known.computeIfAbsent(
            new Key(memory, t.name(), tile),
            _ -> Occupancy.expected(format, sparsity.density(t), tile))
        : new Size(0, (double) tile.words());
  }

  private Box tile(TensorAccess t, int place, int[] index) {
    return PlaceModel.box(regions.of(t, visits.tile(t, place, index)), odds);
  }

  /** Words of a request that are stored at a place: their own, and an equal share of others. */
  double stored(TensorAccess t, int place, int[] index, Region request) {
    String memory = routes.memories(t).get(place);
    TensorFormat format = sparsity.format(memory, t);
    if (!format.compresses()) {
      return (double) request.words();
    }
    Box tile = tile(t, place, index);
    Density density = sparsity.density(t);
    boolean zeros = format.leavesOutZeros();
    double own =
        zeros
            ? request.boxes().stream().mapToDouble(density::expectedOccupied).sum()
            : (double) request.words();
    double plain = zeros ? density.expectedOccupied(tile) : (double) tile.words();
    double others = expected(t, memory, tile).words() - plain;
    return own + others * (double) request.words() / (double) tile.words();
  }

  /** What a word of a tile of a uniform tensor takes; nothing if there is none. */
  Size perWord(TensorAccess t, int place, int[] index) {
    Region region = regions.of(t, visits.tile(t, place, index));
    if (region.words() == 0) {
      return new Size(0, 0);
    }
    Box tile = PlaceModel.box(region, odds);
    Size all = expected(t, routes.memories(t).get(place), tile);
    double words = (double) tile.words();
    return new Size(all.metadataBits() / words, all.words() / words);
  }

  /** Metadata of a request, an equal share of its tile's. */
  double metadataBits(TensorAccess t, int place, int[] index, Region request) {
    String memory = routes.memories(t).get(place);
    if (!sparsity.format(memory, t).compresses()) {
      return 0;
    }
    Box tile = tile(t, place, index);
    return expected(t, memory, tile).metadataBits()
        * (double) request.words()
        / (double) tile.words();
  }

  /**
   * What an instance holds: of tiles of each size the mean over their places, of these the largest.
   */
  Tile tile(TensorAccess t, int place) {
    return held.computeIfAbsent(
        new Held(routes.memories(t).get(place), t.name()), _ -> find(t, place));
  }

  private Tile find(TensorAccess t, int place) {
    String memory = routes.memories(t).get(place);
    TensorFormat format = sparsity.format(memory, t);
    Density density = sparsity.density(t);
    Map<List<Long>, double[]> bySize = new HashMap<>();
    var most = new double[3];
    visits.each(
        t,
        place,
        new BitSet(),
        (group, n) -> {
          Region region = regions.of(t, visits.tile(t, place, group.getFirst()));
          most[0] = Math.max(most[0], (double) region.words());
          if (region.words() > 0 && format.compresses()) {
            Box tile = PlaceModel.box(region, odds);
            Size size = expected(t, memory, tile);
            double[] sums = bySize.computeIfAbsent(tile.extents(), _ -> new double[3]);
            sums[0] += (double) n;
            sums[1] += (double) n * size.metadataBits();
            sums[2] += (double) n * size.words();
            Size worst = Occupancy.worst(format, density, tile);
            most[1] = Math.max(most[1], worst.metadataBits());
            most[2] = Math.max(most[2], worst.words());
          }
        });
    long words = (long) most[0];
    if (!format.compresses()) {
      return new Tile(words, new Size(0, most[0]), new Size(0, most[0]));
    }
    double bits = 0;
    double stored = 0;
    for (double[] s : bySize.values()) {
      bits = Math.max(bits, s[1] / s[0]);
      stored = Math.max(stored, s[2] / s[0]);
    }
    return new Tile(words, new Size(bits, stored), new Size(most[1], most[2]));
  }
}
