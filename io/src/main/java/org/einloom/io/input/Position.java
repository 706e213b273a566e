package org.einloom.io.input;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.einloom.workload.InvalidSpecException;

/**
 * A place in a file that a user gave.
 *
 * @param file the file as the user named it
 * @param line from 1; 0 when the file as a whole is meant
 * @param column in characters, from 1; 0 when the line or file as a whole is meant
 */
public record Position(String file, int line, int column) {
  /** The file as a whole. */
  public static Position of(String file) {
    return new Position(file, 0, 0);
  }

  /** The place some characters further on in the same line. */
  public Position plus(int characters) {
    return new Position(file, line, column + characters);
  }

  /**
   * The exception to throw for something wrong here.
   *
   * @param problem what is wrong
   * @param hints what was expected, the nearest known name, a likely fix; empty ones are left out
   */
  public InputException error(String problem, String... hints) {
    String hint = Stream.of(hints).filter(h -> !h.isEmpty()).collect(Collectors.joining("; "));
    return new InputException(this, problem, hint, null);
  }

  /**
   * Runs what builds a core record from what stands here, so that an {@link InvalidSpecException}
   * from the core gets a place.
   */
  public <T> T locate(Supplier<T> build) {
    try {
      return build.get();
    } catch (InputException e) {
      throw e;
    } catch (InvalidSpecException e) {
      throw new InputException(this, String.valueOf(e.getMessage()), "", e);
    }
  }

  /** As compilers write it, {@code file:line:column}. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
