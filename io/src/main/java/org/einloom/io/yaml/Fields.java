package org.einloom.io.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.schema.Keys;

/** The keys of a mapping whose keys are known: any other is an error that names the nearest. */
public final class Fields {
  private final String what;
  private final Position at;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Fields(String what, Position at) {
    this.what = what;
    this.at = at;
  }

  /** Checks that the node is a mapping with no other keys than these. */
  static Fields of(YamlNode node, String what, Keys known) {
    return of(node, what, known.names());
  }

  /**
   * Checks that the node is a mapping with no other keys than these.
   *
   * @param what what messages call the mapping, {@code memory 'GLB'}
   */
  public static Fields of(YamlNode node, String what, List<String> known) {
    String expected = "expected the keys " + String.join(", ", known);
    if (!(node instanceof Mapping mapping)) {
      boolean empty = node instanceof Scalar s && s.isNull();
      throw node.at().error(what + (empty ? " has no value" : " is " + node.kind()), expected);
    }
    var fields = new Fields(what, node.at());
    for (Entry e : mapping.entries()) {
      String key = e.key().value();
      if (!known.contains(key)) {
        throw e.key()
            .at()
            .error(
                "unknown key " + Words.quote(key) + " in " + what,
                "expected one of " + String.join(", ", known),
                Words.didYouMean(key, known));
      }
      fields.entries.put(key, e);
    }
    return fields;
  }

  /** Where the mapping begins. */
  public Position at() {
    return at;
  }

  /** What messages call the mapping. */
  public String what() {
    return what;
  }

  /** The keys that are there, in file order. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** The value of a key that may be left out. */
  public Optional<YamlNode> optional(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** Where a key stands; the mapping itself when it does not. */
  public Position keyAt(String key) {
    return Optional.ofNullable(entries.get(key)).map(e -> e.key().at()).orElse(at);
  }

  /**
   * The value of a key that must be there.
   *
   * @param example what it could look like, for the message when it is missing
   */
  public YamlNode required(String key, String example) {
    return optional(key)
        .orElseThrow(() -> missing(key, "expected, for example, '" + example + "'"));
  }

  private InputException missing(String key, String hint) {
    return at.error(what + " has no key '" + key + "'", hint);
  }
}
