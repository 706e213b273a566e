package org.einloom.io.yaml;

import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;

/** What a YAML file says it is, by the key at its top. */
public enum FileKind {
  ARCHITECTURE("architecture"),
  WORKLOAD("workload"),
  MAPPING("mapping"),
  CONSTRAINTS("constraints"),
  COMPONENTS("components"),
  STUDY("study"),
  SPARSITY("sparsity");

  private final String key;

  FileKind(String key) {
    this.key = key;
  }

  /**
   * The kind of a file; what is in it may still be wrong.
   *
   * @throws InputException when it is no YAML or of no kind
   */
  public static FileKind of(Source source) {
    String expected =
        "expected a key 'architecture', 'workload', 'mapping', 'constraints', 'components', 'study' or"
            + " 'sparsity' at the top";
    if (!(YamlParser.parse(source) instanceof Mapping mapping)) {
      throw Position.of(source.name()).error("the file has no keys", expected);
    }
    var keys = mapping.entries().stream().map(e -> e.key().value()).toList();
    for (FileKind kind : values()) {
      if (keys.contains(kind.key)) {
        return kind;
      }
    }
    var known = java.util.Arrays.stream(values()).map(k -> k.key).toList();
    String guess =
        keys.stream()
            .map(k -> Words.didYouMean(k, known))
            .filter(g -> !g.isEmpty())
            .findFirst()
            .orElse("");
    throw Position.of(source.name()).error("the file does not say what it is", expected, guess);
  }
}
