package org.einloom.io.input;

import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Something in a file that a user gave is wrong. The message is one line that says where, what, and
 * what was expected: {@code arch.yaml:12:5: unknown key 'sise' in a memory; expected one of ...;
 * did you mean 'size'?}
 */
public final class InputException extends InvalidSpecException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final int column;
  private final String problem;
  private final String hint;

  /**
   * @param position where
   * @param problem what is wrong
   * @param hint what was expected, the nearest known name, a likely fix; may be empty
   * @param cause what the core or a library said, if it did
   */
  public InputException(Position position, String problem, String hint, @Nullable Throwable cause) {
    super(position + ": " + problem + (hint.isEmpty() ? "" : "; " + hint));
    if (cause != null) {
      initCause(cause);
    }
    this.file = position.file();
    this.line = position.line();
    this.column = position.column();
    this.problem = problem;
    this.hint = hint;
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** The line, from 1; 0 when the file as a whole is wrong. */
  public int line() {
    return line;
  }

  /** The column in characters, from 1; 0 when the file as a whole is wrong. */
  public int column() {
    return column;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }

  /** What was expected, the nearest known name, a likely fix; may be empty. */
  public String hint() {
    return hint;
  }
}
