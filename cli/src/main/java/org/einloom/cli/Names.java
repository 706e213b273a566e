package org.einloom.cli;

import java.util.Collection;
import org.einloom.io.input.Words;

/** Names that a user gives. */
final class Names {
  private Names() {}

  /** {@code ; did you mean 'x'?}, or nothing, to end a message with. */
  static String guess(String given, Collection<String> known) {
    String guess = Words.didYouMean(given, known);
    return guess.isEmpty() ? "" : "; " + guess;
  }
}
