package org.einloom.arch;

import java.util.Set;

/**
 * Does the operation: as a rule, multiplies one word of every operand and adds the product to the
 * result.
 *
 * @param name unique in the architecture
 * @param operations the names of what it can do at a point; empty for anything
 * @param compute one operation; its throughput is per instance
 * @param areaUm2 per instance
 * @param leakageUw per instance
 */
public record Compute(
    String name, Set<String> operations, Action compute, Figure areaUm2, Figure leakageUw)
    implements Node {
  public Compute {
    operations = Set.copyOf(operations);
  }

  /** A compute that can do anything. */
  public Compute(String name, Action compute, Figure areaUm2, Figure leakageUw) {
    this(name, Set.of(), compute, areaUm2, leakageUw);
  }

  /** Whether it can do the operation of that name. */
  public boolean offers(String operation) {
    return operations.isEmpty() || operations.contains(operation);
  }
}
