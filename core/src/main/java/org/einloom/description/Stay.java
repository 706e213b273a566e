package org.einloom.description;

import java.util.List;
import org.einloom.workload.Role;

/**
 * How long the words of a tensor stay in a memory that keeps it.
 *
 * @param memory its name
 * @param tensor its name
 * @param role of the tensor
 * @param uses for how many steps of the loops each word serves what is below, from when it comes
 *     until it is replaced
 * @param variables whose steps these are, the outermost first; empty where there is one step
 */
public record Stay(String memory, String tensor, Role role, long uses, List<String> variables) {
  public Stay {
    variables = List.copyOf(variables);
  }
}
