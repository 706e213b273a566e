package org.einloom.workload;

import java.util.Locale;

/** What a tensor is to its Einsum; decides default widths and what keep rules apply to. */
public enum Role {
  /** An operand that is not a weight. */
  INPUT,
  /** A constant operand or, of two activations, the second. */
  WEIGHT,
  /** The result. */
  OUTPUT;

  /** The name used in files and reports: {@code input}, {@code weight}, {@code output}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
