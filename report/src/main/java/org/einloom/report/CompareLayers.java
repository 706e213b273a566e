package org.einloom.report;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a comparison draws of each result besides the totals: a small part of it. */
final class CompareLayers {
  private static final List<String> OF_LAYER =
      List.of(
          "name",
          "operator",
          "repeats",
          "macs",
          "operations",
          "energyPj",
          "cycles",
          "latencyS",
          "utilization",
          "boundBy",
          "outermostBits",
          "components");

  private CompareLayers() {}

  /**
   * Layers with the energy of their components, and which kind of node each component is.
   *
   * @param json a result, as {@link ResultJson} writes it
   */
  static JsonNode of(byte[] json) {
    JsonNode result = JsonMapper.shared().readTree(json);
    for (JsonNode layer : result.path("layers")) {
      retain(layer, OF_LAYER);
      for (JsonNode component : layer.path("components")) {
        retain(component, List.of("name", "energyPj"));
      }
    }
    for (JsonNode node : result.path("hardware").path("nodes")) {
      retain(node, List.of("component", "kind"));
    }
    retain(result, List.of("layers", "hardware"));
    return result;
  }

  private static void retain(JsonNode node, List<String> keys) {
    if (node instanceof ObjectNode object) {
      object.retain(keys);
    }
  }
}
