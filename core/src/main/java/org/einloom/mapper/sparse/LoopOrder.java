package org.einloom.mapper.sparse;

import java.util.List;

/**
 * An order that is asked of the loops at a memory: those over its variables that are there stand
 * outside all others, or inside all others, each once.
 *
 * @param node the memory
 * @param variables outermost first
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record LoopOrder(int node, int[] variables, boolean innermost) {
  /** Which of the variables one is; -1 for none. */
  private int index(int variable) {
    for (int i = 0; i < variables.length; i++) {
      if (variables[i] == variable) {
        return i;
      }
    }
    return -1;
  }

  /** Whether loops over these variables, outermost first, are in order. */
  boolean holds(List<Integer> loops) {
    List<Integer> wanted =
        java.util.Arrays.stream(variables).boxed().filter(loops::contains).toList();
    int from = innermost ? loops.size() - wanted.size() : 0;
    return loops.subList(from, from + wanted.size()).equals(wanted);
  }

  /** Whether loops may be in order that begin so, outermost first. */
  boolean mayBegin(List<Integer> loops) {
    if (innermost) {
      return true; // what follows may be all that counts
    }
    int last = -1;
    int at = 0;
    while (at < loops.size() && index(loops.get(at)) > last) {
      last = index(loops.get(at++));
    }
    for (int i = at; i < loops.size(); i++) {
      int v = loops.get(i);
      // once another has come, those that are asked for have to have been there, each in its place
      if (index(v) >= 0 && !loops.subList(0, at).contains(v)) {
        return false;
      }
    }
    return true;
  }

  /**
   * What matters of a sequence of loops for whether it is in order with others outside and inside.
   *
   * @param seen which of the variables are in it, as bits
   * @param run those that stand in order at the end that counts
   * @param more whether others are beyond these
   */
  record Summary(long seen, long run, boolean more) {}

  /**
   * @param loops outermost first
   */
  Summary summary(List<Integer> loops) {
    long seen = 0;
    long run = 0;
    boolean more = false;
    int last = innermost ? variables.length : -1;
    for (int n = 0; n < loops.size(); n++) {
      int i = index(loops.get(innermost ? loops.size() - 1 - n : n));
      boolean joins = !more && i >= 0 && (innermost ? i < last : i > last);
      more |= !joins;
      run |= joins ? 1L << i : 0;
      last = joins ? i : last;
      seen |= i >= 0 ? 1L << i : 0;
    }
    return new Summary(seen, run, more);
  }
}
