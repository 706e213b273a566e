package org.einloom.workload;

/**
 * A rank variable of an Einsum: one loop index of its iteration space.
 *
 * @param name the variable's name, unique in its Einsum
 * @param extent the number of values it takes, {@code 0 .. extent-1}; at least 1
 */
public record RankVariable(String name, long extent) {
  public RankVariable {
    if (extent < 1) {
      throw new InvalidSpecException(
          "rank variable '" + name + "' has extent " + extent + "; an extent is at least 1");
    }
  }
}
