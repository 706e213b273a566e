package org.einloom.io.yaml;

import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;

/**
 * The top level of every file: the version of the format and one key that says what the file is.
 */
final class Document {
  private static final String VERSION = "einloom";
  private static final Map<String, String> KINDS =
      Map.of(
          "architecture", "an architecture",
          "workload", "a workload",
          "mapping", "a mapping",
          "constraints", "constraints",
          "components", "component classes",
          "study", "a study",
          "sparsity", "sparsity",
          "nodes", "nodes for an architecture to include");

  private Document() {}

  /** What stands under the key that says what the file is. */
  static YamlNode body(Source source, String kind) {
    YamlNode root = YamlParser.parse(source);
    String wanted = "expected " + KINDS.get(kind) + ": 'einloom: 1' and '" + kind + ": ...'";
    if (!(root instanceof Mapping mapping)) {
      boolean empty = root instanceof Scalar s && s.isNull();
      Position at = empty ? Position.of(source.name()) : root.at();
      throw at.error("the file " + (empty ? "is empty" : "holds " + root.kind()), wanted);
    }
    List<String> keys = mapping.entries().stream().map(e -> e.key().value()).toList();
    if (!keys.contains(kind)) {
      for (Entry e : mapping.entries()) {
        String other = KINDS.get(e.key().value());
        if (other != null) {
          throw e.key().at().error("this file holds " + other, wanted);
        }
      }
    }
    Fields fields = Fields.of(root, "the file", List.of(VERSION, kind));
    YamlNode version = fields.required(VERSION, "einloom: 1");
    String given = Values.scalar(version, VERSION, "expected 1").value();
    if (!given.equals("1")) {
      throw version
          .at()
          .error("format version " + Words.quote(given) + " is unknown", "expected 'einloom: 1'");
    }
    return fields.required(kind, kind + ": ...");
  }
}
