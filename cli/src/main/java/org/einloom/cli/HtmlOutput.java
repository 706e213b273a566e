package org.einloom.cli;

import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** Options that name a page for a browser. */
final class HtmlOutput {
  private HtmlOutput() {}

  /** A page is for a browser, which opens files. */
  static void check(String option, @Nullable String file) {
    if (Outputs.STANDARD_OUTPUT.equals(file)) {
      throw new InvalidSpecException(option + " is '-'; name a file, as in result.html");
    }
  }
}
