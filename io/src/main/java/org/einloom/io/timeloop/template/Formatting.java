package org.einloom.io.timeloop.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Value.Int;

/** How Python's {@code format} writes numbers: {@code d}, {@code .2f}, {@code 03}, {@code >8}. */
final class Formatting {
  private static final Pattern SPEC =
      Pattern.compile("([<>])?(0)?(\\d{1,3})?(?:\\.(\\d{1,2}))?([df%s])?");

  private Formatting() {}

  /** The value, written as the second argument says. */
  static Value of(Arguments a, Budget budget, Position at) {
    Value value = a.get(0, "value");
    String spec = a.find(1, "format") == null ? "" : a.text(1, "format");
    budget.make(value.weight(), at);
    Matcher m = SPEC.matcher(spec);
    if (!m.matches()) {
      throw at.error(
          "the format " + Words.quote(spec) + " is not supported",
          "expected a width, '.2f', 'd', '%' or 's'");
    }
    String type = m.group(5) == null ? "" : m.group(5);
    boolean number = !Conversions.isText(value);
    String text = Printing.text(value);
    if (type.equals("d") && !(value instanceof Int)) {
      throw at.error("the format 'd' is given " + value.kind(), "expected a whole number");
    }
    if (m.group(4) != null || type.equals("f") || type.equals("%")) {
      if (!type.equals("f") && !type.equals("%")) {
        throw at.error("the format " + Words.quote(spec) + " has no 'f' or '%'");
      }
      double real = Conversions.number(value, "what is formatted", at);
      if (Double.isInfinite(real) || Double.isNaN(real)) {
        throw at.error("the format " + Words.quote(spec) + " is given " + real);
      }
      int digits = m.group(4) == null ? 6 : Integer.parseInt(m.group(4));
      BigDecimal scaled = new BigDecimal(real).scaleByPowerOfTen(type.equals("%") ? 2 : 0);
      text = scaled.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
      text = type.equals("%") ? text + "%" : text;
    }
    int width = m.group(3) == null ? 0 : Integer.parseInt(m.group(3));
    boolean left = m.group(1) == null ? !number : m.group(1).equals("<");
    return budget.text(padded(text, width, left, m.group(2) != null), at);
  }

  private static String padded(String text, int width, boolean left, boolean zeros) {
    int missing = Math.max(0, width - text.length());
    if (zeros) {
      boolean minus = text.startsWith("-");
      return (minus ? "-" : "") + "0".repeat(missing) + (minus ? text.substring(1) : text);
    }
    return left ? text + " ".repeat(missing) : " ".repeat(missing) + text;
  }
}
