package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Entry;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.io.yaml.YamlNode.Sequence;

/**
 * An architecture's file of which single values are set from outside. A path to a value begins with
 * a key of the architecture ({@code clock}, {@code widths.weight}) or with the name of a node
 * ({@code SRAM.size}, {@code SRAM.actions.read.energy}); an element of a list is named by its
 * {@code name} ({@code Array.dimensions.x.size}).
 */
public final class ArchitectureTemplate {
  private static final List<String> KINDS = List.of("memory", "toll", "fanout", "compute");
  private static final List<String> TOP =
      ArchitectureYaml.KEYS.without("nodes", "components").names();
  private static final int DEEPEST = 50;

  private final YamlNode body;
  private final Source source;
  private final List<String> texts = new ArrayList<>();

  private ArchitectureTemplate(YamlNode body, Source source) {
    this.source = source;
    texts.add(source.text());
    this.body = included(body, source, 0);
    classes(body, source);
  }

  /** The architecture in a text, with the nodes that it includes. */
  public static ArchitectureTemplate of(Source source) {
    return new ArchitectureTemplate(Document.body(source, "architecture"), source);
  }

  /** The texts of component classes of its own. */
  private void classes(YamlNode tree, Source from) {
    if (tree instanceof Mapping m) {
      for (Entry e : m.entries()) {
        if (e.key().value().equals(ComponentsYaml.COMPONENTS) && e.value() instanceof Sequence s) {
          for (YamlNode file : s.items()) {
            String path = Values.name(file, ComponentsYaml.COMPONENTS);
            texts.add(from.includes().open(path, file.at()).text());
          }
        }
      }
    }
  }

  /** All texts that it is made of. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  /**
   * A value to set.
   *
   * @param path its names from the outside in
   * @param text what is set
   * @param pathAt where the path is written
   * @param at where the value is written
   */
  public record Setting(List<String> path, String text, Position pathAt, Position at) {
    public Setting {
      path = List.copyOf(path);
    }
  }

  /**
   * Returns if there are places for all of these.
   *
   * @throws org.einloom.io.input.InputException if a path leads nowhere, whatever is set
   */
  public void check(List<Setting> settings) {
    YamlNode edited = body;
    for (Setting s : settings) {
      edited = set(edited, s);
    }
  }

  /** The architecture with values set; mistakes in these are told with their places. */
  public ArchitectureFile with(List<Setting> settings) {
    YamlNode edited = body;
    for (Setting s : settings) {
      edited = set(edited, s);
    }
    return ArchitectureYaml.readEdited(edited, source);
  }

  /**
   * The path that is written with dots.
   *
   * @throws org.einloom.io.input.InputException if it begins with no key and no node
   */
  public List<String> path(String written, Position at) {
    List<String> names = nodeNames(body, new ArrayList<>());
    for (String name : names) { // the name of a node may have dots in it
      if (written.startsWith(name + ".") && written.length() > name.length() + 1) {
        List<String> path = new ArrayList<>(List.of(name));
        path.addAll(List.of(written.substring(name.length() + 1).split("\\.", -1)));
        return complete(path, written, at);
      }
    }
    List<String> path = List.of(written.split("\\.", -1));
    if (TOP.contains(path.getFirst())) {
      return complete(path, written, at);
    }
    List<String> known = new ArrayList<>(names);
    known.addAll(TOP);
    if (names.contains(written)) {
      throw at.error(
          Words.quote(written) + " is a node, not a value of one",
          "expected, for example, '" + written + ".size'");
    }
    throw at.error(
        Words.quote(written) + " begins with no node and no key of the architecture",
        "its nodes are " + String.join(", ", names),
        Words.didYouMean(path.getFirst(), known));
  }

  private static List<String> complete(List<String> path, String written, Position at) {
    if (path.stream().anyMatch(String::isBlank)) {
      throw at.error(
          Words.quote(written) + " is no path", "expected names with single dots between them");
    }
    return path;
  }

  private static YamlNode set(YamlNode body, Setting s) {
    return TOP.contains(s.path().getFirst()) && !isNode(body, s.path().getFirst())
        ? PathEdit.put(body, s.path(), s, 0)
        : inNode(body, s);
  }

  private static boolean isNode(YamlNode body, String name) {
    return nodeNames(body, new ArrayList<>()).contains(name);
  }

  private static List<String> nodeNames(YamlNode tree, List<String> names) {
    switch (tree) {
      case Mapping m -> {
        name(m).ifPresent(names::add);
        for (Entry e : m.entries()) {
          if (e.key().value().equals("nodes") || e.key().value().equals("branches")) {
            nodeNames(e.value(), names);
          }
        }
      }
      case Sequence s -> s.items().forEach(i -> nodeNames(i, names));
      case Scalar scalar -> {}
    }
    return names;
  }

  private static Optional<String> name(Mapping m) {
    return m.entries().stream()
        .filter(e -> KINDS.contains(e.key().value()) && e.value() instanceof Scalar)
        .map(e -> ((Scalar) e.value()).value())
        .findFirst();
  }

  /** The tree with the value set in the node that the path begins with. */
  private static YamlNode inNode(YamlNode tree, Setting s) {
    return switch (tree) {
      case Mapping m when name(m).filter(s.path().getFirst()::equals).isPresent() ->
          PathEdit.put(m, s.path().subList(1, s.path().size()), s, 0);
      case Mapping m ->
          new Mapping(
              m.entries().stream()
                  .map(
                      e ->
                          e.key().value().equals("nodes") || e.key().value().equals("branches")
                              ? new Entry(e.key(), inNode(e.value(), s))
                              : e)
                  .toList(),
              m.at(),
              m.size());
      case Sequence list ->
          new Sequence(
              list.items().stream().map(i -> inNode(i, s)).toList(), list.at(), list.size());
      case Scalar scalar -> scalar;
    };
  }

  /** With the nodes of included files in place of what includes them, so that these can be set. */
  private YamlNode included(YamlNode tree, Source from, int depth) {
    return switch (tree) {
      case Mapping m ->
          new Mapping(
              m.entries().stream()
                  .map(
                      e ->
                          e.key().value().equals("nodes") || e.key().value().equals("branches")
                              ? new Entry(e.key(), included(e.value(), from, depth))
                              : e)
                  .toList(),
              m.at(),
              m.size());
      case Sequence list -> {
        List<YamlNode> items = new ArrayList<>();
        for (YamlNode item : list.items()) {
          Optional<Scalar> file = include(item);
          if (file.isEmpty() || depth > DEEPEST) {
            items.add(included(item, from, depth));
            continue;
          }
          Source inner = from.includes().open(file.get().value(), file.get().at());
          if (texts.size() > DEEPEST) {
            throw file.get().at().error("more than " + DEEPEST + " files included");
          }
          texts.add(inner.text());
          if (included(Document.body(inner, "nodes"), inner, depth + 1) instanceof Sequence s) {
            items.addAll(s.items());
          }
        }
        yield new Sequence(items, list.at(), list.size());
      }
      case Scalar scalar -> scalar;
    };
  }

  private static Optional<Scalar> include(YamlNode item) {
    return item instanceof Mapping m
            && m.entries().size() == 1
            && m.entries().getFirst().key().value().equals("include")
            && m.entries().getFirst().value() instanceof Scalar file
        ? Optional.of(file)
        : Optional.empty();
  }
}
