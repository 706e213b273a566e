package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.TensorAccess;

/**
 * What must not be empty for something to happen: regions of leaders, each given by the loops that
 * are fixed. Regions that contain another of the same leader are implied and left out.
 */
final class Conditions {
  private final LoopSet loops;
  private final Map<TensorAccess, List<BitSet>> regions = new LinkedHashMap<>();

  Conditions(LoopSet loops) {
    this.loops = loops;
  }

  Conditions copy() {
    var copy = new Conditions(loops);
    regions.forEach((leader, fixed) -> fixed.forEach(f -> copy.require(leader, f)));
    return copy;
  }

  Conditions with(Conditions o) {
    Conditions both = copy();
    o.regions.forEach((leader, fixed) -> fixed.forEach(f -> both.require(leader, f)));
    return both;
  }

  void require(TensorAccess leader, BitSet fixed) {
    var own = (BitSet) fixed.clone();
    own.and(loops.relevant(leader));
    List<BitSet> known = regions.computeIfAbsent(leader, _ -> new ArrayList<>());
    if (known.stream().noneMatch(k -> contains(k, own))) {
      known.removeIf(k -> contains(own, k));
      known.add(own);
    }
  }

  private static boolean contains(BitSet all, BitSet some) {
    var rest = (BitSet) some.clone();
    rest.andNot(all);
    return rest.isEmpty();
  }

  /** The loops that any region of a leader is given by. */
  BitSet fixed(TensorAccess leader) {
    var all = new BitSet();
    regions.getOrDefault(leader, List.of()).forEach(all::or);
    return all;
  }

  Map<TensorAccess, List<BitSet>> regions() {
    return regions;
  }
}
