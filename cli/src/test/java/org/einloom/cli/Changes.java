package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Small random changes of documents: keys left out, misspelt or added, values swapped. */
final class Changes {
  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "16 b",
          "2 pJ",
          "3 KiB",
          "0.5",
          "75 %",
          "all",
          "true",
          "x",
          "4 /cycle",
          "65nm",
          "none",
          "1 um2");

  private Changes() {}

  /** The document with one change. */
  static JsonNode one(JsonNode document, Random random) {
    JsonNode copy = document.deepCopy();
    List<ObjectNode> objects = new ArrayList<>();
    collect(copy, objects);
    ObjectNode object = objects.get(random.nextInt(objects.size()));
    List<String> names = new ArrayList<>(object.propertyNames());
    String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.put(name + "z", "1");
      case 2 -> {
        JsonNode value = object.remove(name);
        if (value != null) {
          object.set("x" + name, value);
        }
      }
      case 3 -> object.put(name.isEmpty() ? "x" : name, VALUES.get(random.nextInt(VALUES.size())));
      default -> {
        if (object.get(name) instanceof ArrayNode list && !list.isEmpty()) {
          list.remove(random.nextInt(list.size()));
        } else {
          object.put(name.isEmpty() ? "x" : name, random.nextInt(9));
        }
      }
    }
    return copy;
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode o) {
      objects.add(o);
    }
    node.forEach(child -> collect(child, objects));
  }
}
