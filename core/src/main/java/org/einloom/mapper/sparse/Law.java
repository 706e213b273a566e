package org.einloom.mapper.sparse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.format.Occupancy;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.workload.InvalidSpecException;

/**
 * What the density of an operand says of tiles, asked once for each shape. Only laws by which all
 * tiles of a shape are alike: one tile then stands for all.
 */
final class Law {
  private final Density density;
  private final Map<Long, Double> empty = new HashMap<>();
  private final IdentityHashMap<TensorFormat, Map<Long, Stored>> stored = new IdentityHashMap<>();
  private final Map<Integer, Map<Long, Room>> rooms = new HashMap<>();

  /** A tile in a format, as expected and at most. */
  record Stored(Size expected, Size worst) {
    /** Of a format that does not fit the tile. */
    static final Stored NONE = new Stored(new Size(-1, -1), new Size(-1, -1));

    /** Whether the format fits the tile. */
    boolean fits() {
      return expected.words() >= 0;
    }
  }

  /** Bits that a tile takes at least, of words and of metadata apart. */
  record Room(double bits, double metadata) {}

  Law(Density density) {
    this.density = density;
  }

  /** Whether no word is ever zero. */
  boolean certain() {
    return density instanceof UniformDensity u && u.nonZeros() == Box.whole(u.shape()).words();
  }

  boolean uniform() {
    return density instanceof UniformDensity;
  }

  /** The share of words that are occupied, as expected. */
  double share() {
    return density.density();
  }

  /** The probability that so many words, alike in all places, are zero; of a uniform law. */
  double emptyWords(long words) {
    return empty.computeIfAbsent(words, w -> ((UniformDensity) density).probabilityEmpty(w));
  }

  /** The probability that a tile of these extents is empty. */
  double empty(long[] extents) {
    if (density instanceof UniformDensity) {
      long words = 1;
      for (long e : extents) {
        words *= e;
      }
      return emptyWords(words);
    }
    return empty.computeIfAbsent(
        key(extents), _ -> density.probabilityEmpty(new Box(origin(extents), list(extents))));
  }

  /** What a tile of these extents takes. */
  Stored stored(TensorFormat format, long[] extents) {
    return stored
        .computeIfAbsent(format, _ -> new HashMap<>())
        .computeIfAbsent(
            key(extents),
            _ -> {
              var tile = new Box(origin(extents), list(extents));
              try {
                return new Stored(
                    Occupancy.expected(format, density, tile),
                    Occupancy.worst(format, density, tile));
              } catch (InvalidSpecException e) {
                return Stored.NONE; // blocks that do not divide the tile, say
              }
            });
  }

  /** What is found once for a tile at a node. */
  Room room(int node, long[] extents, Supplier<Room> find) {
    return rooms
        .computeIfAbsent(node, _ -> new HashMap<>())
        .computeIfAbsent(key(extents), _ -> find.get());
  }

  /** Different for different extents; the words of a tensor fit a long, and so does this. */
  private long key(long[] extents) {
    long key = 0;
    for (int r = 0; r < extents.length; r++) {
      key = key * density.shape().get(r) + extents[r] - 1;
    }
    return key;
  }

  private static List<Long> list(long[] extents) {
    return Arrays.stream(extents).boxed().toList();
  }

  private static List<Long> origin(long[] extents) {
    return Arrays.stream(extents).map(_ -> 0).boxed().toList();
  }
}
