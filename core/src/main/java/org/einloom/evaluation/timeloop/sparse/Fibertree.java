package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.timeloop.sparse.RankFormat.Units;
import org.einloom.evaluation.timeloop.sparse.SparseNest.Loop;

/**
 * The ranks of a tensor at a level.
 *
 * @param formats innermost first; none where it is kept as it is
 * @param loops of each rank, innermost rank first
 * @param tiles below each rank, innermost first, and last the whole: one more than ranks
 * @param shapes coordinates of a fiber of each rank
 * @param fromInside whether ranks were matched with loops from the innermost outwards
 * @param exact whether entries of a fiber may be fractions
 */
record Fibertree(
    List<RankFormat> formats,
    List<List<Loop>> loops,
    List<Tile> tiles,
    List<Long> shapes,
    boolean fromInside,
    boolean exact) {
  Fibertree {
    formats = List.copyOf(formats);
    loops = loops.stream().map(List::copyOf).toList();
    tiles = List.copyOf(tiles);
    shapes = List.copyOf(shapes);
  }

  /**
   * What is written for a tile, by rank, innermost first. What the innermost rank that is written
   * points to are the words themselves, so its payloads do not count.
   *
   * @param tile of the level, with what is known of it
   */
  List<Units> units(DensityModel density, Tile tile) {
    List<Units> units = new ArrayList<>();
    double fibers = 1;
    Tile here = tile;
    for (int r = formats.size() - 1; r >= 0; r--) {
      Tile next = tiles.get(r).knowing(here.within());
      units.addFirst(
          isIdle(r)
              ? Units.NONE
              : formats
                  .get(r)
                  .units(
                      fibers,
                      shapes.get(r),
                      density.probability(here, 0),
                      density.probability(next, 0),
                      exact));
      fibers *= shapes.get(r);
      here = next;
    }
    for (int r = 0; r < units.size(); r++) {
      if (!units.get(r).isNone()) {
        units.set(r, new Units(units.get(r).metadata(), 0));
        break;
      }
    }
    return units;
  }

  /** A rank of one coordinate is not written, except for the one that ranks are matched from. */
  private boolean isIdle(int r) {
    return shapes.get(r) == 1 && r != (fromInside ? 0 : formats.size() - 1);
  }
}
