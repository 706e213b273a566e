package org.einloom.io.timeloop.template;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names stand for: the innermost meaning counts. */
public final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> values = new HashMap<>();

  /** An empty scope inside another. */
  public Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** Gives a name a meaning here and inside. */
  public void set(String name, Value value) {
    values.put(name, value);
  }

  /** What a name stands for, if it stands for anything. */
  public @Nullable Value find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** What is set here, not further out. */
  Map<String, Value> own() {
    return Map.copyOf(values);
  }

  /** All names that stand for something. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      names.addAll(scope.values.keySet());
    }
    return names;
  }
}
