package org.einloom.arch;

import java.util.Optional;
import java.util.Set;
import org.einloom.workload.TensorAccess;

/**
 * Links between children of a fanout that are next to each other along one of its dimensions: a
 * word of an operand that a child needs, and that one next to it holds, comes from there ({@code
 * docs/model.md}, section 7).
 *
 * @param tensors the operands that are passed on, by name, role or {@link Keep#ALL}
 * @param action what one word passing a link costs, if anything; the throughput is that of all
 *     links of one instance of the fanout
 */
public record Links(Set<String> tensors, Optional<Action> action) {
  /** The name of the action. */
  public static final String ACTION = "link";

  public Links {
    tensors = Set.copyOf(tensors);
  }

  /** Whether words of the operand are passed on. */
  public boolean pass(TensorAccess operand) {
    return Keep.names(tensors, operand);
  }
}
