package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** The values that nodes of a graph can name: its own, and those of the graph around it. */
final class Scope {
  private final Map<String, Value> values = new HashMap<>();
  private final @Nullable Scope outer;

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** Adds a value; a name is given once. */
  void define(String name, Value value) {
    if (values.put(name, value) != null) {
      throw new InvalidSpecException("value '" + name + "' is made twice");
    }
  }

  boolean defines(String name) {
    return values.containsKey(name);
  }

  @Nullable Value find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
