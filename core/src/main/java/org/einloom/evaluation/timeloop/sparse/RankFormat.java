package org.einloom.evaluation.timeloop.sparse;

import java.util.List;
import java.util.Locale;

/**
 * How one rank of a tensor is written down.
 *
 * @param kind which format
 * @param metadataBits of a coordinate, a run or a bit
 * @param payloadBits of an offset to the next rank
 * @param flattened dimensions of loops that go into the rank, by rule; none for a single loop of
 *     any dimension
 */
public record RankFormat(
    Kind kind, long metadataBits, long payloadBits, List<List<String>> flattened) {
  public RankFormat {
    flattened = flattened.stream().map(List::copyOf).toList();
  }

  /** Timeloop's formats. */
  public enum Kind {
    /** Uncompressed offset pairs: where each coordinate's fiber begins, and one more. */
    UOP(false),
    /** Coordinates and payloads of what is there. */
    CP(true),
    /** Run lengths of zeros. */
    RLE(true),
    /** A bit for each coordinate; what is there is packed. */
    B(true),
    /** A bit for each coordinate, and all words. */
    UB(false);

    private final boolean compressed;

    Kind(boolean compressed) {
      this.compressed = compressed;
    }

    /** Whether coordinates without words take no place. */
    public boolean isCompressed() {
      return compressed;
    }

    /** {@code uop}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How much of a rank is written for a tile.
   *
   * @param metadata coordinates, runs or bits
   * @param payloads offsets
   */
  public record Units(double metadata, double payloads) {
    static final Units NONE = new Units(0, 0);

    Units times(double p) {
      return new Units(metadata * p, payloads * p);
    }

    Units plus(Units o) {
      return new Units(metadata + o.metadata, payloads + o.payloads);
    }

    boolean isNone() {
      return metadata == 0 && payloads == 0;
    }
  }

  /**
   * What a rank takes.
   *
   * @param fibers the most there may be
   * @param shape coordinates of a fiber
   * @param emptyFiber the probability that a fiber is empty
   * @param emptyCoordinate the probability that a coordinate is
   * @param exact whether entries of a fiber may be fractions
   */
  Units units(double fibers, long shape, double emptyFiber, double emptyCoordinate, boolean exact) {
    double there = fibers * (1 - emptyFiber);
    double coordinates = shape * (1 - emptyCoordinate);
    double entries = exact ? coordinates : Math.ceil(coordinates);
    return switch (kind) {
      case UOP -> new Units(0, there * (shape + 1));
      case CP -> new Units(entries * there, entries * there);
      case RLE -> new Units(coordinates * there, coordinates * there);
      case B -> new Units(there * shape, there * entries);
      case UB -> new Units(fibers * shape, fibers * shape);
    };
  }
}
