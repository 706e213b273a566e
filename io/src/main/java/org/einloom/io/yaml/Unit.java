package org.einloom.io.yaml;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A kind of quantity: the units it is written in and the one it is held in. What exceeds its
 * largest sensible value is a slip, such as a unit a thousand times too large.
 */
enum Unit {
  /** Held in bits. */
  SIZE("a size", "108 KiB", "1 EB", bits("")),
  /** Held in Hz. */
  FREQUENCY(
      "a frequency", "200 MHz", "1000 THz", scaled("Hz", "", 0, "k", 3, "M", 6, "G", 9, "T", 12)),
  /** Held in pJ. */
  ENERGY(
      "an energy",
      "1.2 pJ",
      "1 J",
      scaled("J", "a", -6, "f", -3, "p", 0, "n", 3, "u", 6, "m", 9, "", 12)),
  /** Held in pJ: of many actions, not of one. */
  TOTAL_ENERGY("an energy", "5 uJ", "1000000 J", ENERGY.factors),
  /** Held in um2. */
  AREA("an area", "0.5 mm2", "1 m2", scaled("m2", "n", -6, "u", 0, "m", 6, "c", 8, "", 12)),
  /** Held in uW. */
  POWER("a power", "3 mW", "1000 kW", scaled("W", "p", -6, "n", -3, "u", 0, "m", 3, "", 6, "k", 9)),
  /** Held in bits per second. */
  BANDWIDTH("a bandwidth", "25.6 GB/s", "1000000 TB/s", bits("/s")),
  /** Held in bits per cycle. */
  CYCLE_BANDWIDTH("a bandwidth per cycle", "64 B/cycle", "1 TB/cycle", bits("/cycle")),
  /** Held in actions per cycle. */
  RATE("a throughput", "2 /cycle", "1000000000 /cycle", Map.of("/cycle", BigDecimal.ONE)),
  /** Held in nm. */
  LENGTH("a length", "65nm", "1 mm", scaled("m", "p", -3, "n", 0, "u", 3, "m", 6)),
  /** Held in um: of ways rather than of features. */
  DISTANCE("a length", "2 mm", "1 m", scaled("m", "n", -3, "u", 0, "m", 3, "c", 4, "", 6)),
  /** Held in V. */
  VOLTAGE("a voltage", "0.9 V", "1000 V", scaled("V", "m", -3, "", 0)),
  /** Held in s. */
  TIME("a time", "5 ns", "1000 s", scaled("s", "p", -12, "n", -9, "u", -6, "m", -3, "", 0));

  private final String called;
  private final String example;
  private final String largest;

  @SuppressWarnings("ImmutableEnumChecker") // wrapped unmodifiable, keys and values immutable
  private final Map<String, BigDecimal> factors;

  Unit(String called, String example, String largest, Map<String, BigDecimal> factors) {
    this.called = called;
    this.example = example;
    this.largest = largest;
    this.factors = Collections.unmodifiableMap(factors);
  }

  /** {@code an energy}. */
  String called() {
    return called;
  }

  /** {@code 1.2 pJ}. */
  String example() {
    return example;
  }

  /** {@code expected an energy such as '1.2 pJ'}. */
  String expected() {
    return "expected " + called + " such as '" + example + "'";
  }

  /** The largest sensible value, as it would be written. */
  String largest() {
    return largest;
  }

  /** The units as they are written, with what one of each is in the unit held. */
  Map<String, BigDecimal> factors() {
    return factors;
  }

  private static Map<String, BigDecimal> scaled(String unit, Object... prefixesAndPowers) {
    var factors = new LinkedHashMap<String, BigDecimal>();
    for (int i = 0; i < prefixesAndPowers.length; i += 2) {
      factors.put(
          prefixesAndPowers[i] + unit,
          BigDecimal.ONE.scaleByPowerOfTen((Integer) prefixesAndPowers[i + 1]));
    }
    return factors;
  }

  private static Map<String, BigDecimal> bits(String suffix) {
    var factors = new LinkedHashMap<String, BigDecimal>();
    String prefixes = "KMGTPE";
    for (String unit : new String[] {"b", "B"}) {
      BigDecimal one = BigDecimal.valueOf(unit.equals("b") ? 1 : 8);
      factors.put(unit + suffix, one);
      for (int i = 0; i < prefixes.length(); i++) {
        BigDecimal decimal = one.scaleByPowerOfTen(3 * (i + 1));
        BigDecimal binary = one.multiply(BigDecimal.valueOf(1L << (10 * (i + 1))));
        factors.put(prefixes.charAt(i) + unit + suffix, decimal);
        factors.put(prefixes.charAt(i) + "i" + unit + suffix, binary);
      }
      factors.put("k" + unit + suffix, one.scaleByPowerOfTen(3));
    }
    return factors;
  }
}
