package org.einloom.io.yaml;

import java.util.List;
import org.einloom.io.input.Position;

/** A parsed piece of YAML and where it stands. Only data: tags are refused before they get here. */
public sealed interface YamlNode {
  /** Where it begins. */
  Position at();

  /** How many nodes it is when every alias is written out. */
  long size();

  /** What it is, for messages. */
  String kind();

  /**
   * A single value.
   *
   * @param value what is written, quotes removed; meaning is given by whoever reads it
   * @param plain whether it is without quotes
   * @param exact whether {@code value} stands in the file letter by letter, so that places inside
   *     it can be named
   * @param text where the first letter of the value stands: after the quote, if any
   */
  record Scalar(String value, boolean plain, boolean exact, Position at, Position text)
      implements YamlNode {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public String kind() {
      return "a single value";
    }

    /** Whether nothing is written here, or {@code null}. */
    public boolean isNull() {
      return plain && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, Position at, long size) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in file order; keys are unique. */
  record Mapping(List<Entry> entries, Position at, long size) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping of keys to values";
    }
  }

  /** One key of a mapping with its value. */
  record Entry(Scalar key, YamlNode value) {}
}
