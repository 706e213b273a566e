package org.einloom.io.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.component.Value;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;
import org.einloom.profile.DataAttributes;

/**
 * Reads {@code component: {class: sram, width: 64 b}} of a node. Attributes that the class knows
 * and the node does not give there come from the node ({@code size}) and the architecture ({@code
 * technology}, {@code voltage}), those that describe the data from what was measured.
 *
 * @param catalog the classes there are
 * @param shared attributes that the architecture gives to all components
 * @param data what was measured
 */
record PartReader(Supplier<Catalog> catalog, Map<String, YamlNode> shared, DataAttributes data) {
  static final String COMPONENT = "component";
  private static final String CLASS = "class";
  private static final String COUNT = "count";
  private static final String SIZE = "size";
  private static final long MOST = 1L << 40;

  /**
   * The components that a node names.
   *
   * @param name of the node
   * @param owner its fields
   * @param sizeBits its capacity
   */
  Optional<Part> read(String name, Fields owner, OptionalLong sizeBits) {
    return owner.optional(COMPONENT).map(node -> part(name, node, owner, sizeBits));
  }

  private Part part(String nodeName, YamlNode node, Fields owner, OptionalLong sizeBits) {
    String what = "'component' of " + owner.what();
    if (!(node instanceof Mapping mapping)) {
      throw node.at()
          .error(
              what + " is " + node.kind(),
              "expected a class and its attributes, as in '{class: register_file, width: 16 b}'");
    }
    Scalar name =
        Values.scalar(
            entry(mapping, CLASS)
                .orElseThrow(
                    () ->
                        mapping
                            .at()
                            .error(
                                what + " has no key 'class'",
                                "expected, for example, 'class: register_file'")),
            CLASS,
            "expected the name of a component class");
    ComponentModel model = model(name);
    Attributes attributes = given(mapping, model);
    long count = entry(mapping, COUNT).map(n -> Values.integer(n, COUNT, 1, MOST)).orElse(1L);
    attributes = completed(attributes, model, sizeBits, count, mapping.at());
    attributes = measured(attributes, model, nodeName);
    Attributes all = attributes;
    return new Part(
        mapping.at().locate(() -> catalog.get().estimate(model.componentClass(), all)),
        count,
        name.at());
  }

  private ComponentModel model(Scalar name) {
    List<String> known = catalog.get().names();
    if (!known.contains(name.value())) {
      throw name.at()
          .error(
              "unknown component class " + Words.quote(name.value()),
              "expected one of " + String.join(", ", known),
              Words.didYouMean(name.value(), known));
    }
    return catalog.get().model(name.value());
  }

  private static Attributes given(Mapping mapping, ComponentModel model) {
    Attributes attributes = Attributes.NONE;
    for (YamlNode.Entry e : mapping.entries()) {
      String key = e.key().value();
      if (key.equals(CLASS) || key.equals(COUNT)) {
        continue;
      }
      Attribute attribute = e.key().at().locate(() -> Catalog.attribute(model, key));
      attributes = attributes.with(key, AttributeReader.read(attribute, e.value()));
    }
    return attributes;
  }

  private Attributes completed(
      Attributes given, ComponentModel model, OptionalLong sizeBits, long count, Position at) {
    Attributes all = given;
    for (Attribute a : model.attributes()) {
      if (all.has(a.name())) {
        continue;
      }
      YamlNode node = shared.get(a.name());
      if (node != null) {
        all = all.with(a.name(), AttributeReader.read(a, node));
      } else if (a.name().equals(SIZE) && sizeBits.isPresent()) {
        all = all.with(SIZE, size(sizeBits.getAsLong(), count, at));
      } else if (a.name().equals("technology") && a.required()) {
        throw at.error(
            "component class " + Words.quote(model.componentClass()) + " needs a technology",
            "add, for example, 'technology: 65nm' to the architecture, or to this component");
      }
    }
    return all;
  }

  /** What the file says of the data goes before what was measured, that before the default. */
  private Attributes measured(Attributes given, ComponentModel model, String node) {
    Attributes all = given;
    for (Attribute a : model.attributes()) {
      Value value = given.values().get(a.name());
      if (!a.data()) {
        continue;
      }
      if (value != null) {
        data.given(node, a.name(), value.toString());
        continue;
      }
      OptionalDouble share = data.of(node, a.name());
      if (share.isPresent()) {
        all = all.with(a.name(), share.getAsDouble());
      }
    }
    return all;
  }

  private static Value size(long bits, long count, Position at) {
    if (bits % count != 0) {
      throw at.error(
          count + " components do not share " + bits + " bits evenly",
          "expected a 'count' that divides the size, or a 'size' of the component");
    }
    long each = bits / count;
    return Value.of((double) each);
  }

  private static Optional<YamlNode> entry(Mapping mapping, String key) {
    return mapping.entries().stream()
        .filter(e -> e.key().value().equals(key))
        .map(YamlNode.Entry::value)
        .findFirst();
  }
}
