package org.einloom.evaluation.timeloop.sparse;

import org.einloom.workload.InvalidSpecException;

/** How the words of a tensor that are not zero are distributed, as Timeloop's files say it. */
public sealed interface Density {
  /** Every word: a tensor that the files give no density. */
  static Density dense() {
    return new FixedStructured(1);
  }

  /**
   * Anywhere, each place as likely as any other.
   *
   * @param density the share of words that are not zero; their number is rounded up
   */
  record Hypergeometric(double density) implements Density {
    public Hypergeometric {
      check(density);
    }
  }

  /**
   * Evenly: every tile has its share of them, one more or less where that is no whole number.
   *
   * @param density the share
   */
  record FixedStructured(double density) implements Density {
    public FixedStructured {
      check(density);
    }
  }

  /**
   * Along the diagonal of a square matrix.
   *
   * @param halfWidth diagonals on either side of it; 0 for the diagonal alone
   */
  record Banded(long halfWidth) implements Density {
    public Banded {
      if (halfWidth < 0) {
        throw new InvalidSpecException(
            "a band is %d wide on either side; expected at least 0".formatted(halfWidth));
      }
    }
  }

  /** As Timeloop calls it. */
  default String label() {
    return switch (this) {
      case Hypergeometric h -> "hypergeometric";
      case FixedStructured f -> "fixed_structured";
      case Banded b -> "banded-" + b.halfWidth();
    };
  }

  private static void check(double density) {
    if (!(density >= 0 && density <= 1)) {
      throw new InvalidSpecException(
          "a density is %s; expected a share from 0 to 1".formatted(density));
    }
  }
}
