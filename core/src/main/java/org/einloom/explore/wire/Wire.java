package org.einloom.explore.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Records as bytes, and back. */
public final class Wire {
  private static final int DIGITS = 32;

  private Wire() {}

  /**
   * The bytes of a record.
   *
   * @throws IllegalArgumentException if there is something in it that has none
   */
  public static byte[] bytes(Record value) {
    return RecordWriter.write(value);
  }

  /**
   * The record again, equal to the bit.
   *
   * @throws IllegalArgumentException if these are no bytes of such a record, as this version of
   *     Einloom has it
   */
  public static <R extends Record> R read(byte[] bytes, Class<R> type) {
    Object value = RecordReader.read(bytes);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("bytes of no " + type.getSimpleName());
    }
    return type.cast(value);
  }

  /** What names a record in files: 128 bits of a SHA-256 of its bytes, as hexadecimal digits. */
  public static String digest(Record value) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(value));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
