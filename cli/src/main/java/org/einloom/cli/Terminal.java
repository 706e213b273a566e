package org.einloom.cli;

/** What is known of where output goes. */
final class Terminal {
  private static final int USUAL_WIDTH = 120;
  private static final int LEAST_WIDTH = 60;
  private static final int LEAST_TERMINAL = 80;

  private Terminal() {}

  /** Columns that a table may take: those of the terminal where the environment says. */
  static int width() {
    try {
      return Math.max(LEAST_WIDTH, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** Columns of a line that is written over and over, which must not take two. */
  static int progressWidth() {
    return System.getenv().containsKey("COLUMNS") ? width() : LEAST_TERMINAL;
  }

  /** Whether standard error is a terminal, as {@code ./einloom} tells by a system property. */
  static boolean showsProgressInPlace() {
    return Boolean.getBoolean("einloom.stderr-is-terminal");
  }
}
