package org.einloom.component;

import java.util.List;

/** Bits as people read them, exact: in the largest unit of bytes in which they are whole. */
final class Bytes {
  private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
  private static final List<String> DECIMAL = List.of("B", "KB", "MB", "GB", "TB", "PB");

  private Bytes() {}

  /** {@code 884736} is {@code 108 KiB}; what is no whole byte stays in bits. */
  static String binary(double bits) {
    if (bits % 8 != 0 || bits == 0) {
      return Value.of(bits) + " b";
    }
    double number = bits / 8;
    int unit = 0;
    while (unit < BINARY.size() - 1 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return Value.of(number) + " " + BINARY.get(unit);
  }

  /** {@code 204.8e9} is {@code 25.6 GB}. */
  static String decimal(double bits) {
    if (!(bits >= 8)) {
      return Value.of(bits) + " b";
    }
    double number = bits / 8;
    int unit = 0;
    while (unit < DECIMAL.size() - 1 && number >= 1000) {
      number /= 1000;
      unit++;
    }
    return Value.of(number) + " " + DECIMAL.get(unit);
  }
}
