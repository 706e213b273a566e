package org.einloom.constraint;

import java.util.List;
import java.util.Set;

/**
 * One thing a user asks of every mapping. Tensors are named by name, role label or {@code all}, as
 * in {@link org.einloom.arch.Keep}; memories, fanouts, dimensions and rank variables by name. A
 * constraint that names a tensor or rank variable that an Einsum does not have asks nothing of it.
 */
public sealed interface Constraint {
  /** Where it was written and what it says, for messages. */
  String origin();

  /** The memory keeps the tensors. */
  record Kept(String origin, String memory, Set<String> tensors) implements Constraint {
    public Kept {
      tensors = Set.copyOf(tensors);
    }
  }

  /** The memory does not keep the tensors. */
  record Bypassed(String origin, String memory, Set<String> tensors) implements Constraint {
    public Bypassed {
      tensors = Set.copyOf(tensors);
    }
  }

  /**
   * The counts of all temporal loops over the variable at the memory multiply to {@code least} to
   * {@code most}. A temporal loop is <em>at</em> the memory whose storage node is the nearest above
   * it.
   */
  record TemporalFactor(String origin, String memory, String variable, long least, long most)
      implements Constraint {}

  /** The same of the spatial loops over the variable along one dimension of a fanout. */
  record SpatialFactor(
      String origin, String fanout, String dimension, String variable, long least, long most)
      implements Constraint {}

  /**
   * The temporal loops at the memory that iterate more than once begin, outermost first, with those
   * of these variables that do so there, each once and in this order.
   */
  record LoopOrder(String origin, String memory, List<String> variables) implements Constraint {
    public LoopOrder {
      variables = List.copyOf(variables);
    }
  }

  /** Along the dimension only these variables are spread. */
  record SpatialVariables(String origin, String fanout, String dimension, Set<String> variables)
      implements Constraint {
    public SpatialVariables {
      variables = Set.copyOf(variables);
    }
  }

  /**
   * The spatial loops of the fanout use at least this share of its children: the product of their
   * counts over the product of its dimensions' sizes.
   */
  record MinUtilization(String origin, String fanout, double share) implements Constraint {}

  /** The energy of one execution is at most this. */
  record MaxEnergy(String origin, double energyPj) implements Constraint {}

  /** The latency of one execution is at most this. */
  record MaxLatency(String origin, double latencyS) implements Constraint {}

  /** The area of the whole architecture is at most this. */
  record MaxArea(String origin, double areaUm2) implements Constraint {}
}
