package org.einloom.density;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.einloom.workload.Checked;
import org.einloom.workload.TooLargeException;

/**
 * A tensor, or a part of it, cut into tiles of equal extents from its first coordinates on; the
 * last ones may be smaller.
 *
 * @param whole what is cut
 * @param extents of a tile that is whole, each at least 1
 */
public record Tiling(Box whole, List<Long> extents) {
  /** More tiles than anybody waits for. */
  private static final long MOST = 50_000_000;

  public Tiling {
    extents = List.copyOf(extents);
  }

  /** How many tiles there are. */
  public long tiles() {
    long tiles = 1;
    for (int r = 0; r < extents.size(); r++) {
      long n = Math.ceilDiv(whole.extents().get(r), extents.get(r));
      tiles = Checked.multiply(tiles, n, "the number of tiles");
    }
    return tiles;
  }

  /** The sum of a figure over all tiles. Where tiles of a size are alike one stands for all. */
  public double sum(Density density, ToDoubleFunction<Box> figure) {
    if (whole.words() == 0) {
      return 0;
    }
    boolean divides = true;
    for (int r = 0; r < extents.size(); r++) {
      divides &=
          whole.extents().get(r) % extents.get(r) == 0 && whole.low().get(r) % extents.get(r) == 0;
    }
    if (divides && density.sameEverywhere(extents)) {
      return tiles() * figure.applyAsDouble(new Box(whole.low(), extents));
    }
    if (density instanceof UniformDensity) {
      return bySize(figure, 0, whole.low(), new ArrayList<>(), 1);
    }
    if (tiles() > MOST) {
      throw new TooLargeException(
          "%d tiles of %s to look at one by one, of at most %d; use larger tiles"
              .formatted(tiles(), extents, MOST));
    }
    return each(figure, 0, new ArrayList<>(), new ArrayList<>());
  }

  /** The mean of a figure over all tiles. */
  public double mean(Density density, ToDoubleFunction<Box> figure) {
    return sum(density, figure) / tiles();
  }

  private double bySize(
      ToDoubleFunction<Box> figure, int rank, List<Long> low, List<Long> sizes, double count) {
    if (rank == extents.size()) {
      return count * figure.applyAsDouble(new Box(low, sizes));
    }
    long extent = extents.get(rank);
    long all = whole.extents().get(rank);
    double sum = 0;
    if (all >= extent) {
      sum += bySize(figure, rank + 1, low, plus(sizes, extent), count * Math.floorDiv(all, extent));
    }
    if (all % extent != 0) {
      sum += bySize(figure, rank + 1, low, plus(sizes, all % extent), count);
    }
    return sum;
  }

  private double each(ToDoubleFunction<Box> figure, int rank, List<Long> low, List<Long> sizes) {
    if (rank == extents.size()) {
      return figure.applyAsDouble(new Box(low, sizes));
    }
    double sum = 0;
    for (long x = whole.low().get(rank); x < whole.end(rank); x += extents.get(rank)) {
      long size = Math.min(extents.get(rank), whole.end(rank) - x);
      sum += each(figure, rank + 1, plus(low, x), plus(sizes, size));
    }
    return sum;
  }

  private static List<Long> plus(List<Long> list, long last) {
    var longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
