package org.einloom.sim;

import java.util.List;
import org.einloom.counts.Counts;

/**
 * What a simulated run did and what it computed.
 *
 * @param counts what every component did
 * @param result the values of the result's words in its outermost storage after the run, in
 *     row-major order of the coordinates; 0 for a word that no point touches. {@link Simulator} has
 *     compared them with those of plain nested loops
 */
public record SimResult(Counts counts, List<Long> result) {
  public SimResult {
    result = List.copyOf(result);
  }
}
