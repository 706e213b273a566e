package org.einloom.io.result;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.Position;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;

/** JSON as the YAML that it is, so that what a result quotes of a file is read as such. */
final class JsonYaml {
  private JsonYaml() {}

  static YamlNode of(JsonValue value) {
    return switch (value) {
      case JsonValue.Text t -> scalar(t.text(), false, t.at());
      case JsonValue.Literal l -> scalar(l.text(), true, l.at());
      case JsonValue.Left l -> scalar("", true, l.at());
      case JsonValue.Items i -> {
        List<YamlNode> items = i.values().stream().map(JsonYaml::of).toList();
        yield new Sequence(items, i.at(), 1 + items.stream().mapToLong(YamlNode::size).sum());
      }
      case JsonValue.Fields f -> {
        List<Entry> entries = new ArrayList<>();
        f.values().forEach((k, v) -> entries.add(new Entry(scalar(k, false, v.at()), of(v))));
        long size = 1 + entries.stream().mapToLong(e -> 1 + e.value().size()).sum();
        yield new Mapping(entries, f.at(), size);
      }
    };
  }

  private static Scalar scalar(String text, boolean plain, Position at) {
    return new Scalar(text, plain, false, at, at);
  }
}
