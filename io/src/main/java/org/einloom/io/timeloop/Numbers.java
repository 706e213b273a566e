package org.einloom.io.timeloop;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/** Plain numbers of Timeloop's files, which have no units. */
public final class Numbers {
  private static final Pattern REAL =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?");

  private Numbers() {}

  /** A finite number of at least {@code least}. */
  public static double real(YamlNode node, String key, String owner, double least) {
    String expected = "expected a number of at least " + plain(least);
    String text = Values.scalar(node, key, expected).value().strip();
    String problem = "'%s' of %s is %s".formatted(key, owner, Words.quote(text));
    if (!REAL.matcher(text).matches()) {
      throw node.at().error(problem + ", which is no number", expected);
    }
    double value = Double.parseDouble(text);
    if (!(value >= least) || Double.isInfinite(value)) {
      throw node.at().error(problem, expected);
    }
    return value;
  }

  private static String plain(double value) {
    return new BigDecimal(value).stripTrailingZeros().toPlainString();
  }
}
