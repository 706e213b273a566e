package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.List;

/** What templates have included, waiting for its place in the document. */
final class Included {
  /** The tag that stands where something was included, with its number. */
  static final String TAG = "!einloom-included";

  private final List<Tree> trees = new ArrayList<>();

  /** Keeps a tree; the text that stands for it. */
  String add(Tree tree) {
    trees.add(tree);
    return TAG + " " + (trees.size() - 1);
  }

  Tree get(int number) {
    return trees.get(number);
  }
}
