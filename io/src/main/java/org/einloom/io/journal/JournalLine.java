package org.einloom.io.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A line of a journal: a JSON object whose first member is the CRC-32C of what follows it, so that
 * it can be told from one that was not written to its end, and other programs read it as JSON.
 */
final class JournalLine {
  private static final byte[] HEAD = "{\"crc32c\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NECK = "\",".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 8;

  /** Where what is summed begins. */
  private static final int BODY = HEAD.length + DIGITS + NECK.length;

  private JournalLine() {}

  /**
   * The line, its end included.
   *
   * @param json an object with a member or more, without line breaks
   */
  static byte[] of(String json) {
    if (!json.startsWith("{\"") || !json.endsWith("}") || json.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("not one line with an object: " + json);
    }
    byte[] rest = json.substring(1).getBytes(StandardCharsets.UTF_8);
    byte[] line = new byte[BODY + rest.length + 1];
    System.arraycopy(HEAD, 0, line, 0, HEAD.length);
    System.arraycopy(sum(rest, 0, rest.length), 0, line, HEAD.length, DIGITS);
    System.arraycopy(NECK, 0, line, HEAD.length + DIGITS, NECK.length);
    System.arraycopy(rest, 0, line, BODY, rest.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /**
   * The object, without its checksum; empty if this is not what was written.
   *
   * @param line without its end
   */
  static Optional<String> read(byte[] line) {
    if (line.length <= BODY || !at(line, 0, HEAD) || !at(line, HEAD.length + DIGITS, NECK)) {
      return Optional.empty();
    }
    return at(line, HEAD.length, sum(line, BODY, line.length - BODY))
        ? Optional.of("{" + new String(line, BODY, line.length - BODY, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static boolean at(byte[] line, int from, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (line[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] sum(byte[] bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
  }
}
