package org.einloom.explore.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** How a record is taken apart and put together. */
final class Shape {
  private static final ClassValue<Shape> KNOWN =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return new Shape(type);
        }
      };

  private final List<Method> accessors;
  private final Constructor<?> constructor;

  private Shape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
      constructor = type.getDeclaredConstructor(types);
      accessors.forEach(a -> a.setAccessible(true));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every record has it
    }
  }

  static Shape of(Class<?> record) {
    return KNOWN.get(record);
  }

  int size() {
    return accessors.size();
  }

  List<Object> components(Record record) {
    List<Object> components = new ArrayList<>(size());
    try {
      for (Method accessor : accessors) {
        components.add(Objects.requireNonNull(accessor.invoke(record)));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return components;
  }

  Record make(List<Object> components) {
    try {
      return (Record) constructor.newInstance(components.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("bytes of no " + constructor.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
