package org.einloom.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells how far a long command is: in place on a terminal, else a line at a time. */
final class Progress {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean inPlace;
  private final int total;
  private int done;

  Progress(PrintWriter err, boolean inPlace, int total) {
    this.err = err;
    this.inPlace = inPlace;
    this.total = total;
  }

  /** A part begins. */
  void begin(String what) {
    if (inPlace) {
      err.print(CLEAR_LINE + line(done + 1, what) + " ...");
      err.flush();
    }
  }

  /** The part that began is done. */
  void end(String what, double seconds) {
    done++;
    if (!inPlace) {
      err.println(line(done, what) + String.format(Locale.ROOT, ": %.1f s", seconds));
      err.flush();
    }
  }

  /** Nothing more to tell; leaves a clean line. */
  void close() {
    if (inPlace) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private String line(int number, String what) {
    return "einloom: mapping " + number + " of " + total + ", " + what;
  }
}
