package org.einloom.component.digital;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.workload.InvalidSpecException;

/**
 * How a number is written in bits.
 *
 * @param name {@code int2} to {@code int64}, or a floating-point format
 * @param bits all of them
 * @param significandBits of a floating-point number, the hidden one included; 0 for integers
 */
public record NumberFormat(String name, int bits, int significandBits) {
  private static final int NARROWEST_INT = 2;
  private static final int WIDEST_INT = 64;

  private static final SequencedMap<String, NumberFormat> FORMATS = formats();

  /** The names of all formats. */
  public static final List<String> NAMES = List.copyOf(FORMATS.keySet());

  private static SequencedMap<String, NumberFormat> formats() {
    var formats = new LinkedHashMap<String, NumberFormat>();
    for (int bits = NARROWEST_INT; bits <= WIDEST_INT; bits++) {
      formats.put("int" + bits, new NumberFormat("int" + bits, bits, 0));
    }
    var floats = new ArrayList<NumberFormat>();
    floats.add(new NumberFormat("fp8_e5m2", 8, 3));
    floats.add(new NumberFormat("fp8_e4m3", 8, 4));
    floats.add(new NumberFormat("bf16", 16, 8));
    floats.add(new NumberFormat("fp16", 16, 11));
    floats.add(new NumberFormat("tf32", 19, 11));
    floats.add(new NumberFormat("fp32", 32, 24));
    floats.add(new NumberFormat("fp64", 64, 53));
    floats.forEach(f -> formats.put(f.name(), f));
    return formats;
  }

  /**
   * The format of that name.
   *
   * @throws InvalidSpecException if there is none
   */
  public static NumberFormat named(String name) {
    return Optional.ofNullable(FORMATS.get(name))
        .orElseThrow(
            () ->
                new InvalidSpecException(
                    "unknown number format '" + name + "'; expected int2 to int64 or a float"));
  }

  /** Integers of that width. */
  static NumberFormat ofInt(int bits) {
    return named("int" + Math.clamp(bits, NARROWEST_INT, WIDEST_INT));
  }

  /** Whether it has an exponent. */
  public boolean isFloat() {
    return significandBits > 0;
  }
}
