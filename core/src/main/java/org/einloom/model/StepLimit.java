package org.einloom.model;

import org.einloom.workload.InvalidSpecException;

/**
 * How much there is to walk through for a tensor, known before it begins, and how much is too much.
 * Work is in words of tiles and points looked at, of the order of 100 ns each.
 */
final class StepLimit {
  /** A few seconds, and a few hundred megabytes. */
  static final long MAX_WORK = 1L << 25;

  private final Compiled compiled;
  private final Compiled.Tensor tensor;

  StepLimit(Compiled compiled, Compiled.Tensor tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
  }

  /**
   * @throws InvalidSpecException when the work is too much
   */
  void check(double work) {
    if (work > MAX_WORK) {
      throw tooMuch(
          String.format(
              java.util.Locale.ROOT,
              "needs about %.2g looks at words; at most %.2g are made",
              work,
              (double) MAX_WORK));
    }
  }

  private InvalidSpecException tooMuch(String what) {
    Obstacle obstacle = ClosedForm.obstacle(compiled, tensor);
    return new InvalidSpecException(
        "tensor '"
            + tensor.access.name()
            + "' of Einsum '"
            + compiled.einsum.name()
            + "' cannot be counted under this mapping: "
            + (obstacle == null
                ? ""
                : "there is no closed form, because " + obstacle.why() + ", and ")
            + "counting it step by step "
            + what
            + "; "
            + (obstacle == null ? "use smaller extents" : obstacle.remedy()));
  }

  /** Combinations of values of the variables that the tensor uses. */
  double ownVectors() {
    return combinations(true);
  }

  /** Combinations of values of the others. */
  double reductions() {
    return combinations(false);
  }

  private double combinations(boolean own) {
    double n = 1;
    for (int v = 0; v < compiled.variables; v++) {
      n *= tensor.usesVariable(v) == own ? (double) compiled.extent[v] : 1;
    }
    return n;
  }

  /** Words in all tiles of all levels of an operand, as {@link StepWalk} sees them. */
  double operandWork(Chain chain) {
    double work = 0;
    for (int level = 0; level <= chain.levels; level++) {
      double tiles = 1;
      for (int v : tensor.irrelevant) {
        double seen = 1;
        for (int l : compiled.loopsOf[v]) {
          if (l < chain.depth(level)) {
            seen *= (double) StepWalk.different(compiled, false, false, l, compiled.loopCount[l]);
          }
        }
        tiles *= Math.min(seen, (double) compiled.extent[v]);
      }
      work += tiles * ownVectors();
    }
    return work;
  }

  /**
   * The clock of a tensor's steps.
   *
   * @throws InvalidSpecException when steps times instances exceed 2^63-1
   */
  StepClock clock() {
    double numbers = 1;
    for (long count : compiled.loopCount) {
      numbers *= (double) count;
    }
    if (numbers > 0x1p61) {
      throw tooMuch(
          "would number more than 2^61 steps in its " + compiled.loopCount.length + " loops");
    }
    return new StepClock(compiled);
  }
}
