package org.einloom.component.sram;

import org.einloom.component.Range;

/**
 * How far off estimates are from CACTI 7: of points that were kept out of the fit, at every node
 * that CACTI was run at, nineteen of twenty lie within these factors of their estimates.
 *
 * @param read energy of a read
 * @param write energy of a write
 * @param area of the macro
 * @param access time
 * @param leakage of the macro
 */
public record SramErrors(Range read, Range write, Range area, Range access, Range leakage) {

  /** From the greatest relative errors of the estimates. */
  static SramErrors of(double read, double write, double area, double access, double leakage) {
    return new SramErrors(range(read), range(write), range(area), range(access), range(leakage));
  }

  private static Range range(double error) {
    return new Range(1 / (1 + error), 1 / (1 - error));
  }
}
