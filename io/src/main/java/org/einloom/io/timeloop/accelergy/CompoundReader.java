package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.timeloop.Section;
import org.einloom.io.timeloop.accelergy.CompoundClass.Action;
import org.einloom.io.timeloop.accelergy.CompoundClass.Indexed;
import org.einloom.io.timeloop.accelergy.CompoundClass.Part;
import org.einloom.io.timeloop.accelergy.CompoundClass.Use;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/** Reads {@code compound_components:}. */
final class CompoundReader {
  private static final Pattern RANGE =
      Pattern.compile("([^\\[\\]]*)\\[(.{1,500}?)(?:\\.\\.(.{1,500}))?\\]");
  private static final List<String> AREA_SHARES = List.of("area_share", "area_scale");
  private static final List<String> ENERGY_SHARES = List.of("energy_share", "energy_scale");
  private static final List<String> SHARES =
      List.of("action_share", "energy_share", "energy_scale", "repeat");

  private CompoundReader() {}

  /** All classes of these sections, by name. */
  static Map<String, CompoundClass> read(List<Section> sections) {
    Map<String, CompoundClass> classes = new LinkedHashMap<>();
    for (Section section : sections) {
      for (YamlNode node : definitions(section.value(), "'" + section.key() + "'")) {
        CompoundClass one = one(node);
        CompoundClass first = classes.putIfAbsent(one.name(), one);
        if (first != null) {
          throw one.at()
              .error("a second class named '" + one.name() + "'", "the first is at " + first.at());
        }
      }
    }
    return classes;
  }

  private static List<YamlNode> definitions(YamlNode value, String what) {
    List<YamlNode> all = new ArrayList<>();
    switch (value) {
      case YamlNode.Scalar s when s.isNull() -> {}
      case YamlNode.Sequence list -> list.items().forEach(i -> all.addAll(definitions(i, what)));
      default -> {
        Fields fields =
            Fields.of(
                value,
                what,
                List.of(
                    "version",
                    "classes",
                    "name",
                    "attributes",
                    "subcomponents",
                    "actions",
                    "primitive_type"));
        if (fields.optional("name").isPresent()) {
          all.add(value);
        } else {
          fields.optional("classes").ifPresent(list -> all.addAll(items(list, "classes")));
        }
      }
    }
    return all;
  }

  private static CompoundClass one(YamlNode node) {
    Fields fields =
        Fields.of(
            node,
            "a compound class",
            List.of("name", "attributes", "subcomponents", "actions", "primitive_type", "version"));
    YamlNode nameNode = fields.required("name", "name: smartbuffer");
    String name = Values.name(nameNode, "name");
    List<Part> parts = new ArrayList<>();
    for (YamlNode item : items(fields.optional("subcomponents"), "subcomponents")) {
      parts.add(part(item));
    }
    var actions = new LinkedHashMap<String, Action>();
    for (YamlNode item : items(fields.optional("actions"), "actions")) {
      Action action = action(item, name);
      actions.putLast(action.name(), action);
    }
    return new CompoundClass(
        name, entries(fields.optional("attributes"), "attributes"), parts, actions, nameNode.at());
  }

  private static Part part(YamlNode node) {
    List<String> known = new ArrayList<>(List.of("name", "class", "attributes"));
    known.addAll(AREA_SHARES);
    known.addAll(ENERGY_SHARES);
    Fields fields = Fields.of(node, "a subcomponent", known);
    return new Part(
        indexed(fields.required("name", "name: adder[0..1]")),
        Values.name(fields.required("class", "class: intadder"), "class"),
        entries(fields.optional("attributes"), "attributes"),
        all(fields, AREA_SHARES),
        all(fields, ENERGY_SHARES),
        node.at());
  }

  private static Action action(YamlNode node, String owner) {
    Fields fields =
        Fields.of(
            node, "an action of '" + owner + "'", List.of("name", "arguments", "subcomponents"));
    List<Use> uses = new ArrayList<>();
    for (YamlNode item : items(fields.optional("subcomponents"), "subcomponents")) {
      uses.addAll(uses(item));
    }
    return new Action(
        Values.name(fields.required("name", "name: read"), "name"),
        entries(fields.optional("arguments"), "arguments"),
        uses,
        node.at());
  }

  private static List<Use> uses(YamlNode node) {
    Fields fields = Fields.of(node, "a subcomponent of an action", List.of("name", "actions"));
    Indexed part = indexed(fields.required("name", "name: adder[0]"));
    List<String> known = new ArrayList<>(List.of("name", "arguments"));
    known.addAll(SHARES);
    List<Use> uses = new ArrayList<>();
    for (YamlNode item : items(fields.optional("actions"), "actions")) {
      Fields action = Fields.of(item, "an action of a subcomponent", known);
      uses.add(
          new Use(
              part,
              Values.name(action.required("name", "name: add"), "name"),
              entries(action.optional("arguments"), "arguments"),
              all(action, SHARES),
              item.at()));
    }
    return uses;
  }

  private static Indexed indexed(YamlNode node) {
    YamlNode.Scalar scalar = Values.scalar(node, "name", "expected a name, or name[0..3]");
    String text = scalar.value().strip();
    Matcher m = RANGE.matcher(text);
    if (m.matches()) {
      String to = m.group(3) == null ? m.group(2) : m.group(3);
      return new Indexed(m.group(1).strip(), m.group(2), to, scalar);
    }
    if (text.isEmpty() || text.contains("[") || text.contains("]")) {
      throw node.at()
          .error(
              "'name' is " + org.einloom.io.input.Words.quote(text),
              "expected a name, 'adder', or one with a range, 'adder[0..3]'");
    }
    return new Indexed(text, "", "", scalar);
  }

  private static List<YamlNode> all(Fields fields, List<String> keys) {
    return keys.stream().flatMap(k -> fields.optional(k).stream()).filter(n -> !none(n)).toList();
  }

  private static List<YamlNode> items(Optional<YamlNode> node, String key) {
    return node.isPresent() ? items(node.get(), key) : List.of();
  }

  /** The members of a list in which lists may stand, as includes of several files make them. */
  private static List<YamlNode> items(YamlNode node, String key) {
    if (none(node)) {
      return List.of();
    }
    List<YamlNode> all = new ArrayList<>();
    for (YamlNode item : Values.list(node, key, "expected a list")) {
      if (item instanceof YamlNode.Sequence) {
        all.addAll(items(item, key));
      } else {
        all.add(item);
      }
    }
    return all;
  }

  private static SequencedMap<String, YamlNode> entries(Optional<YamlNode> node, String key) {
    var all = new LinkedHashMap<String, YamlNode>();
    if (node.isPresent() && !none(node.get())) {
      if (!(node.get() instanceof YamlNode.Mapping mapping)) {
        throw node.get()
            .at()
            .error("'" + key + "' is " + node.get().kind(), "expected names with values");
      }
      mapping.entries().forEach(e -> all.put(e.key().value(), e.value()));
    }
    return all;
  }

  private static boolean none(YamlNode node) {
    return node instanceof YamlNode.Scalar s && s.isNull();
  }
}
