package org.einloom.profile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * How values are written in bits: whole numbers in two's complement, times a scale that a tensor
 * has for itself, or floating-point numbers.
 *
 * @param name {@code int8}, {@code fp16}, {@code bf16}, {@code fp32}
 * @param bits of a word
 */
public record BitFormat(String name, int bits) {
  private static final Pattern INTEGER = Pattern.compile("int([1-9]\\d?)");
  private static final int WIDEST = 32;

  /**
   * The format of that name.
   *
   * @throws InvalidSpecException if there is none
   */
  public static BitFormat named(String name) {
    Matcher m = INTEGER.matcher(name);
    if (m.matches()) {
      int bits = Integer.parseInt(m.group(1));
      if (bits >= 2 && bits <= WIDEST) {
        return new BitFormat(name, bits);
      }
    }
    return switch (name) {
      case "fp16", "bf16" -> new BitFormat(name, 16);
      case "fp32" -> new BitFormat(name, 32);
      default ->
          throw new InvalidSpecException(
              "unknown format '%s'; expected int2 to int32, fp16, bf16 or fp32%s"
                  .formatted(
                      name,
                      Spelling.nearest(
                              name, java.util.List.of("int8", "int16", "fp16", "bf16", "fp32"))
                          .map(n -> "; did you mean '" + n + "'?")
                          .orElse("")));
    };
  }

  /** Whether it is one of whole numbers. */
  public boolean isInteger() {
    return name.startsWith("int");
  }

  /**
   * What one step is worth to values between these bounds: symmetric, the largest magnitude being
   * the largest number; 1 for whole numbers that fit as they are, and for floating-point formats.
   */
  double scale(double min, double max, boolean whole) {
    if (!isInteger() || (whole && fits(min, max))) {
      return 1;
    }
    double largest = Math.max(Math.abs(min), Math.abs(max));
    return largest == 0 ? 1 : largest / (Math.scalb(1.0, bits - 1) - 1);
  }

  /** With a sign where any is below 0, else without. */
  private boolean fits(double min, double max) {
    return min < 0
        ? min >= -Math.scalb(1.0, bits - 1) && max < Math.scalb(1.0, bits - 1)
        : max < Math.scalb(1.0, bits);
  }

  /** The word of a value, in the lowest bits. No number is 0 as a whole number. */
  long encode(double value, double scale) {
    if (isInteger()) {
      double largest = Math.scalb(1.0, bits - 1) - 1;
      double steps =
          Double.isInfinite(value) ? Math.copySign(largest, value) : Math.rint(value / scale);
      return (long) steps & mask();
    }
    return switch (name) {
      case "fp32" -> Float.floatToIntBits((float) value) & mask();
      case "fp16" -> Float.floatToFloat16((float) value) & mask();
      default -> {
        int bits32 = Float.floatToIntBits((float) value);
        // to nearest, halves to even; what is no number keeps its highest bits
        int rounded = Double.isNaN(value) ? bits32 : bits32 + 0x7FFF + ((bits32 >>> 16) & 1);
        yield (rounded >>> 16) & mask();
      }
    };
  }

  /** Whether a word stands for 0; floating-point formats have two. */
  boolean isZero(long word) {
    return isInteger() ? word == 0 : (word & (mask() >>> 1)) == 0;
  }

  private long mask() {
    return (1L << bits) - 1;
  }
}
