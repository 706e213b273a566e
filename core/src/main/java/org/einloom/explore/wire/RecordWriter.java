package org.einloom.explore.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Writes records as bytes: text, numbers, truth values, constants of enums, optional values, lists,
 * sets, maps, and records of all these. Numbers keep every bit. Words are written once and then
 * referred to.
 *
 * <p>The same value has the same bytes in every process: sets, and maps whose order means nothing,
 * are written in the order of their elements, because that of the JDK's immutable ones differs from
 * run to run.
 */
final class RecordWriter {
  private final DataOutputStream out;
  private final Map<String, Integer> words = new HashMap<>();

  private RecordWriter(DataOutputStream out) {
    this.out = out;
  }

  static byte[] write(Record value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      new RecordWriter(out).value(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory is never full this way
    }
    return bytes.toByteArray();
  }

  private void value(Object value) throws IOException {
    switch (value) {
      case String s -> {
        kind(Kind.TEXT);
        word(s);
      }
      case Boolean b -> kind(b ? Kind.TRUE : Kind.FALSE);
      case Integer i -> {
        kind(Kind.INT);
        out.writeInt(i);
      }
      case Long l -> {
        kind(Kind.LONG);
        out.writeLong(l);
      }
      case Double d -> {
        kind(Kind.DOUBLE);
        out.writeLong(Double.doubleToRawLongBits(d));
      }
      case Enum<?> e -> {
        kind(Kind.ENUM);
        word(e.getDeclaringClass().getName());
        word(e.name());
      }
      case Optional<?> o -> optional(o);
      case OptionalInt o -> {
        kind(Kind.OPTIONAL_INT);
        optional(o.isPresent() ? Optional.of(o.getAsInt()) : Optional.empty());
      }
      case OptionalLong o -> {
        kind(Kind.OPTIONAL_LONG);
        optional(o.isPresent() ? Optional.of(o.getAsLong()) : Optional.empty());
      }
      case OptionalDouble o -> {
        kind(Kind.OPTIONAL_DOUBLE);
        optional(o.isPresent() ? Optional.of(o.getAsDouble()) : Optional.empty());
      }
      case List<?> l -> {
        kind(Kind.LIST);
        all(l);
      }
      case Set<?> s -> {
        kind(Kind.SET);
        all(inOrder(s));
      }
      case SequencedMap<?, ?> m -> map(m, List.copyOf(m.sequencedKeySet()));
      case Map<?, ?> m -> map(m, inOrder(m.keySet()));
      case Record r -> {
        kind(Kind.RECORD);
        word(r.getClass().getName());
        for (Object component : Shape.of(r.getClass()).components(r)) {
          value(component);
        }
      }
      default -> throw new IllegalArgumentException("no bytes for a " + value.getClass().getName());
    }
  }

  /** The same for equal sets: by nature, and records, which have no order, by their bytes. */
  private static List<?> inOrder(Set<?> set) {
    return set.stream().allMatch(Comparable.class::isInstance)
        ? set.stream().sorted().toList()
        : set.stream()
            .map(Record.class::cast)
            .map(r -> Map.entry(write(r), r))
            .sorted(Map.Entry.comparingByKey(Arrays::compare))
            .map(Map.Entry::getValue)
            .toList();
  }

  private void kind(Kind kind) throws IOException {
    out.writeByte(kind.code());
  }

  private void word(String word) throws IOException {
    Integer before = words.putIfAbsent(word, words.size());
    out.writeInt(before == null ? words.size() - 1 : before);
    if (before == null) {
      byte[] bytes = word.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  private void optional(Optional<?> o) throws IOException {
    kind(o.isPresent() ? Kind.PRESENT : Kind.EMPTY);
    if (o.isPresent()) {
      value(o.get());
    }
  }

  private void all(Collection<?> values) throws IOException {
    out.writeInt(values.size());
    for (Object v : values) {
      value(v);
    }
  }

  private void map(Map<?, ?> map, List<?> keys) throws IOException {
    kind(Kind.MAP);
    out.writeInt(keys.size());
    for (Object key : keys) {
      value(key);
      value(java.util.Objects.requireNonNull(map.get(key)));
    }
  }
}
