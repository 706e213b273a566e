package org.einloom.io.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.io.yaml.YamlNode.Mapping;

/** Reads {@code tiling}: {@code imperfect}, or {@code {all: perfect, p: imperfect}}. */
final class TilingReader {
  private static final String ALL = "all";
  private static final SequencedMap<String, Boolean> WORDS =
      Values.words("perfect", false, "imperfect", true);

  private TilingReader() {}

  static TilingChoice read(YamlNode node) {
    if (node instanceof YamlNode.Sequence) {
      throw node.at()
          .error(
              "'tiling' is " + node.kind(),
              "expected 'imperfect' or '{all: perfect, p: imperfect}'");
    }
    if (!(node instanceof Mapping)) {
      return new TilingChoice(Optional.of(Values.choice(node, "tiling", WORDS)), Map.of());
    }
    Optional<Boolean> all = Optional.empty();
    Map<String, Boolean> byVariable = new HashMap<>();
    for (var e :
        Values.entries(node, "tiling", "expected, for example, '{p: imperfect}'").entrySet()) {
      String variable = Values.name(e.getKey(), "rank variable");
      boolean imperfect = Values.choice(e.getValue(), "tiling of " + variable, WORDS);
      if (variable.equals(ALL)) {
        all = Optional.of(imperfect);
      } else {
        byVariable.put(variable, imperfect);
      }
    }
    return new TilingChoice(all, byVariable);
  }
}
