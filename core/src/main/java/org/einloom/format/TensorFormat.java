package org.einloom.format;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.einloom.format.RankFormat.Bitmask;
import org.einloom.format.RankFormat.Coordinates;
import org.einloom.format.RankFormat.Offsets;
import org.einloom.format.RankFormat.RunLength;
import org.einloom.format.RankFormat.Uncompressed;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * How tiles of a tensor are stored: levels of a fibertree, the root first. Each cuts the elements
 * of the one above into elements of its own; those of the last are words.
 *
 * @param name what reports call it
 * @param levels the root first
 */
public record TensorFormat(String name, List<TreeLevel> levels) {
  /** The formats that have a name. */
  public static final List<String> NAMES =
      List.of("uncompressed", "bitmask", "run_length", "coo", "csr", "csc", "csf");

  public TensorFormat {
    levels = List.copyOf(levels);
    if (!levels.isEmpty() && levels.getLast().format() instanceof Offsets) {
      throw new InvalidSpecException(
          "format '"
              + name
              + "' ends with offsets, which say where fibers of a level below begin; expected one"
              + " more level");
    }
  }

  /** Every word, and no metadata. */
  public static TensorFormat uncompressed(int ranks) {
    return new TensorFormat("uncompressed", each(new Uncompressed(), ranks));
  }

  /**
   * A format by its name.
   *
   * <ul>
   *   <li>{@code bitmask}: one bit for every word
   *   <li>{@code run_length}: runs through the whole tile, entries of 5 bits
   *   <li>{@code coo}: all coordinates for every occupied word
   *   <li>{@code csr}, {@code csc}: offsets by row or column, then coordinates; of matrices
   *   <li>{@code csf}: coordinates at every rank
   * </ul>
   *
   * @throws InvalidSpecException if there is none, or none for so many ranks
   */
  public static TensorFormat named(String name, int ranks) {
    var none = OptionalInt.empty();
    return switch (name) {
      case "uncompressed" -> uncompressed(ranks);
      case "bitmask" -> new TensorFormat(name, flat(new Bitmask(), ranks));
      case "run_length" -> new TensorFormat(name, flat(new RunLength(OptionalInt.of(5)), ranks));
      case "coo" -> new TensorFormat(name, flat(new Coordinates(none), ranks));
      case "csf" -> new TensorFormat(name, each(new Coordinates(none), ranks));
      case "csr", "csc" -> {
        if (ranks != 2) {
          throw new InvalidSpecException(
              "format '%s' of a tensor with %d ranks; it is for 2".formatted(name, ranks));
        }
        int outer = name.equals("csr") ? 0 : 1;
        yield new TensorFormat(
            name,
            List.of(
                new TreeLevel(new Offsets(none), List.of(outer), 1),
                new TreeLevel(new Coordinates(none), List.of(1 - outer), 1)));
      }
      default ->
          throw new InvalidSpecException(
              "unknown format '%s'; expected %s%s"
                  .formatted(
                      name,
                      String.join(", ", NAMES),
                      Spelling.nearest(name, NAMES)
                          .map(n -> "; did you mean '" + n + "'?")
                          .orElse("")));
    };
  }

  private static List<TreeLevel> flat(RankFormat format, int ranks) {
    return ranks == 0
        ? List.of()
        : List.of(new TreeLevel(format, IntStream.range(0, ranks).boxed().toList(), 1));
  }

  private static List<TreeLevel> each(RankFormat format, int ranks) {
    return IntStream.range(0, ranks).mapToObj(r -> new TreeLevel(format, List.of(r), 1)).toList();
  }

  /** Whether any level leaves out what is empty. */
  public boolean compresses() {
    // a search asks again and again: no iterator
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).format().compresses()) {
        return true;
      }
    }
    return false;
  }

  /** Whether words that are zero are left out, save those that break runs. */
  public boolean leavesOutZeros() {
    return !levels.isEmpty() && levels.getLast().format().compresses();
  }

  /**
   * The extents of the elements of every level, of a tile of these extents.
   *
   * @throws InvalidSpecException if blocks do not divide what they cut, or something is not cut
   *     down to words
   */
  List<List<Long>> cut(List<Long> extents) {
    var cuts = new ArrayList<List<Long>>();
    List<Long> at = extents;
    for (TreeLevel level : levels) {
      var next = new ArrayList<>(at);
      for (int rank : level.ranks()) {
        if (rank < 0 || rank >= extents.size()) {
          throw new InvalidSpecException(
              "format '%s' cuts rank %d of a tensor with %d ranks"
                  .formatted(name, rank, extents.size()));
        }
        // a tile that is smaller than a block is one element of it
        long block = Math.min(level.block(), at.get(rank));
        if (at.get(rank) % block != 0) {
          throw new InvalidSpecException(
              "format '%s' has blocks of %d along rank %d, where a tile has %d; expected a divisor"
                  .formatted(name, block, rank, at.get(rank)));
        }
        next.set(rank, block);
      }
      cuts.add(List.copyOf(next));
      at = next;
    }
    if (at.stream().anyMatch(e -> e != 1)) {
      throw new InvalidSpecException(
          "format '%s' leaves elements of %s, by rank; expected levels that cut every rank down to single coordinates"
              .formatted(name, at));
    }
    return cuts;
  }
}
