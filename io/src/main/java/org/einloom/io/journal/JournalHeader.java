package org.einloom.io.journal;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The first line of a journal: what its results are of.
 *
 * @param study its name
 * @param parts everything that the results depend on, by what a user calls it ("the study file"),
 *     each as a fingerprint of its content
 * @param description what else is to be known of it, as text
 */
public record JournalHeader(String study, Map<String, String> parts, String description) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String KIND = "einloom study results";
  private static final int VERSION = 1;

  public JournalHeader {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** What is not the same there, by what a user calls it. */
  List<String> differences(JournalHeader other) {
    List<String> names = new ArrayList<>();
    parts.forEach(
        (name, fingerprint) -> {
          if (!fingerprint.equals(other.parts.get(name))) {
            names.add(name);
          }
        });
    other.parts.keySet().stream().filter(name -> !parts.containsKey(name)).forEach(names::add);
    return names;
  }

  String json() {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("kind", KIND);
      json.writeNumberProperty("version", VERSION);
      json.writeStringProperty("study", study);
      json.writeObjectPropertyStart("parts");
      parts.forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeStringProperty("description", description);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** What a line says; empty if it is no header of this version. */
  static Optional<JournalHeader> read(String line) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      String study = "";
      String description = "";
      var parts = new LinkedHashMap<String, String>();
      boolean known = false;
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "kind" -> known = json.getString().equals(KIND);
          case "version" -> known &= json.getIntValue() == VERSION;
          case "study" -> study = json.getString();
          case "description" -> description = json.getString();
          case "parts" -> {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
              String name = json.currentName();
              json.nextToken();
              parts.put(name, json.getString());
            }
          }
          default -> json.skipChildren();
        }
      }
      return known ? Optional.of(new JournalHeader(study, parts, description)) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
