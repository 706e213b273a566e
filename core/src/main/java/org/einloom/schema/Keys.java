package org.einloom.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The keys that an object of a file can have.
 *
 * @param all in the order in which messages list them
 */
public record Keys(List<Key> all) {
  /**
   * One key.
   *
   * @param name as it is written
   * @param value what may stand there
   * @param required whether the object is wrong without it
   * @param description one line for people; may be empty
   */
  public record Key(String name, Schema value, boolean required, String description) {}

  public Keys {
    all = List.copyOf(all);
  }

  /** These keys. */
  public static Keys of(Key... keys) {
    return new Keys(Arrays.asList(keys));
  }

  /** A key that must be there; its value is a definition of that name. */
  public static Key must(String name, String definition, String description) {
    return new Key(name, Schema.ref(definition), true, description);
  }

  /** A key that may be there; its value is a definition of that name. */
  public static Key may(String name, String definition, String description) {
    return new Key(name, Schema.ref(definition), false, description);
  }

  /** The names, in order. */
  public List<String> names() {
    return all.stream().map(Key::name).toList();
  }

  /** These and others. */
  public Keys and(Key... more) {
    List<Key> keys = new ArrayList<>(all);
    keys.addAll(Arrays.asList(more));
    return new Keys(keys);
  }

  /** These but for some. */
  public Keys without(String... names) {
    List<String> left = Arrays.asList(names);
    return new Keys(all.stream().filter(k -> !left.contains(k.name())).toList());
  }

  /** An object with these keys and no others. */
  public Schema schema() {
    var properties = new LinkedHashMap<String, Object>();
    all.forEach(k -> properties.put(k.name(), k.value().described(k.description()).json()));
    Schema schema = Schema.type("object").with("properties", properties);
    List<String> required = all.stream().filter(Key::required).map(Key::name).toList();
    schema = required.isEmpty() ? schema : schema.with("required", required);
    return schema.with("additionalProperties", false);
  }
}
