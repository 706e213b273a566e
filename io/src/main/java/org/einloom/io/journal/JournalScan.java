package org.einloom.io.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/**
 * A walk through a journal, line by line.
 *
 * <p>Lines are written one after the other, and each is on the disk before the next begins. So
 * whatever ends a run, only the last line can be one that was not written to its end: it is left
 * out, and what it told is done again. A wrong line with others after it was damaged by something
 * else, which nobody can mend without being told.
 *
 * @param lines how many are whole, the first included
 * @param end where the last of them ends, in bytes
 * @param torn how many bytes follow that are no line
 */
record JournalScan(long lines, long end, long torn) {
  /**
   * Where a line is.
   *
   * @param offset of its first byte
   * @param length in bytes, without its end
   */
  record Place(long offset, int length) {}

  /**
   * Looks at all of it, as far as it is written now.
   *
   * @param file its name
   * @param content from its beginning
   * @param whole takes the lines that are whole, in order, the first included
   * @throws InvalidSpecException if lines before the last are damaged
   */
  static JournalScan of(Path file, InputStream content, BiConsumer<String, Place> whole) {
    try {
      var in = new JournalLines(content);
      long lines = 0;
      long end = 0;
      Optional<JournalLines.Line> next = in.next();
      while (next.isPresent()) {
        JournalLines.Line line = next.get();
        next = in.next();
        Optional<String> json = line.ended() ? JournalLine.read(line.bytes()) : Optional.empty();
        if (json.isEmpty()) {
          if (next.isPresent()) {
            throw damaged(file, lines + 1);
          }
          return new JournalScan(lines, end, line.length());
        }
        whole.accept(json.get(), new Place(end, line.bytes().length));
        lines++;
        end += line.length();
      }
      return new JournalScan(lines, end, 0);
    } catch (IOException e) {
      throw new InvalidSpecException("cannot read " + name(file) + ": " + e.getMessage(), e);
    }
  }

  private static InvalidSpecException damaged(Path file, long line) {
    return new InvalidSpecException(
        line == 1
            ? name(file)
                + " is no journal of a study, or its first line is damaged; name another file, or"
                + " remove it to begin anew"
            : ("%s, line %d: the line does not match its checksum, and others follow it, so it was"
                    + " changed after it was written; restore the file, or remove that line: its point"
                    + " is then evaluated again")
                .formatted(name(file), line));
  }

  static String name(Path file) {
    return Words.printable(file.toString());
  }
}
