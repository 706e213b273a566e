package org.einloom.io.yaml;

import java.util.stream.Collectors;
import org.einloom.io.input.Words;

/** What a user wrote, in one short line, to quote it in messages. */
final class Snippet {
  private static final int LONGEST = 60;

  private Snippet() {}

  static String of(YamlNode node) {
    String text = Words.printable(text(node));
    int most = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
    return most < text.length() ? text.substring(0, most) + "..." : text;
  }

  private static String text(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar s -> s.value();
      case YamlNode.Sequence s ->
          s.items().stream()
              .limit(LONGEST)
              .map(Snippet::text)
              .collect(Collectors.joining(", ", "[", "]"));
      case YamlNode.Mapping m ->
          m.entries().stream()
              .limit(LONGEST)
              .map(e -> e.key().value() + ": " + text(e.value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
