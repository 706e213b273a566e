package org.einloom.component;

import java.math.BigDecimal;

/** The value of an attribute. */
public sealed interface Value {
  /** A number, in the unit that the attribute's kind is held in. */
  record Amount(double number) implements Value {
    @Override
    public String toString() {
      if (!Double.isFinite(number)) {
        return Double.toString(number);
      }
      String plain = new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
      return plain.length() > 24 ? Double.toString(number) : plain;
    }
  }

  /** One of several words. */
  record Word(String word) implements Value {
    @Override
    public String toString() {
      return word;
    }
  }

  /** A number. */
  static Value of(double number) {
    return new Amount(number);
  }

  /** A word. */
  static Value of(String word) {
    return new Word(word);
  }
}
