package org.einloom.cli;

/** What is known of where output goes. */
final class Terminal {
  private static final int USUAL_WIDTH = 120;
  private static final int LEAST_WIDTH = 60;

  private Terminal() {}

  /** Columns that a table may take: those of the terminal where the environment says. */
  static int width() {
    try {
      return Math.max(LEAST_WIDTH, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  /** Whether standard error is a terminal, as {@code ./einloom} tells by a system property. */
  static boolean showsProgressInPlace() {
    return Boolean.getBoolean("einloom.stderr-is-terminal");
  }
}
