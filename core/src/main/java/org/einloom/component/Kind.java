package org.einloom.component;

/** What an attribute is measured in, and what its number is held in. */
public enum Kind {
  /** Bits; written with a unit. */
  SIZE("a size such as '108 KiB'", "b"),
  /** Whole bits; a bare number is bits as well. */
  WIDTH("a width in bits such as '64' or '64 b'", "b"),
  /** A whole number. */
  COUNT("a whole number", ""),
  /** Any number. */
  NUMBER("a number", ""),
  /** Feature size in nm. */
  TECHNOLOGY("a technology such as '65nm'", "nm"),
  /** Length in um. */
  LENGTH("a length such as '2 mm'", "um"),
  /** Supply voltage in V. */
  VOLTAGE("a voltage such as '0.9 V'", "V"),
  /** Data rate in bits per second. */
  BANDWIDTH("a bandwidth such as '25.6 GB/s'", "b/s"),
  /** One of several words. */
  WORD("a word", "");

  private final String expected;
  private final String unit;

  Kind(String expected, String unit) {
    this.expected = expected;
    this.unit = unit;
  }

  /** What messages say was expected. */
  public String expected() {
    return expected;
  }

  /** The unit in which numbers are held; empty for none. */
  public String unit() {
    return unit;
  }

  /** A number with its unit, bits of sizes and rates in the largest unit that leaves it short. */
  public String shown(double number) {
    return switch (this) {
      case SIZE -> Bytes.binary(number);
      case BANDWIDTH -> Bytes.decimal(number) + "/s";
      default -> Value.of(number) + (unit.isEmpty() ? "" : " " + unit);
    };
  }

  /** Whether only whole numbers make sense. */
  public boolean whole() {
    return this == SIZE || this == WIDTH || this == COUNT;
  }
}
