package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.SparseNest.Loop;
import org.einloom.workload.InvalidSpecException;

/**
 * Matches the ranks of a format with loops: each takes the next loop that turns and, if it has a
 * rule of dimensions that are flattened, those next to it that the rule names. A rank whose rule
 * does not name the next loop, and one for which none is left, is empty.
 */
final class RankMatching {
  /** A loop of one iteration that turns a rank into an empty one. */
  private static final List<Loop> NOTHING = List.of();

  private final List<Loop> loops;
  private final List<Tile> tilesUpTo;
  private final Tile word;
  private final Optional<SparseSpec.Format> format;
  final List<List<Loop>> matched = new ArrayList<>();
  final List<Tile> tiles = new ArrayList<>();

  /**
   * @param loops innermost first
   * @param tilesUpTo what each loop and those inside cover
   * @param word a tile of one word
   * @param format none where the tensor is kept as it is, in one rank of all loops
   */
  RankMatching(
      List<Loop> loops, List<Tile> tilesUpTo, Tile word, Optional<SparseSpec.Format> format) {
    this.loops = loops;
    this.tilesUpTo = tilesUpTo;
    this.word = word;
    this.format = format;
  }

  private int ranks() {
    return format.map(f -> f.ranks().size()).orElse(1);
  }

  /** The rule of a rank that names a dimension; empty if it has rules and none does. */
  private Optional<List<String>> rule(int rank, String dimension) {
    if (format.isEmpty()) {
      return Optional.of(List.of());
    }
    List<List<String>> rules = format.get().ranks().get(rank).flattened();
    return rules.isEmpty()
        ? Optional.of(List.of())
        : rules.stream().filter(rule -> rule.contains(dimension)).findFirst();
  }

  /** Whether a loop goes into a rank beside others. */
  private boolean joins(Loop loop, List<String> rule) {
    return format.isEmpty() || loop.isTrivial() || rule.contains(loop.dimension());
  }

  /** Whether a rank takes more loops than one. */
  private boolean flattens(List<String> rule) {
    return format.isEmpty() || !rule.isEmpty();
  }

  private Tile first() {
    if (tilesUpTo.isEmpty()) {
      throw new InvalidSpecException(
          "a scalar has no ranks that could be written down; leave its representation_format out");
    }
    return tilesUpTo.getFirst();
  }

  /** From the outermost rank and loop inwards, down to this rank. */
  void fromOutside(int innermost) {
    int loop = loops.size() - 1;
    int rank = ranks();
    while (rank > innermost && loop >= 0) {
      while (loop >= 0 && loops.get(loop).isTrivial()) {
        loop--;
      }
      if (loop < 0) {
        break;
      }
      rank--;
      Optional<List<String>> rule = rule(rank, loops.get(loop).dimension());
      if (rule.isEmpty()) {
        // as Timeloop does: the empty rank goes outside of those that were matched before
        matched.addLast(NOTHING);
        tiles.addLast(first());
        continue;
      }
      List<Loop> taken = new ArrayList<>(List.of(loops.get(loop)));
      Tile tile = tilesUpTo.get(loop);
      loop--;
      while (flattens(rule.get()) && loop >= 0 && joins(loops.get(loop), rule.get())) {
        if (!loops.get(loop).isTrivial()) {
          taken.add(loops.get(loop));
        }
        loop--;
      }
      matched.addFirst(taken);
      tiles.addFirst(tile);
    }
    while (rank > innermost) {
      rank--;
      matched.addFirst(NOTHING);
      tiles.addFirst(first());
    }
    while (loop >= 0) {
      check(loops.get(loop));
      loop--;
    }
  }

  /** From this rank and the innermost loop outwards. */
  void fromInside(int innermost) {
    int loop = 0;
    int rank = innermost - 1;
    while (rank < ranks() - 1 && loop < loops.size()) {
      while (loop < loops.size() && loops.get(loop).isTrivial()) {
        loop++;
      }
      if (loop == loops.size()) {
        break;
      }
      rank++;
      Optional<List<String>> rule = rule(rank, loops.get(loop).dimension());
      if (rule.isEmpty()) {
        matched.addLast(NOTHING);
        tiles.addLast(word);
        continue;
      }
      List<Loop> taken = new ArrayList<>(List.of(loops.get(loop)));
      Tile tile = tilesUpTo.get(loop);
      loop++;
      while (flattens(rule.get()) && loop < loops.size() && joins(loops.get(loop), rule.get())) {
        if (!loops.get(loop).isTrivial()) {
          taken.add(loops.get(loop));
        }
        loop++;
      }
      matched.addLast(taken);
      tiles.addLast(tile);
    }
    while (rank < ranks() - 1) {
      rank++;
      matched.addLast(NOTHING);
      tiles.addLast(first());
    }
    while (loop < loops.size()) {
      check(loops.get(loop));
      loop++;
    }
  }

  private static void check(Loop left) {
    if (!left.isTrivial()) {
      throw new InvalidSpecException(
          "its representation_format has too few ranks: none is left for the loop over '%s' (%d iterations); add a rank, or flatten loops by flattened_rankIDs"
              .formatted(left.dimension(), left.count()));
    }
  }
}
