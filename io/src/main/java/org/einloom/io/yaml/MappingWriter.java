package org.einloom.io.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.jspecify.annotations.Nullable;

/** Writes mappings as YAML; tensors kept in one memory one after the other share a node. */
final class MappingWriter {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Set<String> OTHER_MEANING =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder("einloom: 1\nmapping:\n");

  private MappingWriter() {}

  static String write(Map<String, LoopTree> mappings, Map<String, String> computes) {
    var writer = new MappingWriter();
    mappings.forEach((layer, tree) -> writer.layer(layer, tree, computes.get(layer)));
    return writer.out.toString();
  }

  private void layer(String layer, LoopTree tree, @Nullable String compute) {
    out.append("- layer: ").append(scalar(layer)).append("\n  nodes:");
    List<MappingNode> nodes = tree.nodes();
    out.append(nodes.isEmpty() && compute == null ? " []\n" : "\n");
    for (int i = 0; i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case Storage s -> {
          boolean open = i > 0 && sameMemory(nodes.get(i - 1), s);
          boolean more = i + 1 < nodes.size() && sameMemory(nodes.get(i + 1), s);
          out.append(open ? ", " : "  - keep: {memory: " + scalar(s.memory()) + ", tensors: [")
              .append(scalar(s.tensor()))
              .append(more ? "" : "]}\n");
        }
        case Temporal t ->
            out.append("  - for: {variable: ")
                .append(scalar(t.variable()))
                .append(", tile: ")
                .append(t.tile())
                .append("}\n");
        case Spatial s ->
            out.append("  - parallel: {fanout: ")
                .append(scalar(s.fanout()))
                .append(", dimension: ")
                .append(scalar(s.dimension()))
                .append(", variable: ")
                .append(scalar(s.variable()))
                .append(", tile: ")
                .append(s.tile())
                .append("}\n");
      }
    }
    if (compute != null) {
      out.append("  - compute: ").append(scalar(compute)).append('\n');
    }
  }

  private static boolean sameMemory(MappingNode other, Storage storage) {
    return other instanceof Storage s && s.memory().equals(storage.memory());
  }

  /** The text as a YAML value: in double quotes where it would otherwise mean something else. */
  static String scalar(String text) {
    if (PLAIN.matcher(text).matches() && !OTHER_MEANING.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
