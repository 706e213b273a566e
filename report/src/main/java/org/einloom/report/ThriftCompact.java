package org.einloom.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes structures in Thrift's compact protocol, as far as headers and footers of Parquet files
 * need it (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
 * Fields of a structure are written by rising number.
 */
final class ThriftCompact {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int STOP = 0;
  private static final int LONGEST_SHORT_LIST = 14;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** By structure that is open, the number of the field before. */
  private final Deque<Integer> fields = new ArrayDeque<>();

  ThriftCompact() {
    fields.push(0);
  }

  /** Ends the outermost structure. */
  byte[] end() {
    bytes.write(STOP);
    return bytes.toByteArray();
  }

  ThriftCompact i32(int field, int value) {
    header(field, I32);
    varint(zigzag(value));
    return this;
  }

  ThriftCompact i64(int field, long value) {
    header(field, I64);
    varint(zigzag(value));
    return this;
  }

  ThriftCompact text(int field, String value) {
    header(field, BINARY);
    return binary(value);
  }

  /** A structure as a field; it is open until {@link #close}. */
  ThriftCompact open(int field) {
    header(field, STRUCT);
    fields.push(0);
    return this;
  }

  /** A structure as an element of a list. */
  ThriftCompact element() {
    fields.push(0);
    return this;
  }

  ThriftCompact close() {
    fields.pop();
    bytes.write(STOP);
    return this;
  }

  /** A list of structures, each then written between {@link #element} and {@link #close}. */
  ThriftCompact structures(int field, int size) {
    return list(field, size, STRUCT);
  }

  ThriftCompact i32s(int field, int... values) {
    list(field, values.length, I32);
    for (int value : values) {
      varint(zigzag(value));
    }
    return this;
  }

  ThriftCompact texts(int field, String... values) {
    list(field, values.length, BINARY);
    for (String value : values) {
      binary(value);
    }
    return this;
  }

  private ThriftCompact list(int field, int size, int type) {
    header(field, LIST);
    if (size <= LONGEST_SHORT_LIST) {
      bytes.write(size << 4 | type);
    } else {
      bytes.write(0xF0 | type);
      varint(size);
    }
    return this;
  }

  private ThriftCompact binary(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    varint(text.length);
    bytes.writeBytes(text);
    return this;
  }

  private void header(int field, int type) {
    int step = field - fields.pop();
    if (step < 1 || step > 15) {
      throw new IllegalArgumentException("field " + field + " follows by " + step);
    }
    fields.push(field);
    bytes.write(step << 4 | type);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
