package org.einloom.io.timeloop.against;

import java.util.List;

/**
 * What came of a comparison.
 *
 * @param compared how many figures
 * @param differences those that differ, in the order printed
 */
public record Comparison(int compared, List<Difference> differences) {
  public Comparison {
    differences = List.copyOf(differences);
  }
}
