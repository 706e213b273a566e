package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.einloom.io.timeloop.template.Printing;
import org.einloom.io.timeloop.template.Value;
import org.einloom.io.yaml.YamlNode;

/** Makes the nodes of the native document. */
final class Native {
  private Native() {}

  /** A tree without tags, and without what the front end is told to ignore. */
  static YamlNode of(Tree tree) {
    return copy(tree, true);
  }

  /** A tree as it is, without tags. */
  static YamlNode copy(Tree tree) {
    return copy(tree, false);
  }

  private static YamlNode copy(Tree tree, boolean ignoring) {
    return switch (tree) {
      case Leaf l -> scalar(l);
      case Row r -> list(r.items().stream().map(t -> copy(t, ignoring)).toList(), r.at());
      case Keyed k -> {
        var entries = new Entries(k.at());
        List<Tree.Entry> kept = ignoring ? Keys.of(k) : k.entries();
        kept.forEach(e -> entries.add(e.key(), copy(e.value(), ignoring)));
        yield entries.node();
      }
    };
  }

  static YamlNode.Scalar scalar(Leaf l) {
    return new YamlNode.Scalar(l.value(), !l.quoted(), l.exact(), l.at(), l.text());
  }

  /** A value that was computed. */
  static YamlNode of(Value value, Position at) {
    return switch (value) {
      case Value.Items l -> list(l.values().stream().map(v -> of(v, at)).toList(), at);
      case Value.Table t -> {
        var entries = new Entries(at);
        t.entries().forEach((k, v) -> entries.add(Printing.text(k), of(v, at)));
        yield entries.node();
      }
      case Value.Bool b -> plain(b.value() ? "true" : "false", at);
      case Value.None n -> plain("null", at);
      case Value.Callable c -> throw at.error("a function stands where a value should");
      case Value.Text t -> new YamlNode.Scalar(t.value(), false, false, at, at);
      default -> plain(Printing.text(value), at);
    };
  }

  /** A word or number without quotes. */
  static YamlNode.Scalar plain(String value, Position at) {
    return new YamlNode.Scalar(value, true, false, at, at);
  }

  static YamlNode.Scalar plain(long value, Position at) {
    return plain(Long.toString(value), at);
  }

  static YamlNode list(List<? extends YamlNode> items, Position at) {
    return new YamlNode.Sequence(
        List.copyOf(items), at, 1 + items.stream().mapToLong(YamlNode::size).sum());
  }

  /** Keys with values, while they are gathered. */
  static final class Entries {
    private final Position at;
    private final List<YamlNode.Entry> entries = new ArrayList<>();

    Entries(Position at) {
      this.at = at;
    }

    void add(String key, YamlNode value) {
      entries.add(new YamlNode.Entry(plain(key, value.at()), value));
    }

    void add(Leaf key, YamlNode value) {
      entries.add(new YamlNode.Entry(scalar(key), value));
    }

    boolean has(String key) {
      return entries.stream().anyMatch(e -> e.key().value().equals(key));
    }

    YamlNode.Mapping node() {
      return new YamlNode.Mapping(
          entries, at, 1 + entries.stream().mapToLong(e -> 1 + e.value().size()).sum());
    }
  }
}
