package org.einloom.io.yaml;

import static org.einloom.schema.Schema.anyOf;
import static org.einloom.schema.Schema.oneOf;
import static org.einloom.schema.Schema.ref;
import static org.einloom.schema.Schema.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.component.Attribute;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.schema.Keys;
import org.einloom.schema.Schema;

/**
 * What {@code component:} takes: the attributes of the classes of a catalog. Of classes that it
 * does not have, which users define elsewhere, any.
 */
final class ComponentSchemas {
  /** What a component has from its node and its architecture. */
  private static final Set<String> INHERITED = Set.of("technology", "voltage", "size");

  private ComponentSchemas() {}

  static Schema component(Catalog catalog) {
    List<Object> rules = new ArrayList<>();
    for (ComponentModel model : catalog.models()) {
      var is = new LinkedHashMap<String, Object>();
      is.put("properties", Map.of("class", Map.of("const", model.componentClass())));
      is.put("required", List.of("class"));
      var rule = new LinkedHashMap<String, Object>();
      rule.put("if", is);
      rule.put("then", attributes(model).json());
      rules.add(rule);
    }
    var properties = new LinkedHashMap<String, Object>();
    Schema known = oneOf(catalog.names().toArray());
    properties.put("class", anyOf(known, ref("name")).described("A component class").json());
    properties.put("count", ref("positive").described("How many make the node").json());
    return type("object")
        .with("properties", properties)
        .with("required", List.of("class"))
        .with("additionalProperties", ref("scalar").json())
        .with("allOf", rules);
  }

  private static Schema attributes(ComponentModel model) {
    List<Keys.Key> keys = new ArrayList<>();
    keys.add(new Keys.Key("class", Schema.any(), true, ""));
    keys.add(new Keys.Key("count", Schema.any(), false, ""));
    for (Attribute a : model.attributes()) {
      boolean required = a.required() && !INHERITED.contains(a.name());
      keys.add(new Keys.Key(a.name(), value(a), required, a.description()));
    }
    return new Keys(keys).schema();
  }

  private static Schema value(Attribute a) {
    Schema number =
        anyOf(type("number"), Schema.text("\\s*[+-]?[\\d.]+(?:[eE][+-]?\\d+)?\\s*%?\\s*"));
    return switch (a.kind()) {
      case SIZE -> ref("size");
      case WIDTH -> anyOf(number, ref("size"));
      case COUNT, NUMBER -> number;
      case TECHNOLOGY -> ref("feature_size");
      case LENGTH -> ScalarSchemas.quantity(Unit.DISTANCE);
      case VOLTAGE -> ref("voltage");
      case BANDWIDTH -> ScalarSchemas.quantity(Unit.BANDWIDTH);
      case WORD -> a.words().isEmpty() ? ref("name") : oneOf(a.words().toArray());
    };
  }

  /** A part of a compound: its attributes can be formulas, and its class one of the user's. */
  static Schema part() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("part", ref("name").described("Its name in this class").json());
    properties.put("class", ref("name").described("A component class").json());
    properties.put("count", ref("formula").described("How many there are").json());
    return type("object")
        .with("properties", properties)
        .with("required", List.of("part", "class"))
        .with("additionalProperties", ref("formula").json());
  }
}
