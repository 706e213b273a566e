package org.einloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where standard output goes. */
final class StandardOutput {
  /** How a shell sees that a command was ended by SIGPIPE (13), which Java is never sent. */
  static final int CLOSED = 128 + 13;

  private static final Path DESCRIPTOR = Path.of("/dev/fd/1");
  private static final int KIND = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private StandardOutput() {}

  /**
   * Whether another program reads it. Writing there fails only after that program closed it, as
   * {@code head} does; writing to a file also fails where there is no space left.
   */
  static boolean isPipe() {
    try {
      int kind = (Integer) Files.getAttribute(DESCRIPTOR, "unix:mode") & KIND;
      return kind == PIPE || kind == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false; // no such file on this system
    }
  }
}
