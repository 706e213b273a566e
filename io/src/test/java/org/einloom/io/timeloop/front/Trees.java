package org.einloom.io.timeloop.front;

import java.util.stream.Collectors;
import org.einloom.io.yaml.YamlNode;

/** Native documents as text, one value a line, to be compared and read. */
final class Trees {
  private Trees() {}

  /** All of it; numbers as numbers, so that {@code 1e-9} is {@code 1.0E-9}. */
  static String text(YamlNode node) {
    return text(node, "");
  }

  private static String text(YamlNode node, String indent) {
    return switch (node) {
      case YamlNode.Scalar s -> " " + scalar(s) + "\n";
      case YamlNode.Sequence l ->
          l.items().stream().allMatch(YamlNode.Scalar.class::isInstance)
              ? l.items().stream()
                  .map(i -> scalar((YamlNode.Scalar) i))
                  .collect(Collectors.joining(", ", " [", "]\n"))
              : l.items().stream()
                  .map(i -> indent + "-" + text(i, indent + "  "))
                  .collect(Collectors.joining("", "\n", ""));
      case YamlNode.Mapping m ->
          m.entries().isEmpty()
              ? " {}\n"
              : m.entries().stream()
                  .map(e -> indent + e.key().value() + ":" + text(e.value(), indent + "  "))
                  .collect(Collectors.joining("", "\n", ""));
    };
  }

  private static String scalar(YamlNode.Scalar s) {
    if (s.plain() && s.value().matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
      double number = Double.parseDouble(s.value());
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString((long) number)
          : Double.toString(number);
    }
    return s.plain() || !s.value().contains(" ") ? s.value() : "\"" + s.value() + "\"";
  }
}
