package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.RankFormat.Units;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.RankAccess;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.workload.InvalidSpecException;

/**
 * What is in the tiles of a level on average: a sum over all that may be in one, weighted by how
 * likely it is. Where the level above has a format it knows of empty tiles, and sends none: the
 * mean is of the others, and fewer instances are in use.
 *
 * <p>Timeloop takes the first occupancy that is possible at all for the empty one, whatever it is.
 */
final class Occupancy {
  private Occupancy() {}

  static void find(Store store, Optional<Store> above, String what) {
    boolean known = above.map(a -> a.format.isPresent()).orElse(false);
    if (store.format.isEmpty() && !known) {
      store.occupied = store.density.mean(store.tile);
      return;
    }
    DensityModel density = store.density;
    long most = density.most(store.tile);
    long least = (long) Math.floor(density.leastDensity(store.tile) * store.dense.words());
    List<Long> occupancies = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    for (long o = least; o <= most; o++) {
      double p = density.probability(store.tile, o);
      if (p != 0) {
        occupancies.add(o);
        probabilities.add(p);
      }
    }
    if (known && least == 0) {
      leaveOut(store, probabilities, what);
    }
    double occupied = 0;
    List<Units> units = new ArrayList<>();
    for (int r = 0; r < store.ranks(); r++) {
      units.add(Units.NONE);
    }
    for (int i = 0; i < occupancies.size(); i++) {
      double p = probabilities.get(i);
      long o = occupancies.get(i);
      occupied += p * o;
      if (store.format.isPresent()) {
        List<Units> here = units(store, o);
        for (int r = 0; r < here.size(); r++) {
          units.set(r, units.get(r).plus(here.get(r).times(p)));
        }
      }
    }
    store.occupied = occupied;
    store.units = List.copyOf(units);
    if (store.format.isPresent()) {
      for (Way way : Way.values()) {
        store.metadata(way, Fate.ACTUAL, accesses(store, way));
      }
    }
  }

  private static void leaveOut(Store store, List<Double> probabilities, String what) {
    double there = 1 - probabilities.getFirst();
    if (!(there > 0)) {
      throw new InvalidSpecException(
          "every tile of %s is alike, and Timeloop takes it for empty; use a larger density, or a hypergeometric one"
              .formatted(what));
    }
    store.instances *= there;
    probabilities.replaceAll(p -> p / there);
    probabilities.set(0, 0.0);
  }

  /** What is written of a tile with so many words that are not zero. */
  static List<Units> units(Store store, long occupied) {
    return store
        .tree
        .orElseThrow()
        .units(
            store.density,
            store.tile.knowing(
                Optional.of(new Tile.Within(store.tile.extents(), store.dense.words(), occupied))));
  }

  /** As often as the tile goes that way, each rank rounded up. */
  private static List<RankAccess> accesses(Store store, Way way) {
    double times = (double) store.dense(way) / store.dense.words();
    return store.units.stream()
        .map(
            u ->
                new RankAccess(
                    (long) Math.ceil(u.metadata() * times), (long) Math.ceil(u.payloads() * times)))
        .toList();
  }
}
