package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.component.Attribute;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.component.custom.CompoundAction;
import org.einloom.component.custom.CompoundModel;
import org.einloom.component.custom.CompoundPart;
import org.einloom.component.custom.PartValue;
import org.einloom.component.technology.Technology;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.schema.Keys;

/** Reads one compound class: its attributes, parts and actions. */
final class CompoundReader {
  static final Keys KEYS =
      Keys.of(
          must("class", "name", "The name of the class"),
          may("description", "text", "One line about it"),
          may("attributes", "attributes", "Its attributes, each with its default or its kind"),
          must("parts", "parts", "What it is made of"),
          must("actions", "compound_actions", "What it does, as actions of its parts"));
  static final Keys USE =
      Keys.of(
          must("use", "name", "An action of a part: PART.ACTION"),
          may("times", "formula", "How often"));
  static final Keys ACTION =
      Keys.of(
          must("parts", "uses", "Actions of parts"),
          may("width", "formula", "Bits that one action moves"));
  private static final int MOST_PARTS = 100;

  private final Catalog catalog;
  private final String file;
  private final Map<String, Attribute> attributes = new LinkedHashMap<>();

  /**
   * @param catalog the classes that parts can have
   * @param file what provenance calls the file
   */
  CompoundReader(Catalog catalog, String file) {
    this.catalog = catalog;
    this.file = file;
  }

