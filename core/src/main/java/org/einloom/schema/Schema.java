package org.einloom.schema;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A JSON Schema or a part of one (https://json-schema.org/draft/2020-12).
 *
 * @param json its keywords in order; values are text, numbers, booleans, lists and maps of these
 */
public record Schema(SequencedMap<String, Object> json) {
  /** What {@code $schema} is. */
  public static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  public Schema {
    json = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(json));
  }

  /** With one keyword. */
  public static Schema of(String keyword, Object value) {
    var json = new LinkedHashMap<String, Object>();
    json.put(keyword, value);
    return new Schema(json);
  }

  /** This with another keyword. */
  public Schema with(String keyword, Object value) {
    var more = new LinkedHashMap<>(json);
    more.put(keyword, value);
    return new Schema(more);
  }

  /** Anything. */
  public static Schema any() {
    return new Schema(new LinkedHashMap<>());
  }

  /** A definition of the same document. */
  public static Schema ref(String definition) {
    return of("$ref", "#/$defs/" + definition);
  }

  /** One of these types. */
  public static Schema type(String... types) {
    return of("type", types.length == 1 ? types[0] : List.of(types));
  }

  /** Text that a regular expression of ECMA-262 matches from beginning to end. */
  public static Schema text(String pattern) {
    return type("string").with("pattern", "^(?:" + pattern + ")$");
  }

  /** One of these values. */
  public static Schema oneOf(Object... values) {
    return of("enum", List.of(values));
  }

  /** What one of these allows. */
  public static Schema anyOf(Schema... schemas) {
    return of("anyOf", Arrays.stream(schemas).map(Schema::json).toList());
  }

  /** A list. */
  public static Schema list(Schema item) {
    return type("array").with("items", item.json());
  }

  /** A list with something in it. */
  public static Schema someOf(Schema item) {
    return list(item).with("minItems", 1);
  }

  /** An object whose keys the user chooses. */
  public static Schema map(Schema value) {
    return type("object").with("additionalProperties", value.json());
  }

  /** This with a line that says what it means. */
  public Schema described(String description) {
    return description.isEmpty() ? this : with("description", description);
  }

  /** A whole document. */
  public static Schema document(String title, Schema body, Map<String, Schema> definitions) {
    Schema all = of("$schema", DRAFT).with("title", title);
    for (Map.Entry<String, Object> e : body.json().entrySet()) {
      all = all.with(e.getKey(), e.getValue());
    }
    var defs = new LinkedHashMap<String, Object>();
    definitions.forEach((name, schema) -> defs.put(name, schema.json()));
    return defs.isEmpty() ? all : all.with("$defs", defs);
  }
}
