package org.einloom.explore.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Reads what {@link RecordWriter} writes. Makes records and constants of Einloom alone, whatever
 * the bytes say.
 */
final class RecordReader {
  private static final String OURS = "org.einloom.";

  private final DataInputStream in;
  private final List<String> words = new ArrayList<>();

  private RecordReader(DataInputStream in) {
    this.in = in;
  }

  static Object read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Object value = new RecordReader(in).value();
      if (in.available() > 0) {
        throw new IllegalArgumentException("more bytes than a record has");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("bytes of no record", e);
    }
  }

  private Object value() throws IOException {
    Kind kind =
        Kind.of(in.readByte())
            .orElseThrow(() -> new IllegalArgumentException("bytes of no record"));
    return switch (kind) {
      case TEXT -> word();
      case TRUE -> true;
      case FALSE -> false;
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case DOUBLE -> Double.longBitsToDouble(in.readLong());
      case ENUM -> constant(word(), word());
      case PRESENT -> Optional.of(value());
      case EMPTY -> Optional.empty();
      case OPTIONAL_INT -> {
        Optional<?> o = as(Optional.class, value());
        yield o.isPresent() ? OptionalInt.of(as(Integer.class, o.get())) : OptionalInt.empty();
      }
      case OPTIONAL_LONG -> {
        Optional<?> o = as(Optional.class, value());
        yield o.isPresent() ? OptionalLong.of(as(Long.class, o.get())) : OptionalLong.empty();
      }
      case OPTIONAL_DOUBLE -> {
        Optional<?> o = as(Optional.class, value());
        yield o.isPresent() ? OptionalDouble.of(as(Double.class, o.get())) : OptionalDouble.empty();
      }
      case LIST -> all(count(), ArrayList::new);
      case SET -> all(count(), LinkedHashSet::new);
      case MAP -> {
        int size = count();
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          Object key = value();
          map.put(key, value());
        }
        yield map;
      }
      case RECORD -> record();
    };
  }

  private <C extends java.util.Collection<Object>> C all(int size, Supplier<C> make)
      throws IOException {
    C all = make.get();
    for (int i = 0; i < size; i++) {
      all.add(value());
    }
    return all;
  }

  private int count() throws IOException {
    int n = in.readInt();
    if (n < 0 || n > in.available()) {
      throw new EOFException();
    }
    return n;
  }

  private String word() throws IOException {
    int number = in.readInt();
    if (number == words.size()) {
      byte[] bytes = new byte[count()];
      in.readFully(bytes);
      words.add(new String(bytes, StandardCharsets.UTF_8));
    }
    if (number < 0 || number >= words.size()) {
      throw new IllegalArgumentException("bytes of no record");
    }
    return words.get(number);
  }

  private Record record() throws IOException {
    String name = word();
    Class<?> type = type(name);
    if (!type.isRecord()) {
      throw new IllegalArgumentException(name + " is no record");
    }
    Shape shape = Shape.of(type);
    List<Object> components = new ArrayList<>(shape.size());
    for (int i = 0; i < shape.size(); i++) {
      components.add(value());
    }
    return shape.make(components);
  }

  private static Object constant(String name, String constant) {
    Object[] constants = type(name).getEnumConstants();
    for (Object c : constants == null ? new Object[0] : constants) {
      if (((Enum<?>) c).name().equals(constant)) {
        return c;
      }
    }
    throw new IllegalArgumentException(name + " has no " + constant);
  }

  private static Class<?> type(String name) {
    if (!name.startsWith(OURS)) {
      throw new IllegalArgumentException("bytes of a " + name);
    }
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("bytes of a " + name + ", which is not here", e);
    }
  }

  private static <T> T as(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("bytes of no record");
    }
    return type.cast(value);
  }
}
