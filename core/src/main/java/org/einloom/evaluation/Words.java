package org.einloom.evaluation;

import org.einloom.workload.Checked;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * An amount of one tensor's words, told apart by width.
 *
 * @param complete words that no later reduction changes; every word of an operand is complete
 * @param partial words of a result that a later reduction still changes
 */
public record Words(long complete, long partial) {
  private static final String TRAFFIC = "the traffic of one component";

  /** The sum, width by width. */
  public Words plus(Words o) {
    return new Words(
        Checked.add(complete, o.complete, TRAFFIC), Checked.add(partial, o.partial, TRAFFIC));
  }

  /** The number of words, whatever their width. */
  public long count() {
    return Checked.add(complete, partial, TRAFFIC);
  }

  /** Their size in bits; may exceed the range of a long, hence a double. */
  public double bits(TensorAccess tensor, Widths widths) {
    return (double) complete * widths.of(tensor) + (double) partial * widths.partialOf(tensor);
  }
}
