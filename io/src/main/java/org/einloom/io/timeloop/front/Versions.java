package org.einloom.io.timeloop.front;

import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Leaf;

/** The version of Timeloop's input that is read. */
final class Versions {
  private static final String KNOWN = "0.4";

  private Versions() {}

  static void check(Tree tree) {
    Leaf leaf = Keys.leaf(tree, "'version'");
    if (!leaf.value().equals(KNOWN)) {
      throw leaf.at()
          .error("version " + Words.quote(leaf.value()) + " is not supported", "expected " + KNOWN);
    }
  }
}