  ComponentModel read(YamlNode node) {
    Fields fields = Fields.of(node, "a component class", KEYS);
    YamlNode nameNode = fields.required("class", "class: my_buffer");
    String name = Values.name(nameNode, "class");
    fields
        .optional("attributes")
        .ifPresent(
            n ->
                Values.entries(n, "attributes", "expected attributes with their defaults")
                    .forEach((k, v) -> attributes.put(k.value(), DeclaredAttribute.read(k, v))));
    YamlNode partsNode =
        fields.required("parts", "parts: [{part: data, class: register, width: 16 b}]");
    List<YamlNode> items = Values.list(partsNode, "parts", "expected a list of parts");
    inheritTechnology(items);
    Map<String, CompoundPart> parts = new LinkedHashMap<>();
    for (YamlNode item : items) {
      CompoundPart part = part(item);
      if (parts.putIfAbsent(part.name(), part) != null) {
        throw item.at().error("a second part named " + Words.quote(part.name()));
      }
    }
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      throw partsNode.at().error(parts.size() + " parts", "expected 1 to " + MOST_PARTS);
    }
    List<CompoundAction> actions =
        actions(fields.required("actions", "actions: {read: [data.read]}"), parts);
    String description =
        fields.optional("description").map(n -> Values.text(n, "description")).orElse("a compound");
    return node.at()
        .locate(
            () ->
                new CompoundModel(
                    name,
                    description,
                    file,
                    List.copyOf(attributes.values()),
                    List.copyOf(parts.values()),
                    actions));
  }

  /** A compound has a technology when one of its parts needs one that it does not set itself. */
  private void inheritTechnology(List<YamlNode> items) {
    for (YamlNode item : items) {
      if (!(item instanceof Mapping mapping)) {
        continue; // complained about where it is read
      }
      var keys = mapping.entries().stream().map(e -> e.key().value()).toList();
      ComponentModel model = model(mapping);
      for (Attribute a : Technology.ATTRIBUTES) {
        boolean known = model.attributes().stream().anyMatch(b -> b.name().equals(a.name()));
        if (known && !keys.contains(a.name())) {
          attributes.putIfAbsent(a.name(), a);
        }
      }
    }
  }

  private ComponentModel model(Mapping mapping) {
    YamlNode node =
        mapping.entries().stream()
            .filter(e -> e.key().value().equals("class"))
            .findFirst()
            .orElseThrow(
                () -> mapping.at().error("a part has no key 'class'", "expected 'class: register'"))
            .value();
    Scalar name = Values.scalar(node, "class", "expected the name of a component class");
    return name.at().locate(() -> catalog.model(name.value()));
  }

  private CompoundPart part(YamlNode item) {
    if (!(item instanceof Mapping mapping)) {
      throw item.at()
          .error("a part is " + item.kind(), "expected '{part: data, class: register, ...}'");
    }
    ComponentModel model = model(mapping);
    Optional<String> name = Optional.empty();
    PartValue.Computed count = Formulas.ONE;
    var values = new LinkedHashMap<String, PartValue>();
    for (YamlNode.Entry e : mapping.entries()) {
      String key = e.key().value();
      switch (key) {
        case "part" -> name = Optional.of(Values.name(e.value(), "part"));
        case "class" -> {}
        case "count" -> count = Formulas.number(e.value(), "count", attributes);
        default -> {
          Attribute target = e.key().at().locate(() -> Catalog.attribute(model, key));
          values.put(key, Formulas.value(e.value(), target, attributes));
        }
      }
    }
    for (Attribute a : Technology.ATTRIBUTES) {
      boolean known = model.attributes().stream().anyMatch(b -> b.name().equals(a.name()));
      if (known && attributes.containsKey(a.name())) {
        values.putIfAbsent(a.name(), new PartValue.Same(a.name()));
      }
    }
    return new CompoundPart(
        name.orElseThrow(
            () ->
                mapping.at().error("a part has no key 'part'", "expected its name, 'part: data'")),
        model,
        values,
        count,
        mapping.at().toString());
  }

  private List<CompoundAction> actions(YamlNode node, Map<String, CompoundPart> parts) {
    List<CompoundAction> actions = new ArrayList<>();
    Values.entries(node, "actions", "expected actions such as 'read: [data.read]'")
        .forEach((name, value) -> actions.add(action(name, value, parts)));
    if (actions.isEmpty()) {
      throw node.at().error("no actions", "expected, for example, 'read: [data.read]'");
    }
    return actions;
  }

  private CompoundAction action(Scalar name, YamlNode node, Map<String, CompoundPart> parts) {
    Optional<PartValue.Computed> width = Optional.empty();
    YamlNode list = node;
    if (node instanceof Mapping) {
      Fields fields = Fields.of(node, "action " + Words.quote(name.value()), ACTION);
      width = fields.optional("width").map(n -> Formulas.number(n, "width", attributes));
      list = fields.required("parts", "parts: [data.read]");
    }
    List<CompoundAction.Use> uses = new ArrayList<>();
    for (YamlNode item : Values.list(list, name.value(), "expected a list such as '[data.read]'")) {
      uses.add(use(item, parts));
    }
    if (uses.isEmpty() || uses.size() > MOST_PARTS) {
      throw list.at().error(uses.size() + " actions of parts", "expected 1 to " + MOST_PARTS);
    }
    return new CompoundAction(Values.name(name, "action"), uses, width);
  }

  private CompoundAction.Use use(YamlNode item, Map<String, CompoundPart> parts) {
    PartValue.Computed times = Formulas.ONE;
    YamlNode what = item;
    if (item instanceof Mapping) {
      Fields fields = Fields.of(item, "an action of a part", USE);
      what = fields.required("use", "use: data.read");
      times =
          fields
              .optional("times")
              .map(n -> Formulas.number(n, "times", attributes))
              .orElse(Formulas.ONE);
    }
    String text = Values.scalar(what, "use", "expected, for example, 'data.read'").value();
    int dot = text.indexOf('.');
    String part = dot < 0 ? text : text.substring(0, dot);
    if (dot < 0 || !parts.containsKey(part)) {
      throw what.at()
          .error(
              Words.quote(text) + " is no action of a part",
              "expected PART.ACTION with one of the parts " + String.join(", ", parts.keySet()),
              Words.didYouMean(part, parts.keySet()));
    }
    return new CompoundAction.Use(part, text.substring(dot + 1), times, what.at().toString());
  }
}
