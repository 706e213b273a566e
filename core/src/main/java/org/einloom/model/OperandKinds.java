package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts an operand by one step of each kind. Let all tiles divide. Then every instance is active
 * in every step, and a step is told by the temporal loop that advances: loops outside it stay,
 * those inside it go from their last index to 0. Of two steps of the same kind one is the other
 * with all tiles, old ones and new ones, of all instances moved by the same distance. Which words
 * are new, which of these a neighbour held, and which of several requests are equal or overlap, is
 * the same in both; so one is counted for all. Only at the edges of a padded rank do words go
 * missing when tiles are moved: the indices of loops over its variables are gone through one by
 * one.
 */
final class OperandKinds {
  private final Chain chain;
  private final Compiled compiled;
  private final Book book;
  private final TouchedWords words;
  private final Requests requests;

  /** By variable, whether it is in a padded rank. */
  private final boolean[] padded;

  private OperandKinds(Chain chain, StepLimit limit) {
    this.chain = chain;
    compiled = chain.compiled;
    padded = padded(compiled, chain.tensor);
    book = new Book(chain);
    limit.check(Math.max(work(), limit.ownVectors()));
    words = new TouchedWords(compiled, chain.tensor);
    requests = new Requests(chain, book, words.count);
  }

  /**
   * The tensor's exact counts.
   *
   * @throws org.einloom.workload.InvalidSpecException when there is too much to look at
   */
  static Stepped count(Compiled compiled, Compiled.Tensor tensor) {
    return new OperandKinds(new Chain(compiled, tensor), new StepLimit(compiled, tensor)).count();
  }

  /** Whether steps of one kind are alike. */
  static boolean covers(Compiled c, Compiled.Tensor t) {
    boolean perfect = !t.result;
    for (boolean p : c.perfect) {
      perfect &= p;
    }
    return perfect;
  }

  private static boolean[] padded(Compiled c, Compiled.Tensor t) {
    boolean[] padded = new boolean[c.variables];
    for (Compiled.Rank rank : t.ranks) {
      for (int v : rank.variable) {
        padded[v] |= rank.padded;
      }
    }
    return padded;
  }

  private Book count() {
    for (int level = 0; level < chain.levels; level++) {
      new Level(level).run();
    }
    computes();
    return book;
  }

  private boolean advances(int loop) {
    return compiled.temporal(loop) && compiled.loopCount[loop] > 1;
  }

  /** Words of all tiles that are looked at. */
  private double work() {
    double work = 0;
    for (int level = 0; level <= chain.levels; level++) {
      double tiles = 1;
      double sum = 1;
      double outside = 1;
      for (int l = 0; l < chain.depth(level); l++) {
        double count = (double) compiled.loopCount[l];
        boolean each = padded[compiled.loopVariable[l]];
        if (!compiled.temporal(l)) {
          tiles *= count;
        } else if (advances(l)) {
          sum += 2 * outside * (each ? count - 1 : 1);
          outside *= each ? count : 1;
        }
      }
      long[] length = lengths(chain.depth(level));
      for (int v = 0; v < length.length; v++) {
        tiles *= chain.tensor.usesVariable(v) ? (double) length[v] : 1;
      }
      work += tiles * (level == chain.levels ? outside : level == 0 ? 1 : sum);
    }
    return work;
  }

  /** By variable, how many values a tile below so many loops has. */
  private long[] lengths(int depth) {
    long[] length = compiled.extent.clone();
    for (int l = 0; l < depth; l++) {
      length[compiled.loopVariable[l]] = compiled.loopTile[l];
    }
    return length;
  }

  /** What is done with the tile of each instance. */
  @FunctionalInterface
  private interface Visitor {
    void tile(long instance, int size);
  }

  /** Goes through the instances of a node below so many loops, the lowest first. */
  private final class Instances {
    private final int depth;
    private final long[] start = new long[compiled.variables];
    private final long[] length;

    Instances(int depth) {
      this.depth = depth;
      length = lengths(depth);
    }

