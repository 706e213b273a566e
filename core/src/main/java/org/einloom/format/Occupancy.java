package org.einloom.format;

import java.util.List;
import org.einloom.density.ActualDensity;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.Tiling;
import org.einloom.density.UniformDensity;
import org.einloom.workload.InvalidSpecException;

/** What tiles of a tensor take to store, found from the law of the tensor. */
public final class Occupancy {
  private final TensorFormat format;
  private final Density density;
  private final Box tile;
  private final List<List<Long>> cuts;

  private Occupancy(TensorFormat format, Density density, Box tile) {
    this.format = format;
    this.density = density;
    this.tile = tile;
    this.cuts = format.cut(tile.extents());
  }

  /**
   * The expected size of a tile, exactly.
   *
   * @throws InvalidSpecException if the format does not fit the tile, or has runs through several
   *     ranks of a tensor whose law is neither uniform nor a tensor
   */
  public static Size expected(TensorFormat format, Density density, Box tile) {
    if (tile.words() == 0) {
      return new Size(0, 0);
    }
    return new Occupancy(format, density, tile).expected();
  }

  /**
   * What no tile of the law exceeds. Exact for an actual tensor, and where words can lie as they
   * take most; for runs of others an upper bound.
   */
  public static Size worst(TensorFormat format, Density density, Box tile) {
    if (tile.words() == 0) {
      return new Size(0, 0);
    }
    var of = new Occupancy(format, density, tile);
    return density instanceof ActualDensity ? of.expected() : of.worst();
  }

  private Size expected() {
    double metadata = 0;
    double fibers = 1;
    double stored = 1;
    List<Long> above = tile.extents();
    for (int i = 0; i < cuts.size(); i++) {
      RankFormat how = format.levels().get(i).format();
      long elements = Widths.elements(above, cuts.get(i));
      int bits = bits(i, elements);
      double occupied = how.compresses() ? occupied(i) : 0;
      double entries =
          how instanceof RankFormat.RunLength ? occupied + breaks(i, elements, bits) : occupied;
      metadata += metadata(how, fibers, (double) elements, entries, bits);
      stored = how.compresses() ? (i == cuts.size() - 1 ? entries : occupied) : fibers * elements;
      fibers = stored;
      above = cuts.get(i);
    }
    return new Size(metadata, stored);
  }

  private Size worst() {
    long most = density.mostOccupied(tile);
    double metadata = 0;
    double fibers = 1;
    double stored = 1;
    List<Long> above = tile.extents();
    for (int i = 0; i < cuts.size(); i++) {
      RankFormat how = format.levels().get(i).format();
      long elements = Widths.elements(above, cuts.get(i));
      int bits = bits(i, elements);
      double all = (double) Widths.elements(tile.extents(), cuts.get(i));
      double occupied = Math.min(all, (double) most);
      double entries = occupied;
      if (how instanceof RankFormat.RunLength) {
        double run = Math.scalb(1.0, bits);
        double ofFiber = Math.floor((elements - 1) / run);
        entries +=
            Math.min(Math.floor((all - occupied) / run), Math.min(occupied, fibers) * ofFiber);
      }
      metadata += metadata(how, fibers, (double) elements, entries, bits);
      stored = how.compresses() ? (i == cuts.size() - 1 ? entries : occupied) : fibers * elements;
      fibers = stored;
      above = cuts.get(i);
    }
    return new Size(metadata, stored);
  }

  private static double metadata(
      RankFormat how, double fibers, double elements, double entries, int bits) {
    return switch (how) {
      case RankFormat.Uncompressed u -> 0;
      case RankFormat.Bitmask b -> fibers * elements;
      case RankFormat.Offsets o -> fibers * (elements + 1) * bits;
      case RankFormat.RunLength r -> entries * bits;
      case RankFormat.Coordinates c -> entries * bits;
    };
  }

  private int bits(int level, long elements) {
    double below =
        level + 1 < cuts.size() ? (double) Widths.elements(tile.extents(), cuts.get(level + 1)) : 0;
    return Widths.of(format.levels().get(level).format(), elements, below);
  }

  /** Expected occupied elements of a level in the whole tile. */
  private double occupied(int level) {
    List<Long> element = cuts.get(level);
    return new Tiling(tile, element)
        .sum(
            density,
            b -> b.words() == 1 ? density.expectedOccupied(b) : 1 - density.probabilityEmpty(b));
  }

  /**
   * Expected entries that break runs: for an occupied element with z empty ones before it, {@code
   * floor(z / R)}, which is the number of j >= 1 for which the jR elements before it are empty.
   */
  private double breaks(int level, long elements, int bits) {
    long run = 1L << bits;
    if (elements <= run) {
      return 0;
    }
    List<Long> element = cuts.get(level);
    List<Long> fiber = fiber(level);
    List<Integer> ranks = format.levels().get(level).ranks();
    if (density instanceof UniformDensity uniform) {
      return breaks(uniform, level, elements, run);
    }
    if (density instanceof ActualDensity actual) {
      return new Tiling(tile, fiber)
          .sum(density, f -> new Runs(actual.pattern(), ranks, element, run).breaks(f));
    }
    List<Integer> cut =
        ranks.stream().filter(r -> !fiber.get(r).equals(element.get(r))).distinct().toList();
    if (cut.size() > 1) {
      // a stretch of words that crosses rows is no tile
      throw new InvalidSpecException(
          "format '%s' has runs through several ranks, which is not modelled for %s, for uniform densities and actual tensors alone; expected runs along one rank"
              .formatted(format.name(), density.label()));
    }
    int rank = cut.getFirst();
    return new Tiling(tile, fiber)
        .sum(density, f -> breaks(f, rank, element.get(rank), elements, run));
  }

  /** The extents of the fibers that a level cuts. */
  private List<Long> fiber(int level) {
    return level == 0 ? tile.extents() : cuts.get(level - 1);
  }

  private double breaks(Box fiber, int rank, long size, long elements, long run) {
    double sum = 0;
    for (long x = run; x < elements; x++) {
      for (long empty = run; empty <= x; empty += run) {
        long from = fiber.low().get(rank) + (x - empty) * size;
        sum +=
            density.probabilityEmpty(fiber.with(rank, from, empty * size))
                - density.probabilityEmpty(fiber.with(rank, from, (empty + 1) * size));
      }
    }
    return sum;
  }

  /** Where words are as likely anywhere, only their number matters. */
  private double breaks(UniformDensity uniform, int level, long elements, long run) {
    double all = (double) Widths.elements(tile.extents(), cuts.get(level));
    long words = new Box(tile.low(), cuts.get(level)).words();
    double sum = 0;
    for (long empty = run; empty < elements; empty += run) {
      double probability = uniform.probabilityEmpty(empty * words);
      // all that is still to come is no more than this
      if ((elements - empty) * probability <= Math.ulp(sum) / 4) {
        break;
      }
      sum += (elements - empty) * (probability - uniform.probabilityEmpty((empty + 1) * words));
    }
    return sum * all / elements;
  }
}
