package org.einloom.component.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The functions that expressions can use. */
public enum Function {
  MIN(2),
  MAX(2),
  CEIL(1),
  FLOOR(1),
  ROUND(1),
  SQRT(1),
  LOG2(1);

  private final int arguments;

  Function(int arguments) {
    this.arguments = arguments;
  }

  /** How many numbers it takes. */
  int arguments() {
    return arguments;
  }

  /** As it is written. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All as they are written. */
  static List<String> labels() {
    return Arrays.stream(values()).map(Function::label).toList();
  }

  /** The value; {@code b} is {@code a} again for functions of one number. */
  double apply(double a, double b) {
    return switch (this) {
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case CEIL -> Math.ceil(a);
      case FLOOR -> Math.floor(a);
      case ROUND -> Math.rint(a);
      case SQRT -> Math.sqrt(a);
      case LOG2 -> log2(a);
    };
  }

  /** Exact at powers of two, which is where widths of addresses are taken from. */
  private static double log2(double a) {
    int exponent = Math.getExponent(a);
    return a > 0 && a == Math.scalb(1.0, exponent) ? exponent : Math.log(a) / Math.log(2);
  }
}
