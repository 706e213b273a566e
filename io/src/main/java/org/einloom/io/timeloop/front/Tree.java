package org.einloom.io.timeloop.front;

import java.util.List;
import org.einloom.io.input.Position;
import org.jspecify.annotations.Nullable;

/** YAML with places and tags, aliases and merges already written out. */
sealed interface Tree {
  /** Where it begins. */
  Position at();

  /** The tag it was given, with its {@code !}; or empty. */
  String tag();

  /** Values in it, aliases written out. */
  long size();

  /** What it is, for messages. */
  String kind();

  /**
   * A single value.
   *
   * @param value as written, without quotes
   * @param quoted whether it is a text, never a number or an expression
   * @param exact whether {@code value} stands in the file letter by letter
   * @param text where its first letter stands
   */
  record Leaf(String value, boolean quoted, boolean exact, Position at, Position text, String tag)
      implements Tree {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public String kind() {
      return isNull() ? "empty" : "a single value";
    }

    /** Whether nothing is written here, or {@code null}. */
    boolean isNull() {
      return !quoted && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
    }

    /** The same value as text that is no expression, or the reverse. */
    Leaf with(String newValue, boolean text) {
      return new Leaf(newValue, text, false, at, at, tag);
    }
  }

  /** A list. */
  record Row(List<Tree> items, Position at, String tag, long size) implements Tree {
    public Row {
      items = List.copyOf(items);
    }

    static Row of(List<Tree> items, Position at, String tag) {
      return new Row(items, at, tag, 1 + items.stream().mapToLong(Tree::size).sum());
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values; keys are unique. */
  record Keyed(List<Entry> entries, Position at, String tag, long size) implements Tree {
    public Keyed {
      entries = List.copyOf(entries);
    }

    static Keyed of(List<Entry> entries, Position at, String tag) {
      return new Keyed(
          entries, at, tag, 1 + entries.stream().mapToLong(e -> 1 + e.value().size()).sum());
    }

    /** What stands under a key, if it does. */
    @Nullable Tree find(String key) {
      for (Entry e : entries) {
        if (e.key().value().equals(key)) {
          return e.value();
        }
      }
      return null;
    }

    List<String> keys() {
      return entries.stream().map(e -> e.key().value()).toList();
    }

    @Override
    public String kind() {
      return "a mapping of keys to values";
    }
  }

  /** One key with its value. */
  record Entry(Leaf key, Tree value) {}
}
