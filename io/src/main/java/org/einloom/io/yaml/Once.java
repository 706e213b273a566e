package org.einloom.io.yaml;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks for something when it is first wanted, and then no more. For one thread. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> from;
  private @Nullable T value;

  Once(Supplier<T> from) {
    this.from = from;
  }

  @Override
  public T get() {
    if (value == null) {
      value = Objects.requireNonNull(from.get());
    }
    return value;
  }
}
