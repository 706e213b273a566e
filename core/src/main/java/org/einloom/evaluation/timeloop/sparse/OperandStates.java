package org.einloom.evaluation.timeloop.sparse;

import java.util.OptionalDouble;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Computes;
import org.einloom.workload.InvalidSpecException;

/**
 * What becomes of computes with two operands. Each word of an operand is there and not zero, there
 * and zero, or not there, as it is with formats. Where reads of the one depend on the other, the
 * computes that are left know more of that one. Probabilities are rounded to six digits.
 */
final class OperandStates {
  private static final double DIGITS = 1e6;
  private static final double SLACK = 1e-5;

  /**
   * One operand.
   *
   * @param name for messages
   * @param density of single words
   * @param hasFormat whether zeros are not there
   * @param leftOut the share of its reads that the innermost level leaves out
   */
  record Operand(String name, double density, boolean hasFormat, OptionalDouble leftOut) {}

  /** The three states. */
  private record States(double there, double zero, double missing) {
    static States of(Operand o, double there) {
      return o.hasFormat() ? new States(there, 0, 1 - there) : new States(there, 1 - there, 0);
    }
  }

  private OperandStates() {}

  static double rounded(double p) {
    return Math.round(p * DIGITS) / DIGITS;
  }

  /**
   * Sorts computes.
   *
   * @param total of dense operands
   * @param left those that no storage leaves out
   */
  static Computes computes(
      Operand a, Operand b, SparseSpec.Compute compute, long total, long left) {
    States sa = states(a, b.leftOut());
    States sb = states(b, a.leftOut());
    double zero =
        left * (sa.there() * sb.zero() + sa.zero() * sb.there()) + left * (sa.zero() * sb.zero());
    double unaligned =
        left * (sa.there() * sb.missing() + sa.missing() * sb.there())
            + left * (sa.zero() * sb.missing() + sa.missing() * sb.zero());
    double neither = left * (sa.missing() * sb.missing());
    double gated = 0;
    double skipped = 0;
    if (compute.gates()) {
      gated += zero;
    }
    if (compute.skips()) {
      skipped += unaligned;
    } else if (compute.gates()) {
      gated += unaligned;
    }
    long g = (long) Math.floor(gated);
    long s = (long) Math.floor(skipped);
    return new Computes(total, left - s - g - (long) Math.floor(neither), g, s);
  }

  private static States states(Operand o, OptionalDouble leftOutByIt) {
    if (leftOutByIt.isEmpty()) {
      return States.of(o, o.density());
    }
    double there = o.density() / (1 - rounded(leftOutByIt.getAsDouble()));
    if (!(there <= 1 + SLACK)) {
      throw new InvalidSpecException(
          "more computes are left out for zeros of '%s' than it has: by Timeloop's rules %s of what is left would not be zero, which it refuses, too"
              .formatted(o.name(), there));
    }
    States states = States.of(o, there);
    return new States(
        Math.min(1, states.there()), Math.max(0, states.zero()), Math.max(0, states.missing()));
  }
}
