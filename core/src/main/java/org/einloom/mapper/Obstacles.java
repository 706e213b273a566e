package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Capacity;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** Why no mapping can exist, in the user's terms. */
public final class Obstacles {
  private Obstacles() {}

  /** What rules out even the smallest tiles; empty if nothing does. */
  public static Optional<String> of(Einsum einsum, Architecture architecture) {
    return of(new Space(einsum, architecture));
  }

  static Optional<String> of(Space space) {
    Memory outermost = space.memories.getFirst();
    for (TensorAccess tensor : space.tensors) {
      if (!outermost.keep().allows(tensor)) {
        return Optional.of(
            "memory '%s' may not keep tensor '%s' (%s) of '%s', but the outermost memory has to hold"
                    .formatted(
                        outermost.name(), tensor.name(), tensor.role().label(), space.einsum.name())
                + " every tensor; add it to its keep or may_keep");
      }
    }
    Candidate smallest = Candidate.smallestTiles(space);
    for (int s = 0; s < space.slots.size(); s++) {
      if (space.temporal(s)) {
        Memory memory = space.memories.get(smallest.memoryOf[s]);
        double bits = smallest.bits(s);
        if (memory.capacityBits().isPresent()
            && bits > (double) memory.capacityBits().getAsLong()) {
          return Optional.of(tooSmall(smallest, s, memory, (long) bits));
        }
      }
    }
    return Optional.empty();
  }

  private static String tooSmall(Candidate smallest, int slot, Memory memory, long bits) {
    Space space = smallest.space;
    List<String> parts = new ArrayList<>();
    for (int t = 0; t < space.tensors.size(); t++) {
      if (smallest.keep[smallest.memoryOf[slot]][t]) {
        double words = space.words(t, smallest.tileAbove(slot)) * smallest.width(t);
        parts.add(space.tensors.get(t).name() + " " + Capacity.bitsAsText((long) words));
      }
    }
    return "%s holds %s; the smallest legal tiles of '%s' there need %s (%s): raise its size to %s%s"
        .formatted(
            memory.name(),
            Capacity.bitsAsText(memory.capacityBits().orElseThrow()),
            space.einsum.name(),
            Capacity.bitsAsText(bits),
            String.join(", ", parts),
            Capacity.bitsAsText(bits),
            slot == 0 ? "" : " or let a tensor bypass it (move it from keep to may_keep)");
  }
}
