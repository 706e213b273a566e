package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.ArchitectureTemplate.Setting;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;

/** Sets single values of a tree, by path. */
final class PathEdit {
  private static final int DEEPEST = 50;

  private PathEdit() {}

  /**
   * The tree with a value set.
   *
   * @param path what is left of the setting's path
   * @param depth how many names led here
   * @throws org.einloom.io.input.InputException if the path leads nowhere
   */
  static YamlNode put(YamlNode tree, List<String> path, Setting s, int depth) {
    if (path.isEmpty()) {
      return new Scalar(s.text(), true, false, s.at(), s.at());
    }
    if (depth > DEEPEST) {
      throw s.pathAt().error("a path of more than " + DEEPEST + " names");
    }
    String first = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    return switch (tree) {
      case Mapping m -> {
        List<Entry> entries = new ArrayList<>();
        boolean there = false;
        for (Entry e : m.entries()) {
          boolean here = e.key().value().equals(first);
          entries.add(here ? new Entry(e.key(), put(e.value(), rest, s, depth + 1)) : e);
          there |= here;
        }
        if (!there) {
          entries.add(new Entry(scalar(first, s), put(nothing(s), rest, s, depth + 1)));
        }
        yield new Mapping(entries, m.at(), m.size());
      }
      case Sequence list -> {
        List<String> names = list.items().stream().flatMap(PathEdit::names).toList();
        if (!names.contains(first)) {
          throw s.pathAt()
              .error(
                  "there is no " + Words.quote(first) + " where " + shown(s) + " looks for one",
                  names.isEmpty()
                      ? "its elements have no names, and cannot be set"
                      : "expected the name of an element of the list: " + String.join(", ", names),
                  Words.didYouMean(first, names));
        }
        yield new Sequence(
            list.items().stream()
                .map(i -> isNamed(i, first) ? put(i, rest, s, depth + 1) : i)
                .toList(),
            list.at(),
            list.size());
      }
      case Scalar scalar when scalar.isNull() ->
          new Mapping(
              List.of(new Entry(scalar(first, s), put(nothing(s), rest, s, depth + 1))),
              s.pathAt(),
              1);
      case Scalar scalar ->
          throw s.pathAt()
              .error(
                  shown(s) + " leads into " + Words.quote(scalar.value()) + ", a single value",
                  "expected the path to end before " + Words.quote(first));
    };
  }

  private static String shown(Setting s) {
    return Words.quote(String.join(".", s.path()));
  }

  private static boolean isNamed(YamlNode item, String name) {
    return names(item).anyMatch(name::equals);
  }

  private static Stream<String> names(YamlNode item) {
    return item instanceof Mapping m
        ? m.entries().stream()
            .filter(e -> e.key().value().equals("name"))
            .flatMap(e -> e.value() instanceof Scalar s ? Stream.of(s.value()) : Stream.empty())
        : Stream.empty();
  }

  private static Scalar scalar(String text, Setting s) {
    return new Scalar(text, true, false, s.pathAt(), s.pathAt());
  }

  private static Scalar nothing(Setting s) {
    return scalar("", s);
  }
}
