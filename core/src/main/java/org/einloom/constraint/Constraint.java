package org.einloom.constraint;

import java.util.List;
import java.util.Set;
import org.einloom.workload.InvalidSpecException;

/**
 * One thing a user asks of every mapping. Tensors are named by name, role label or {@code all}, as
 * in {@link org.einloom.arch.Keep}; memories, fanouts, dimensions and rank variables by name. A
 * constraint that names a tensor or rank variable that an Einsum does not have asks nothing of it.
 *
 * <p>A temporal loop is <em>at</em> the memory whose storage node is the nearest above it, whatever
 * loops stand between; of several storage nodes in a row that is the one written last. As the
 * outermost storage nodes come before any loop, every loop is at some memory. The <em>count</em> of
 * a loop is the number of its iterations over a full tile.
 */
public sealed interface Constraint {
  /** Where it was written and what it says, for messages. */
  String origin();

  /** Asked of the mapping itself: a question of its nodes, not of what they cost. */
  sealed interface Structural extends Constraint {}

  /** Asked of what the mapping costs. */
  sealed interface Limit extends Constraint {}

  /** The memory keeps the tensors. */
  record Kept(String origin, String memory, Set<String> tensors) implements Structural {
    public Kept {
      tensors = Set.copyOf(tensors);
    }
  }

  /** The memory does not keep the tensors. */
  record Bypassed(String origin, String memory, Set<String> tensors) implements Structural {
    public Bypassed {
      tensors = Set.copyOf(tensors);
    }
  }

  /**
   * The counts of all temporal loops over the variable at the memory multiply to {@code least} to
   * {@code most}; without such a loop the product is 1. The largest long sets no upper limit.
   */
  record TemporalFactor(String origin, String memory, String variable, long least, long most)
      implements Structural {
    public TemporalFactor {
      checkFactor(origin, least, most);
    }
  }

  /** The same of the spatial loops over the variable along one dimension of a fanout. */
  record SpatialFactor(
      String origin, String fanout, String dimension, String variable, long least, long most)
      implements Structural {
    public SpatialFactor {
      checkFactor(origin, least, most);
    }
  }

  /**
   * The temporal loops at the memory that iterate more than once begin, outermost first, with those
   * of these variables that do so there, each once and in this order; what follows them is free. Or
   * they end with them, and what comes before them is free.
   *
   * @param variables outermost first
   * @param innermost whether the loops end with them
   */
  record LoopOrder(String origin, String memory, List<String> variables, boolean innermost)
      implements Structural {
    public LoopOrder {
      variables = List.copyOf(variables);
      if (Set.copyOf(variables).size() < variables.size()) {
        throw wrong(origin, "names a variable twice; expected each once");
      }
    }

    /** Of the outermost loops. */
    public LoopOrder(String origin, String memory, List<String> variables) {
      this(origin, memory, variables, false);
    }
  }

  /** Only loops over these variables iterate more than once along the dimension. */
  record SpatialVariables(String origin, String fanout, String dimension, Set<String> variables)
      implements Structural {
    public SpatialVariables {
      variables = Set.copyOf(variables);
    }
  }

  /**
   * The spatial loops of the fanout use at least this share of its children: the product of their
   * counts over the product of its dimensions' sizes.
   */
  record MinUtilization(String origin, String fanout, double share) implements Structural {
    public MinUtilization {
      if (!(share > 0 && share <= 1)) {
        throw wrong(origin, "asks for a share of " + share + "; expected more than 0, at most 1");
      }
    }
  }

  /** The energy of one execution is at most this. */
  record MaxEnergy(String origin, double energyPj) implements Limit {
    public MaxEnergy {
      checkLimit(origin, energyPj);
    }
  }

  /** The latency of one execution is at most this. */
  record MaxLatency(String origin, double latencyS) implements Limit {
    public MaxLatency {
      checkLimit(origin, latencyS);
    }
  }

  /** The area of the whole architecture is at most this. */
  record MaxArea(String origin, double areaUm2) implements Limit {
    public MaxArea {
      checkLimit(origin, areaUm2);
    }
  }

  private static void checkFactor(String origin, long least, long most) {
    if (least < 1 || most < least) {
      throw wrong(
          origin,
          "asks for a factor of %d to %d; expected at least 1, and no less at the end"
              .formatted(least, most));
    }
  }

  private static void checkLimit(String origin, double limit) {
    if (!(limit >= 0)) {
      throw wrong(origin, "sets a limit of " + limit + "; expected at least 0");
    }
  }

  private static InvalidSpecException wrong(String origin, String what) {
    return new InvalidSpecException(origin + " " + what);
  }
}
