package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.einloom.evaluation.timeloop.sparse.SparseNest.Loop;
import org.einloom.workload.TensorAccess;

/**
 * Which tile of a condition's tensor must be empty for a read of the target to be left out.
 *
 * <p>A read of the target stays valid until the next loop over one of its dimensions turns: the
 * <em>target loop</em>, the innermost one outside of the level below. What of the condition's
 * tensor goes by meanwhile is the leader tile. From the innermost level a word is read for each
 * compute, so the leader is a word; loops in space are gone through at once, so they widen it. A
 * block of several words is read as one, and widens it, too.
 */
final class Leader {
  private final SparseNest nest;
  private final Molds molds;
  private final List<String> dimensions;
  private final TensorAccess target;
  private final int at;
  private final boolean innermost;
  private final long blockWords;

  /** The target loop: where it is, and whether reads are of single words. */
  private int level;

  private int index;
  private boolean word;

  /**
   * @param dimensions in the order of the problem
   * @param at the level that the target is read from
   * @param below the level below that keeps it; -1 for none
   */
  Leader(
      SparseNest nest,
      List<String> dimensions,
      TensorAccess target,
      int at,
      int below,
      long blockWords) {
    this.nest = nest;
    this.dimensions = dimensions;
    this.target = target;
    this.at = at;
    this.blockWords = blockWords;
    molds = new Molds(nest);
    innermost = below < 0;
    if (!find(below + 1)) {
      level = at;
      index = loops(at).size() - 1;
    }
  }

  private List<Loop> loops(int l) {
    return nest.levels().get(l).loops();
  }

  private boolean find(int from) {
    for (int l = from; l <= at; l++) {
      for (int i = 0; i < loops(l).size(); i++) {
        Loop loop = loops(l).get(i);
        boolean found = turnsTarget(loop);
        if (innermost && !isSpace(l, i + 1)) {
          found = true;
          word = !loop.space();
        }
        if (found) {
          level = l;
          index = i;
          return true;
        }
      }
    }
    return false;
  }

  private boolean turnsTarget(Loop loop) {
    return !loop.isTrivial() && target.indexedBy(loop.dimension());
  }

  private boolean isSpace(int l, int i) {
    return i < loops(l).size() && loops(l).get(i).space();
  }

  /** The probability that the tile of the condition's tensor is empty; 0 if it cannot be told. */
  double emptiness(TensorAccess condition, DensityModel density) {
    Loop targetLoop = loops(level).get(index);
    Map<String, Long> mold = word ? Molds.point() : molds.upTo(level, index);
    List<Loop> relevant = new ArrayList<>(List.of(targetLoop));
    Map<String, Long> leader = new HashMap<>(mold);
    widen(targetLoop, leader, relevant);
    SequencedMap<String, Double> together = new LinkedHashMap<>();
    if (!word && !iteratedTogether(condition, targetLoop, relevant, together)) {
      return 0;
    }
    double factor = 1;
    for (double f : together.values()) {
      factor *= f;
    }
    double scale = Math.ceil(blockWords / (Molds.tile(target, mold).words() / factor));
    for (String dimension : dimensions) {
      Double f = together.get(dimension);
      if (f != null) {
        double by = f / scale;
        leader.compute(dimension, (d, n) -> (long) Math.ceil((n == null ? 1 : n) / by));
        scale /= f;
      }
    }
    if (scale > 1) {
      double by = scale;
      leader.compute(targetLoop.dimension(), (d, n) -> (long) ((n == null ? 1 : n) * by));
    }
    return density.probability(Molds.tile(condition, leader), 0);
  }

  /**
   * Loops in space outside of the target loop go by at once. If the target loop is in space, so do
   * loops in time up to the next that turns the target.
   */
  private void widen(Loop targetLoop, Map<String, Long> leader, List<Loop> relevant) {
    boolean settled = !targetLoop.space();
    for (int l = level; l <= at; l++) {
      for (int i = l == level ? index + 1 : 0; i < loops(l).size(); i++) {
        Loop loop = loops(l).get(i);
        if (loop.isTrivial()) {
          continue;
        }
        boolean turns = innermost || target.indexedBy(loop.dimension());
        if (loop.space() || (!settled && !turns)) {
          Molds.multiply(leader, loop.dimension(), loop.count());
          relevant.add(loop);
        }
        if (targetLoop.space() && !loop.space() && turns) {
          settled = true;
        }
      }
    }
  }

  /**
   * Loops that turn both tensors: of the condition's only one iteration goes by. Returns false if
   * the order of loops forbids to look at that.
   */
  private boolean iteratedTogether(
      TensorAccess condition,
      Loop targetLoop,
      List<Loop> relevant,
      SequencedMap<String, Double> together) {
    for (Loop loop : relevant) {
      boolean turns = condition.indexedBy(loop.dimension());
      if (targetLoop.space() && !together.isEmpty() && turns) {
        return false;
      }
      if (turns && target.indexedBy(loop.dimension())) {
        together.merge(loop.dimension(), (double) loop.count(), (a, b) -> a * b);
      }
    }
    return true;
  }
}
