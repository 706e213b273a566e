package org.einloom.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as people read them: four digits at most and a prefix. */
final class Si {
  private static final String PREFIXES = "afpnum kMGTPE";
  private static final int NO_PREFIX = PREFIXES.indexOf(' ');

  private Si() {}

  /** {@code 1.81 GHz}, {@code 12.3 mJ}, {@code 0 s}; three digits. */
  static String of(double value, String unit) {
    return of(value, unit, 3);
  }

  /** {@code 118.0 M}; four digits, and all of them below 10,000. */
  static String count(long n) {
    return Math.abs(n) < 10_000 ? Long.toString(n) : of((double) n, "", 4);
  }

  /** With so many significant digits, in plain ASCII: micro is {@code u}. */
  static String of(double value, String unit, int digits) {
    if (value == 0) {
      return join("0", "", unit);
    }
    int prefix = NO_PREFIX;
    double scaled = rounded(value, digits);
    while (Math.abs(scaled) >= 1000 && prefix < PREFIXES.length() - 1) {
      scaled /= 1000;
      prefix++;
    }
    while (Math.abs(scaled) < 1 && prefix > 0) {
      scaled *= 1000;
      prefix--;
    }
    String name = PREFIXES.substring(prefix, prefix + 1).strip();
    int whole = Math.abs(scaled) >= 100 ? 3 : Math.abs(scaled) >= 10 ? 2 : 1;
    if (Math.abs(scaled) < 1 || Math.abs(scaled) >= 1000) {
      return join(String.format(Locale.ROOT, "%." + (digits - 1) + "e", scaled), name, unit);
    }
    return join(
        String.format(Locale.ROOT, "%." + Math.max(0, digits - whole) + "f", scaled), name, unit);
  }

  /** {@code 12.3 mm2}; below a hundredth of a square millimetre {@code 950 um2}. */
  static String area(double um2) {
    return um2 < 1e4 ? figure(um2, 3) + " um2" : figure(um2 / 1e6, 3) + " mm2";
  }

  /** {@code 45%}; what is there but rounds to nothing is {@code <1%}. */
  static String percent(double share) {
    long rounded = Math.round(share * 100);
    return rounded == 0 && share > 0 ? "<1%" : rounded + "%";
  }

  /**
   * {@code 0.02263}, {@code 1.5}, {@code 3.2e-07}: what somebody gave has so many digits at most,
   * zeros at the end left out.
   */
  static String significant(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    double rounded = rounded(value, digits);
    if (Math.abs(rounded) < 1e-4 || Math.abs(rounded) >= 1e9) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }
    return BigDecimal.valueOf(rounded).stripTrailingZeros().toPlainString();
  }

  /**
   * {@code 1.20}, {@code 0.00786}, {@code 4000}: what was computed has so many digits, zeros at the
   * end included, as {@link #of} has.
   */
  static String figure(double value, int digits) {
    double rounded = rounded(value, digits);
    if (value == 0 || Math.abs(rounded) >= Math.pow(10, digits)) {
      return Long.toString(Math.round(value));
    }
    return String.format(Locale.ROOT, "%." + digits + "g", value);
  }

  private static double rounded(double value, int digits) {
    return Double.parseDouble(String.format(Locale.ROOT, "%." + (digits - 1) + "e", value));
  }

  private static String join(String number, String prefix, String unit) {
    String suffix = prefix + unit;
    return suffix.isEmpty() ? number : number + " " + suffix;
  }
}
