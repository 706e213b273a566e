package org.einloom.evaluation.timeloop.sparse;

import java.util.List;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;

/**
 * Accesses to blocks of compressed words. A tile whose words do not fill its last block takes one
 * more access than its words come to. Timeloop minds that where tiles are few blocks long; from
 * where on it does not is a table by the words of a block and, in tenths, the density.
 */
final class Blocks {
  private static final Map<Long, List<Integer>> LONG_ENOUGH =
      Map.of(
          2L, List.of(251, 125, 84, 63, 51, 42, 36, 32, 28, 1),
          4L, List.of(375, 188, 125, 94, 75, 63, 54, 47, 42, 1),
          8L, List.of(438, 219, 146, 110, 88, 73, 63, 55, 49, 1),
          16L, List.of(469, 235, 157, 118, 94, 79, 67, 59, 52, 1),
          32L, List.of(485, 243, 162, 122, 97, 81, 70, 61, 52, 1));

  private Blocks() {}

  /** By how much accesses exceed words over block size. */
  static double share(Store s) {
    long block = s.dense.blockWords();
    double density = s.share();
    if (!s.isCompressed() || block <= 1 || !(density < 1)) {
      return 1;
    }
    List<Integer> table = LONG_ENOUGH.get(block);
    if (table == null) {
      throw new InvalidSpecException(
          "a compressed tensor in blocks of %d words; Timeloop knows blocks of 1, 2, 4, 8, 16 and 32"
              .formatted(block));
    }
    int tenth = density >= 0.1 ? (int) Math.floor(density / 0.1) - 1 : 0;
    if (table.get(tenth) <= s.dense.words() / block) {
      return 1;
    }
    double accesses = 0;
    for (long o = 1; o <= s.dense.words(); o++) {
      accesses += Math.ceil((double) o / block) * s.density.probability(s.tile, o);
    }
    return accesses / (s.dense.words() * density / block);
  }
}
