package org.einloom.sparsity;

import java.util.HashSet;
import java.util.List;
import org.einloom.workload.InvalidSpecException;

/**
 * A sparse optimisation: what a memory sends of one tensor towards the computes, and takes of it
 * from them, is left undone where a leader has nothing occupied to meet it.
 *
 * @param kind whether it is gated or skipped
 * @param memory where it happens
 * @param tensor the follower
 * @param leaders operands; one that is empty is enough
 * @param mutual whether leaders follow it in turn (an intersection): its own metadata is then read
 *     also where nothing comes of it
 */
public record Saving(
    Kind kind, String memory, String tensor, List<String> leaders, boolean mutual) {
  public Saving {
    leaders = List.copyOf(leaders);
    if (leaders.isEmpty() || new HashSet<>(leaders).size() < leaders.size()) {
      throw new InvalidSpecException(
          "'%s' at '%s' follows %s; expected at least one tensor, each once"
              .formatted(tensor, memory, leaders));
    }
    if (leaders.contains(tensor)) {
      throw new InvalidSpecException(
          "'%s' at '%s' follows itself; expected other tensors, or a format that leaves out zeros"
              .formatted(tensor, memory));
    }
  }

  /** As a file would say it, with its memory. */
  public String label() {
    return "%s: %s %s on %s%s"
        .formatted(
            memory, kind.label(), tensor, String.join(", ", leaders), mutual ? " (mutual)" : "");
  }
}
