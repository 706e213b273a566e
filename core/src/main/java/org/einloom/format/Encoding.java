package org.einloom.format;

import java.util.ArrayList;
import java.util.List;
import org.einloom.density.Box;
import org.einloom.density.Pattern;

/** A tile of an actual tensor, stored: the fibertree is walked through and every entry counted. */
public final class Encoding {
  private final TensorFormat format;
  private final Pattern pattern;
  private final List<List<Long>> cuts;
  private final Box tile;
  private long metadataBits;
  private long words;

  private Encoding(TensorFormat format, Pattern pattern, Box tile) {
    this.format = format;
    this.pattern = pattern;
    this.tile = tile;
    this.cuts = format.cut(tile.extents());
  }

  /** What the tile takes. */
  public static Size size(TensorFormat format, Pattern pattern, Box tile) {
    if (tile.words() == 0) {
      return new Size(0, 0);
    }
    var encoding = new Encoding(format, pattern, tile);
    if (format.levels().isEmpty()) {
      return new Size(0, 1); // a scalar
    }
    encoding.fiber(0, tile);
    return new Size(encoding.metadataBits, encoding.words);
  }

  private void fiber(int level, Box fiber) {
    List<Box> elements = elements(level, fiber);
    double below =
        level + 1 < cuts.size() ? (double) Widths.elements(tile.extents(), cuts.get(level + 1)) : 0;
    RankFormat how = format.levels().get(level).format();
    int bits = Widths.of(how, elements.size(), below);
    switch (how) {
      case RankFormat.Uncompressed u -> elements.forEach(e -> store(level, e));
      case RankFormat.Bitmask b -> {
        metadataBits += elements.size();
        storeOccupied(level, elements);
      }
      case RankFormat.Coordinates c -> {
        metadataBits += bits * occupied(elements);
        storeOccupied(level, elements);
      }
      case RankFormat.Offsets o -> {
        metadataBits += bits * (elements.size() + 1L);
        storeOccupied(level, elements);
      }
      case RankFormat.RunLength r -> {
        long run = 0;
        for (Box e : elements) {
          if (pattern.count(e) > 0) {
            metadataBits += bits;
            store(level, e);
            run = 0;
          } else if (run == (1L << bits) - 1 && later(elements, e)) {
            // the entry that breaks the run stands for this empty element
            metadataBits += bits;
            words += last(level) ? 1 : 0;
            run = 0;
          } else {
            run++;
          }
        }
      }
    }
  }

  private boolean later(List<Box> elements, Box than) {
    return elements.subList(elements.indexOf(than) + 1, elements.size()).stream()
        .anyMatch(e -> pattern.count(e) > 0);
  }

  private long occupied(List<Box> elements) {
    return elements.stream().filter(e -> pattern.count(e) > 0).count();
  }

  private void storeOccupied(int level, List<Box> elements) {
    elements.stream().filter(e -> pattern.count(e) > 0).forEach(e -> store(level, e));
  }

  private void store(int level, Box element) {
    if (last(level)) {
      words++;
    } else {
      fiber(level + 1, element);
    }
  }

  private boolean last(int level) {
    return level == cuts.size() - 1;
  }

  /** In the order of their coordinates. */
  private List<Box> elements(int level, Box fiber) {
    List<Box> boxes = List.of(fiber);
    for (int rank : format.levels().get(level).ranks()) {
      long size = cuts.get(level).get(rank);
      var finer = new ArrayList<Box>();
      for (Box b : boxes) {
        for (long x = b.low().get(rank); x < b.end(rank); x += size) {
          finer.add(b.with(rank, x, size));
        }
      }
      boxes = finer;
    }
    return boxes;
  }
}
