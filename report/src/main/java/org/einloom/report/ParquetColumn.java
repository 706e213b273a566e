package org.einloom.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of a Parquet file while it is filled: values of one type, or null where it may be. */
final class ParquetColumn {
  /** Types of values, by their numbers in the format. */
  enum Type {
    BOOLEAN(0),
    INT64(2),
    DOUBLE(5),
    TEXT(6);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  private final String name;
  private final Type type;
  private final boolean optional;
  private final List<@Nullable Object> values = new ArrayList<>();

  ParquetColumn(String name, Type type, boolean optional) {
    this.name = name;
    this.type = type;
    this.optional = optional;
  }

  String name() {
    return name;
  }

  Type type() {
    return type;
  }

  boolean optional() {
    return optional;
  }

  int size() {
    return values.size();
  }

  void add(@Nullable Object value) {
    if (value == null && !optional) {
      throw new IllegalArgumentException("no value for column " + name);
    }
    values.add(value);
  }

  /** Forgets its values, so that the next group of rows can be filled in. */
  void clear() {
    values.clear();
  }

  /**
   * The content of the only page of a group: which values are there, if not all have to be, then
   * these.
   */
  byte[] page() {
    var bytes = new ByteArrayOutputStream();
    if (optional) {
      byte[] levels = levels();
      bytes.writeBytes(little(4).putInt(levels.length).array());
      bytes.writeBytes(levels);
    }
    List<Object> present =
        values.stream().filter(Objects::nonNull).map(Object.class::cast).toList();
    switch (type) {
      case BOOLEAN -> bytes.writeBytes(bits(present));
      case INT64 -> present.forEach(v -> bytes.writeBytes(little(8).putLong((long) v).array()));
      case DOUBLE ->
          present.forEach(v -> bytes.writeBytes(little(8).putDouble((double) v).array()));
      case TEXT ->
          present.forEach(
              v -> {
                byte[] text = ((String) v).getBytes(StandardCharsets.UTF_8);
                bytes.writeBytes(little(4).putInt(text.length).array());
                bytes.writeBytes(text);
              });
    }
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bits(List<Object> values) {
    byte[] bits = new byte[(values.size() + 7) / 8];
    for (int i = 0; i < values.size(); i++) {
      bits[i / 8] |= (byte) ((boolean) values.get(i) ? 1 << i % 8 : 0);
    }
    return bits;
  }

  /** Definition levels of one bit, in runs: twice how many, then 1 for values that are there. */
  private byte[] levels() {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < values.size(); ) {
      boolean there = values.get(i) != null;
      int end = i;
      while (end < values.size() && (values.get(end) != null) == there) {
        end++;
      }
      int header = (end - i) << 1;
      while (header >= 0x80) {
        bytes.write((header & 0x7F) | 0x80);
        header >>>= 7;
      }
      bytes.write(header);
      bytes.write(there ? 1 : 0);
      i = end;
    }
    return bytes.toByteArray();
  }
}
