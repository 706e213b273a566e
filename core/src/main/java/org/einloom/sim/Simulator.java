package org.einloom.sim;

import org.einloom.arch.Architecture;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * Runs a mapping as {@code docs/model.md} defines it: on sets of words for the operands and on
 * values for the result. Made for small cases; a whole run costs a few milliseconds per thousand
 * points.
 */
public final class Simulator {
  private Simulator() {}

  /**
   * Runs the mapping, and checks on the way that every word is where the run needs it and in the
   * end that the result is right.
   *
   * @throws InvalidSpecException if the mapping is illegal or the case too large to be run
   * @throws IllegalStateException if the run goes wrong: words missing, or a result other than that
   *     of plain nested loops. It is this simulator's fault, or the contract's, never the caller's
   */
  public static SimResult run(Einsum einsum, Architecture architecture, LoopTree mapping) {
    Legality.check(einsum, architecture, mapping);
    WorkLimit.check(einsum, mapping);
    return new Run(einsum, architecture, mapping).run();
  }
}
