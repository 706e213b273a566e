package org.einloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.schema.Schema;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a format that is written, as observed: what all documents have is required, what
 * some have is allowed. Documents that show all there is to see are up to who asks.
 */
final class ObservedSchema {
  /** Objects whose keys are names of tensors, rank variables, actions or attributes. */
  private static final Set<String> NAMED =
      Set.of("extents", "terms", "actions", "tensors", "attributes", "ports");

  /** What has a definition of its own, since it may contain itself or stands in many places. */
  private static final Map<String, String> DEFINED =
      Map.of("steps", "chain", "design", "architecture", "choice", "sparse_layer");

  /** What is always there beside another key, and elsewhere only in all documents here. */
  private static final Map<String, String> OPTIONAL = Map.of("toggle", "scale");

  private ObservedSchema() {}

  static Schema of(List<JsonNode> documents) {
    return of("", documents);
  }

  /** The steps of a derivation, wherever they stand, for the definition {@code step}. */
  static Schema step(List<JsonNode> documents) {
    List<JsonNode> steps = new ArrayList<>();
    documents.forEach(d -> collectSteps(d, steps));
    return of("step", steps);
  }

  private static void collectSteps(JsonNode node, List<JsonNode> steps) {
    if (node.isObject() && node.has("step")) {
      steps.add(node);
    }
    node.forEach(child -> collectSteps(child, steps));
  }

  private static Schema of(String key, List<JsonNode> nodes) {
    List<JsonNode> present = nodes.stream().filter(n -> !n.isNull()).toList();
    boolean nullable = present.size() < nodes.size();
    Schema schema = nonNull(key, present);
    if (!nullable || schema.json().isEmpty()) {
      return schema;
    }
    Object type = schema.json().get("type");
    if (type instanceof String single) {
      return schema.with("type", List.of(single, "null"));
    }
    return type instanceof List<?> several
        ? schema.with("type", append(several))
        : Schema.anyOf(schema, Schema.type("null"));
  }

  private static List<Object> append(List<?> types) {
    List<Object> all = new ArrayList<>(types);
    all.add("null");
    return all;
  }

  private static Schema nonNull(String key, List<JsonNode> nodes) {
    String defined = DEFINED.get(key);
    if (defined != null && nodes.stream().noneMatch(n -> n.isArray() && isSteps(n))) {
      return Schema.ref(defined);
    }
    if (nodes.isEmpty()) {
      return Schema.any();
    }
    if (nodes.stream().allMatch(JsonNode::isObject)) {
      if (key.equals("layers")) { // of a profile: values by tensor, tensors by layer
        return Schema.map(Schema.map(Schema.type("string")));
      }
      return NAMED.contains(key) ? Schema.map(of("", children(nodes))) : object(nodes);
    }
    if (nodes.stream().allMatch(JsonNode::isArray)) {
      return key.equals("parts") && isChains(nodes)
          ? Schema.list(Schema.ref("chain"))
          : Schema.list(of("", children(nodes)));
    }
    Set<String> types = new LinkedHashSet<>();
    nodes.forEach(n -> types.add(type(n)));
    if (types.contains("number")) {
      types.remove("integer");
    }
    return Schema.type(types.toArray(String[]::new));
  }

  /** The steps of a description's layer are loops, and no derivation. */
  private static boolean isSteps(JsonNode list) {
    return !list.isEmpty() && list.get(0).has("variable");
  }

  private static boolean isChains(List<JsonNode> nodes) {
    return nodes.stream().anyMatch(n -> !n.isEmpty() && n.get(0).isArray());
  }

  private static List<JsonNode> children(List<JsonNode> nodes) {
    List<JsonNode> all = new ArrayList<>();
    nodes.forEach(n -> n.forEach(all::add));
    return all;
  }

  private static Schema object(List<JsonNode> nodes) {
    Map<String, List<JsonNode>> values = new LinkedHashMap<>();
    for (JsonNode n : nodes) {
      n.propertyNames()
          .forEach(k -> values.computeIfAbsent(k, x -> new ArrayList<>()).add(n.get(k)));
    }
    var properties = new LinkedHashMap<String, Object>();
    List<String> required = new ArrayList<>();
    values.forEach(
        (key, of) -> {
          properties.put(key, of(key, of).json());
          if (of.size() == nodes.size() && values.containsKey(OPTIONAL.getOrDefault(key, key))) {
            required.add(key);
          }
        });
    Schema schema = Schema.type("object").with("properties", properties);
    return required.isEmpty() ? schema : schema.with("required", required);
  }

  private static String type(JsonNode n) {
    return n.isString()
        ? "string"
        : n.isBoolean()
            ? "boolean"
            : n.isIntegralNumber() ? "integer" : n.isNumber() ? "number" : "object";
  }
}
