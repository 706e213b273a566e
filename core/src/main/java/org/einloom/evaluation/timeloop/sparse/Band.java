package org.einloom.evaluation.timeloop.sparse;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.einloom.workload.InvalidSpecException;

/**
 * A band along the diagonal of a square matrix.
 *
 * <p>Timeloop looks at the first rows of tiles, until the band no longer touches the left edge, and
 * counts each twice, for those at the end; and at one more row, for all between. That row's tiles
 * to the right of the band are empty; those to the left are looked at. Where a tile lies within a
 * known one, a representative of the latter is searched among the same rows, and its tiles are
 * looked at from twice its own place on.
 */
final class Band implements DensityModel {
  private final String tensor;
  private final long side;
  private final long halfWidth;
  private final double density;
  private final boolean exact;
  private final Map<List<Long>, NavigableMap<Long, Double>> tables = new java.util.HashMap<>();

  private Band(String tensor, long side, long halfWidth, boolean exact) {
    this.exact = exact;
    this.tensor = tensor;
    this.side = side;
    this.halfWidth = halfWidth;
    long occupied = side;
    for (long d = 1; d <= halfWidth; d++) {
      occupied += (side - d) * 2;
    }
    density = (double) occupied / ((double) side * side);
  }

  static Band of(long halfWidth, String tensor, List<Long> extents, boolean exact) {
    if (extents.size() != 2 || !extents.get(0).equals(extents.get(1))) {
      throw new InvalidSpecException(
          "'%s' is banded and has extents %s; Timeloop knows bands of square matrices alone: expected two ranks of one size"
              .formatted(tensor, extents));
    }
    if (halfWidth >= extents.get(0)) {
      throw new InvalidSpecException(
          "'%s' has a band_width of %d; expected less than its size, %d"
              .formatted(tensor, halfWidth, extents.get(0)));
    }
    return new Band(tensor, extents.get(0), halfWidth, exact);
  }

  /** Where a tile is: its first row and column, and one more than its last. */
  private record Place(long top, long left, long bottom, long right) {}

  private long occupied(Place p) {
    long words = 0;
    for (long r = p.top(); r < p.bottom(); r++) {
      long from = Math.max(p.left(), Math.max(r - halfWidth, 0));
      long to = Math.min(p.right(), r + halfWidth + 1);
      words += Math.max(0, to - from);
    }
    return words;
  }

  private NavigableMap<Long, Double> table(List<Long> extents) {
    return tables.computeIfAbsent(extents, this::newTable);
  }

  private NavigableMap<Long, Double> newTable(List<Long> extents) {
    long height = extents.get(0);
    long width = extents.get(1);
    long columns = side / width;
    long rows = side / height;
    if (columns == 0 || rows == 0) {
      throw new InvalidSpecException(
          "a tile of %d x %d of '%s' is larger than the matrix; use a smaller block_size"
              .formatted(height, width, tensor));
    }
    long first = first(height);
    long steady = Math.max(rows - 2 * first, 0);
    var counts = new TreeMap<Long, Long>();
    counts.put(0L, 0L);
    for (long r = 0; (exact || r <= first) && r < rows; r++) {
      long times = exact ? 1 : r >= first ? steady : first != rows ? 2 : 1;
      for (long c = 0; c < columns; c++) {
        if (isRightOf(r * height, c * width, height)) {
          counts.merge(0L, (columns - c) * times, Long::sum);
          break;
        }
        counts.merge(occupied(place(r, c, height, width)), times, Long::sum);
      }
    }
    var table = new TreeMap<Long, Double>();
    counts.forEach((words, times) -> table.put(words, (double) times / (rows * columns)));
    return table;
  }

  /** Rows of tiles until the band no longer begins in the first column. */
  private long first(long height) {
    return (long) Math.ceil((double) halfWidth / height);
  }

  private boolean isRightOf(long top, long left, long height) {
    return left > top + height - 1 + halfWidth;
  }

  private static Place place(long row, long column, long height, long width) {
    return new Place(row * height, column * width, (row + 1) * height, (column + 1) * width);
  }

  /** The first tile that has so many words. */
  private Place representative(Tile.Within within) {
    long height = within.extents().get(0);
    long width = within.extents().get(1);
    for (long r = 0; r <= first(height) && r < side / height; r++) {
      for (long c = 0; c < side / width; c++) {
        Place p = place(r, c, height, width);
        boolean beside = isRightOf(p.top(), p.left(), height);
        if (beside ? within.occupied() == 0 : occupied(p) == within.occupied()) {
          return p;
        }
        if (beside) {
          break;
        }
      }
    }
    throw new InvalidSpecException(
        "no tile of %d x %d of '%s' has %d words that are not zero"
            .formatted(height, width, tensor, within.occupied()));
  }

  private double empty(List<Long> extents, Place within) {
    long height = extents.get(0);
    long width = extents.get(1);
    long columns = (within.right() - within.left()) / width;
    long rows = (within.bottom() - within.top()) / height;
    long count = 0;
    for (long r = 0; r < rows; r++) {
      for (long c = 0; c < columns; c++) {
        long top = within.top() + r * height;
        long left = within.left() + c * width;
        // as Timeloop places it: its end from the matrix' origin, its beginning from the tile's
        long shift = exact ? 0 : 1;
        Place p =
            new Place(
                shift * within.top() + top,
                shift * within.left() + left,
                height + top,
                width + left);
        count += occupied(p) == 0 ? 1 : 0;
      }
    }
    return (double) count / (rows * columns);
  }

  @Override
  public double probability(Tile tile, long hits) {
    if (tile.within().isPresent()) {
      if (hits != 0) {
        throw new IllegalStateException("only emptiness is asked of a tile within a known one");
      }
      return empty(tile.extents(), representative(tile.within().get()));
    }
    return table(tile.extents()).getOrDefault(hits, 0.0);
  }

  @Override
  public long most(Tile tile) {
    return table(tile.extents()).lastKey();
  }

  @Override
  public double leastDensity(Tile tile) {
    return (double) table(tile.extents()).firstKey() / tile.words();
  }

  @Override
  public double mean(Tile tile) {
    return tile.words() * density;
  }
}
