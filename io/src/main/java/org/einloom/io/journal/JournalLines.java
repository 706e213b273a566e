package org.einloom.io.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The lines of a file, one after the other. */
final class JournalLines {
  private static final int LONGEST = 1 << 28;

  /**
   * A line.
   *
   * @param bytes without its end
   * @param ended whether its end was there
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares lines
  record Line(byte[] bytes, boolean ended) {
    /** In bytes, its end included. */
    long length() {
      return bytes.length + (ended ? 1L : 0);
    }
  }

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;

  JournalLines(InputStream in) {
    this.in = in;
  }

  /** Empty at the end of the file. */
  Optional<Line> next() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      if (at == filled) {
        at = 0;
        filled = in.read(buffer);
        if (filled <= 0) {
          filled = 0;
          return line.size() == 0
              ? Optional.empty()
              : Optional.of(new Line(line.toByteArray(), false));
        }
      }
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, at, end - at);
      boolean ended = end < filled;
      at = ended ? end + 1 : end;
      if (ended) {
        return Optional.of(new Line(line.toByteArray(), true));
      }
      if (line.size() > LONGEST) {
        throw new IOException("a line of more than %d MiB".formatted(LONGEST >> 20));
      }
    }
  }
}
