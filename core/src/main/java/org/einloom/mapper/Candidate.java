package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Memory;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.TensorAccess;

/**
 * One point of a {@link Space}: how often each variable is cut in each slot, in which order the
 * loops of a slot stand, and which memory keeps what. The outermost slot takes what the others
 * leave of an extent, rounded up, so that factors need not divide it. Arrays are never changed once
 * shared.
 */
final class Candidate {
  final Space space;

  /** {@code [slot][variable]}; those of slot 0 are not used. */
  final long[][] factor;

  /** {@code [slot][]}: all variables, outermost first. */
  final int[][] order;

  /** {@code [memory][tensor]}. */
  final boolean[][] keep;

  /** {@code [slot]}: the memory whose storage nodes begin a temporal slot. */
  final int[] memoryOf;

  private Candidate(Space space, long[][] factor, int[][] order, boolean[][] keep, int[] memoryOf) {
    this.space = space;
    this.factor = factor;
    this.order = order;
    this.keep = keep;
    this.memoryOf = memoryOf;
  }

  /**
   * All loops in the outermost slot; kept is what must be, and everything in the outermost memory.
   */
  static Candidate smallestTiles(Space space) {
    long[][] factor = new long[space.slots.size()][space.variables()];
    int[][] order = new int[space.slots.size()][space.variables()];
    for (int s = 0; s < factor.length; s++) {
      for (int v = 0; v < space.variables(); v++) {
        factor[s][v] = 1;
        order[s][v] = v;
      }
    }
    boolean[][] keep = new boolean[space.memories.size()][space.tensors.size()];
    for (int m = 0; m < keep.length; m++) {
      for (int t = 0; t < keep[m].length; t++) {
        keep[m][t] = m == 0 || space.memories.get(m).keep().requires(space.tensors.get(t));
      }
    }
    return new Candidate(space, factor, order, keep, space.memoryOf);
  }

  /** A copy that may be changed until it is shared. */
  Candidate copy() {
    return new Candidate(space, deep(factor), deep(order), deep(keep), memoryOf.clone());
  }

  /** Sizes of the tile that the loops of a slot and further in cover. */
  long[] tileAbove(int slot) {
    long[] tile = new long[space.variables()];
    for (int v = 0; v < tile.length; v++) {
      tile[v] = slot == 0 ? space.extent[v] : covered(slot, v);
    }
    return tile;
  }

  /** How often the outermost slot has to repeat what the others cover. */
  long rest(int v) {
    return Math.ceilDiv(space.extent[v], covered(1, v));
  }

  private long covered(int slot, int v) {
    long tile = 1;
    for (int s = factor.length - 1; s >= slot; s--) {
      // before the product can overflow
      tile =
          factor[s][v] >= Math.ceilDiv(space.extent[v], tile)
              ? space.extent[v]
              : tile * factor[s][v];
    }
    return tile;
  }

  /** Children used along the dimension of a spatial slot. */
  long used(int slot) {
    long used = 1;
    for (long f : factor[slot]) {
      used *= f;
    }
    return used;
  }

  /**
   * Whether the tiles fit all memories, as far as cheap arithmetic can say. Rejects only what is
   * too large for sure but for tiles with gaps; the evaluation decides on the others.
   */
  boolean fits() {
    for (int s = 0; s < factor.length; s++) {
      if (space.temporal(s)) {
        Memory memory = space.memories.get(memoryOf[s]);
        if (memory.capacityBits().isPresent()
            && bits(s) > (double) memory.capacityBits().getAsLong()) {
          return false;
        }
      } else if (used(s) > space.size(s)) {
        return false;
      }
    }
    return true;
  }

  /** Whether each tensor's storage nodes follow the order of the architecture. */
  boolean ordered() {
    for (int t = 0; t < space.tensors.size(); t++) {
      int last = -1;
      for (int s = 0; s < factor.length; s++) {
        if (space.temporal(s) && keep[memoryOf[s]][t]) {
          if (memoryOf[s] < last) {
            return false;
          }
          last = memoryOf[s];
        }
      }
    }
    return true;
  }

  /** What the memory of a temporal slot has to hold at least. */
  double bits(int slot) {
    double bits = 0;
    long[] tile = tileAbove(slot);
    for (int t = 0; t < space.tensors.size(); t++) {
      if (keep[memoryOf[slot]][t]) {
        bits += space.words(t, tile) * width(t);
      }
    }
    return bits;
  }

  /** Of the narrower kind of words, as whether there are others depends on the loops. */
  int width(int tensor) {
    TensorAccess access = space.tensors.get(tensor);
    var widths = space.architecture.widths();
    return Math.min(widths.of(access), widths.partialOf(access));
  }

  /** The mapping; loops that iterate once are left out. Legal by construction. */
  LoopTree mapping() {
    List<MappingNode> nodes = new ArrayList<>();
    long[] above = tileAbove(0);
    for (int s = 0; s < factor.length; s++) {
      if (space.temporal(s)) {
        Memory memory = space.memories.get(memoryOf[s]);
        for (int t = 0; t < space.tensors.size(); t++) {
          if (keep[memoryOf[s]][t]) {
            nodes.add(new MappingNode.Storage(memory.name(), space.tensors.get(t).name()));
          }
        }
      }
      for (int v : order[s]) {
        long below = covered(s + 1, v);
        if (below < above[v]) {
          nodes.add(loop(s, space.variable(v), below));
          above[v] = below;
        }
      }
    }
    return new LoopTree(nodes);
  }

  private MappingNode loop(int slot, String variable, long tile) {
    return switch (space.slots.get(slot)) {
      case Slot.Temporal t -> new MappingNode.Temporal(variable, tile);
      case Slot.Spatial s ->
          new MappingNode.Spatial(s.fanout().name(), s.dimension().name(), variable, tile);
    };
  }

  private static long[][] deep(long[][] rows) {
    long[][] copy = rows.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i].clone();
    }
    return copy;
  }

  private static int[][] deep(int[][] rows) {
    int[][] copy = rows.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i].clone();
    }
    return copy;
  }

  private static boolean[][] deep(boolean[][] rows) {
    boolean[][] copy = rows.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i].clone();
    }
    return copy;
  }
}
