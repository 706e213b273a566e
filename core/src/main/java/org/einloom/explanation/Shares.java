package org.einloom.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.einloom.mapping.Nest;

/** Hands out the values of one rank variable to the instances that its spatial loops select. */
final class Shares {
  private final List<Nest.Bound> loops;
  private final Predicate<Nest.Bound> selects;
  private final int last;
  private final SequencedMap<Long, Values> byIndex = new TreeMap<>();

  /**
   * @param loops over the variable, outermost first
   * @param selects whether the indices of a loop tell instances apart
   */
  Shares(List<Nest.Bound> loops, Predicate<Nest.Bound> selects) {
    this.loops = loops;
    this.selects = selects;
    int n = 0;
    for (int i = 0; i < loops.size(); i++) {
      n = selects.test(loops.get(i)) ? i + 1 : n;
    }
    this.last = n; // below, every instance walks through all that it was given
  }

  /**
   * Hands out the values from start on.
   *
   * @param loop the next one
   * @param index the instance so far, in mixed radix
   */
  void walk(int loop, long index, int start, int length) {
    if (loop == last) {
      byIndex.computeIfAbsent(index, i -> new Values()).add(start, length);
      return;
    }
    Nest.Bound b = loops.get(loop);
    int tile = (int) Math.min(b.loop().tile(), length);
    boolean own = selects.test(b);
    for (int i = 0; (long) i * tile < length; i++) {
      long next = own ? Math.addExact(Math.multiplyExact(index, b.count()), i) : index;
      walk(loop + 1, next, start + i * tile, Math.min(tile, length - i * tile));
    }
  }

  List<Values> list() {
    return new ArrayList<>(byIndex.values());
  }
}
