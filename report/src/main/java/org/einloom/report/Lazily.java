package org.einloom.report;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

/** Lists whose elements are made when they are asked for, so that they are never all there. */
final class Lazily {
  private Lazily() {}

  /** One element for each of these. */
  static <T> List<Object> list(List<T> from, Function<T, Object> element) {
    return new AbstractList<>() {
      @Override
      public Object get(int index) {
        return element.apply(from.get(index));
      }

      @Override
      public int size() {
        return from.size();
      }
    };
  }
}
