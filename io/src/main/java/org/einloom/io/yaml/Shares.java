package org.einloom.io.yaml;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Words;

/** Reads shares: {@code 0.75} or {@code 75 %}. */
final class Shares {
  private static final Pattern SHARE =
      Pattern.compile("(\\d{1,30}+(?:\\.\\d{0,30}+)?|\\.\\d{1,30}+)([eE][+-]?\\d{1,2}+)?\\s*+(%?)");
  private static final String EXPECTED =
      "expected a share above 0, at most 1, such as '0.75' or '75 %'";

  private Shares() {}

  /** A share above 0, at most 1, rounded once. */
  static double read(YamlNode node, String key) {
    String text = Values.scalar(node, key, EXPECTED).value().strip();
    Matcher m = SHARE.matcher(text);
    if (!m.matches()) {
      throw node.at().error("'" + key + "' is " + Words.quote(text), EXPECTED);
    }
    BigDecimal share =
        new BigDecimal(m.group(1) + Objects.requireNonNullElse(m.group(2), ""))
            .movePointLeft(m.group(3).isEmpty() ? 0 : 2);
    if (share.signum() == 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw node.at().error("'" + key + "' is " + Words.quote(text), EXPECTED);
    }
    return share.doubleValue();
  }
}
