package org.einloom.io.yaml;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Quantities as files write them, so that reading them gives the same number. */
final class Written {
  private static final String[] DECIMAL = {"T", "G", "M", "k"};
  private static final String[] BINARY = {"EiB", "PiB", "TiB", "GiB", "MiB", "KiB"};
  private static final int DIGITS = 12;

  private Written() {}

  /** A number, exactly, without an exponent where that is short. */
  static String number(double value) {
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String plain = exact.toPlainString();
    return plain.length() <= 2 * DIGITS ? plain : Double.toString(value);
  }

  static String energy(double pJ) {
    return number(pJ) + " pJ";
  }

  static String area(double um2) {
    return number(um2) + " um2";
  }

  static String power(double uW) {
    return number(uW) + " uW";
  }

  /** In the largest unit of which it is a short number. */
  static String frequency(double hertz) {
    BigDecimal exact = new BigDecimal(Double.toString(hertz)).stripTrailingZeros();
    for (int i = 0; i < DECIMAL.length; i++) {
      BigDecimal scaled = exact.scaleByPowerOfTen(-3 * (DECIMAL.length - i));
      if (scaled.compareTo(BigDecimal.ONE) >= 0 && scaled.scale() <= 3) {
        return scaled.toPlainString() + " " + DECIMAL[i] + "Hz";
      }
    }
    return number(hertz) + " Hz";
  }

  /** In the largest unit of which it is a whole number. */
  static String size(long bits) {
    for (int i = 0; i < BINARY.length; i++) {
      long unit = 8L << (10 * (BINARY.length - i));
      if (bits % unit == 0) {
        return bits / unit + " " + BINARY[i];
      }
    }
    return bits % 8 == 0 && bits >= 1024 ? bits / 8 + " B" : bits + " b";
  }

  /** {@code [A, B]}. */
  static String names(Collection<String> names) {
    return names.stream().map(MappingWriter::scalar).collect(Collectors.joining(", ", "[", "]"));
  }

  /** {@code {a: 1, b: 2}}; the values as they are. */
  static String map(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> MappingWriter.scalar(e.getKey()) + ": " + e.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
