package org.einloom.mapper.conflict;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Smallest sets that have a member in common with each of several sets. */
final class HittingSet {
  private HittingSet() {}

  /** One of them, by depth-first search with growing depth; low numbers are tried first. */
  static BitSet smallest(List<BitSet> sets) {
    List<BitSet> smallFirst =
        sets.stream().sorted(Comparator.comparingInt(BitSet::cardinality)).toList();
    for (int size = 0; ; size++) {
      BitSet hitting = new BitSet();
      if (hit(smallFirst, hitting, size)) {
        return hitting;
      }
    }
  }

  private static boolean hit(List<BitSet> sets, BitSet hitting, int left) {
    Optional<BitSet> missed = sets.stream().filter(s -> !s.intersects(hitting)).findFirst();
    if (missed.isEmpty()) {
      return true;
    }
    if (left == 0) {
      return false;
    }
    BitSet open = missed.get();
    for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
      hitting.set(i);
      if (hit(sets, hitting, left - 1)) {
        return true;
      }
      hitting.clear(i);
    }
    return false;
  }
}
