package org.einloom.io.timeloop.template;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.einloom.io.timeloop.template.Value.Bool;
import org.einloom.io.timeloop.template.Value.Callable;
import org.einloom.io.timeloop.template.Value.Int;
import org.einloom.io.timeloop.template.Value.Items;
import org.einloom.io.timeloop.template.Value.Namespace;
import org.einloom.io.timeloop.template.Value.None;
import org.einloom.io.timeloop.template.Value.Real;
import org.einloom.io.timeloop.template.Value.Table;
import org.einloom.io.timeloop.template.Value.Text;
import org.einloom.io.timeloop.template.Value.Undefined;
import org.einloom.io.timeloop.template.Value.Written;

/** Values as text, as Python prints them. */
public final class Printing {
  private static final double LARGEST_WITHOUT_EXPONENT = 1e16;
  private static final double SMALLEST_WITHOUT_EXPONENT = 1e-4;

  private Printing() {}

  /** As {@code str()} says it: texts as they are. */
  public static String text(Value value) {
    return switch (value) {
      case Text t -> t.value();
      case Written w -> w.text().text();
      default -> inside(value);
    };
  }

  /** As {@code repr()} says it: texts in quotes, as they stand inside lists. */
  static String inside(Value value) {
    return switch (value) {
      case None n -> "None";
      case Bool b -> b.value() ? "True" : "False";
      case Int i -> Long.toString(i.value());
      case Real r -> real(r.value());
      case Text t -> quoted(t.value());
      case Written w -> quoted(w.text().text());
      case Items l ->
          l.values().stream().map(Printing::inside).collect(Collectors.joining(", ", "[", "]"));
      case Table t ->
          t.entries().entrySet().stream()
              .map(e -> inside(e.getKey()) + ": " + inside(e.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Namespace n -> "<Namespace>";
      case Callable c -> "<function " + c.name() + ">";
      case Undefined u -> "";
    };
  }

  private static String quoted(String text) {
    String mark = text.contains("'") && !text.contains("\"") ? "\"" : "'";
    var out = new StringBuilder(mark);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(
          switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '\\' -> "\\\\";
            case '\'' -> mark.equals("'") ? "\\'" : "'";
            default -> String.valueOf(c);
          });
    }
    return out.append(mark).toString();
  }

  /** The shortest digits that tell the number from its neighbours; never without a point. */
  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    BigDecimal exact = new BigDecimal(Double.toString(value));
    if (value != 0 && (size >= LARGEST_WITHOUT_EXPONENT || size < SMALLEST_WITHOUT_EXPONENT)) {
      BigDecimal digits = exact.stripTrailingZeros();
      int exponent = digits.precision() - digits.scale() - 1;
      BigDecimal mantissa = digits.movePointLeft(exponent);
      return mantissa.toPlainString()
          + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    String plain = exact.stripTrailingZeros().toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }
}
