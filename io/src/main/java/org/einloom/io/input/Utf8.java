package org.einloom.io.input;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict decoding of text: what is not text is refused with its place. */
final class Utf8 {
  private Utf8() {}

  /**
   * The text without a byte order mark; an {@link InputException} names the first byte that is no
   * text.
   */
  static String decode(String file, byte[] bytes) {
    CharBuffer chars = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, chars, true);
    String text = chars.flip().toString();
    if (result.isError()) {
      throw end(file, text)
          .error(
              String.format("byte 0x%02x is not UTF-8 text", bytes[in.position()] & 0xff),
              "expected a YAML file saved as UTF-8");
    }
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    int i = 0;
    while (i < body.length()) {
      int c = body.codePointAt(i);
      if (!isYaml(c)) {
        throw end(file, body.substring(0, i))
            .error(
                String.format("character U+%04X is not allowed in a text file", c),
                "expected a YAML file saved as UTF-8");
      }
      i += Character.charCount(c);
    }
    return body;
  }

  /** What YAML 1.2 allows: production 1, c-printable. */
  private static boolean isYaml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= ' ' && c < 0x7f)
        || c == 0x85
        || (c >= 0xa0 && c < 0xfffe)
        || c >= 0x10000;
  }

  private static Position end(String file, String before) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new Position(file, line, before.length() - before.lastIndexOf('\n'));
  }
}