    /**
     * @param index of the temporal loops
     */
    void visit(long[] index, Visitor visitor) {
      visit(0, 0, index, visitor);
    }

    private void visit(int loop, long instance, long[] index, Visitor visitor) {
      if (loop == depth) {
        visitor.tile(instance, words.tile(start, length));
        return;
      }
      int v = compiled.loopVariable[loop];
      long first = start[v];
      if (compiled.temporal(loop)) {
        start[v] = first + index[loop] * compiled.loopTile[loop];
        visit(loop + 1, instance, index, visitor);
      } else {
        for (long i = 0; i < compiled.loopCount[loop]; i++) {
          start[v] = first + i * compiled.loopTile[loop];
          visit(loop + 1, instance * compiled.loopCount[loop] + i, index, visitor);
        }
      }
      start[v] = first;
    }
  }

  private final class Level {
    private final int level;
    private final int depth;
    private final Instances instances;
    private final OperandStep step;

    Level(int level) {
      this.level = level;
      depth = chain.depth(level);
      instances = new Instances(depth);
      step = new OperandStep(chain, level, book, requests, words.count);
    }

    void run() {
      long[] index = new long[depth];
      count(index, Map.of(), 1);
      for (int loop = 0; loop < depth && level > 0; loop++) {
        if (advances(loop)) {
          kind(0, loop, index, 1);
        }
      }
    }

    /** Chooses indices of the loops from {@code at} on up to the one that advances. */
    private void kind(int at, int advancing, long[] index, long times) {
      long count = compiled.loopCount[at];
      if (!compiled.temporal(at) && at < advancing) {
        kind(at + 1, advancing, index, times);
        return;
      }
      long first = at == advancing ? 1 : 0;
      boolean each = padded[compiled.loopVariable[at]];
      long stands = each ? 1 : count - first;
      for (long i = first; i < (each ? count : first + 1); i++) {
        index[at] = i;
        if (at == advancing) {
          advance(advancing, index, Limits.multiply(times, stands));
        } else {
          kind(at + 1, advancing, index, Limits.multiply(times, stands));
        }
      }
      index[at] = 0;
    }

    private void advance(int advancing, long[] index, long times) {
      long[] old = index.clone();
      old[advancing]--;
      for (int l = advancing + 1; l < depth; l++) {
        old[l] = compiled.temporal(l) ? compiled.loopCount[l] - 1 : 0;
      }
      Map<Long, int[]> held = new LinkedHashMap<>();
      instances.visit(old, (i, size) -> held.put(i, Arrays.copyOf(words.tile, size)));
      count(index, held, times);
    }

    private void count(long[] index, Map<Long, int[]> held, long times) {
      instances.visit(
          index,
          (i, size) -> {
            book.holds(level, size);
            step.enter(i, Arrays.copyOf(words.tile, size));
          });
      if (level > 0) {
        step.count(held, times);
      }
      step.clear();
    }
  }

  /** Computes remember nothing: all their steps are of one kind. */
  private void computes() {
    int depth = chain.depth(chain.levels);
    computes(0, new Instances(depth), new long[depth], 1);
  }

  private void computes(int loop, Instances instances, long[] index, long times) {
    if (loop == index.length) {
      List<Requests.Request> rising = new ArrayList<>();
      instances.visit(
          index,
          (i, size) -> {
            if (size > 0) {
              rising.add(new Requests.Request(i, new int[] {words.tile[0]}));
            }
          });
      requests.rise(chain.levels, rising, times);
      return;
    }
    boolean each = compiled.temporal(loop) && padded[compiled.loopVariable[loop]];
    long stands = compiled.temporal(loop) && !each ? compiled.loopCount[loop] : 1;
    for (long i = 0; i < (each ? compiled.loopCount[loop] : 1); i++) {
      index[loop] = i;
      computes(loop + 1, instances, index, Limits.multiply(times, stands));
    }
    index[loop] = 0;
  }
}
