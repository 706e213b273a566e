package org.einloom.io.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.io.input.Position;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.YamlNode;

/** The keys of a mapping, each spelled with {@code _} or, as older files do, with {@code -}. */
final class Spelled {
  private final Fields fields;

  private Spelled(Fields fields) {
    this.fields = fields;
  }

  /** Checks that the node is a mapping with no other keys than these. */
  static Spelled of(YamlNode node, String what, List<String> known) {
    List<String> all = new ArrayList<>(known);
    known.stream().filter(k -> k.contains("_")).map(Spelled::hyphens).forEach(all::add);
    return new Spelled(Fields.of(node, what, all));
  }

  private static String hyphens(String key) {
    return key.replace('_', '-');
  }

  Optional<YamlNode> optional(String key) {
    return fields.optional(key).or(() -> fields.optional(hyphens(key)));
  }

  YamlNode required(String key, String example) {
    return optional(key).orElseGet(() -> fields.required(key, example));
  }

  Position at() {
    return fields.at();
  }
}
