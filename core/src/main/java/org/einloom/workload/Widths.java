package org.einloom.workload;

/**
 * Bits per word by role.
 *
 * @param input operands that are not weights
 * @param weight constant operands, or the second of two activations
 * @param output words of the result that no later reduction changes
 * @param partial words of the result that a later reduction still changes
 */
public record Widths(int input, int weight, int output, int partial) {
  public Widths {
    check("input", input);
    check("weight", weight);
    check("output", output);
    check("partial", partial);
  }

  private static void check(String role, int bits) {
    if (bits < 1 || bits > 1024) {
      throw new InvalidSpecException(
          "words of role '" + role + "' have " + bits + " bits; expected 1 to 1024");
    }
  }

  /** The width of a complete word of this tensor: its own, else its role's. */
  public int of(TensorAccess tensor) {
    return tensor
        .bits()
        .orElse(
            switch (tensor.role()) {
              case INPUT -> input;
              case WEIGHT -> weight;
              case OUTPUT -> output;
            });
  }

  /**
   * The width of an incomplete word of this tensor: for a result its own partial width, else the
   * architecture's, but never narrower than its own complete words; for an operand its only width.
   */
  public int partialOf(TensorAccess tensor) {
    return tensor.role() == Role.OUTPUT
        ? Math.max(tensor.partialBits().orElse(partial), tensor.bits().orElse(0))
        : of(tensor);
  }
}
