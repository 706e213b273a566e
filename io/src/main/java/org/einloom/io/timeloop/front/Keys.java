package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;

/** Looks into mappings, and says what is wrong with them. */
final class Keys {
  private static final String IGNORED = "ignore";

  private Keys() {}

  /** The entries, without those that are to be ignored; refuses keys that are not known. */
  static List<Entry> of(Keyed keyed, String what, List<String> known) {
    List<Entry> entries = of(keyed);
    for (Entry e : entries) {
      String key = e.key().value();
      if (!known.contains(key)) {
        throw e.key()
            .at()
            .error(
                "unknown key " + Words.quote(key) + " in " + what,
                "expected " + Words.list(known),
                Words.didYouMean(key, known));
      }
    }
    return entries;
  }

  /** The entries, without those whose keys say that they are to be ignored. */
  static List<Entry> of(Keyed keyed) {
    return keyed.entries().stream().filter(e -> !e.key().value().contains(IGNORED)).toList();
  }

  /** Keys and values; nothing counts as none of them. */
  static Keyed keyed(Tree tree, String what) {
    if (tree instanceof Keyed keyed) {
      return keyed;
    }
    if (tree instanceof Leaf leaf && leaf.isNull()) {
      return Keyed.of(List.of(), tree.at(), tree.tag());
    }
    throw tree.at().error(what + " is " + tree.kind(), "expected keys with values");
  }

  /** A list; nothing counts as an empty one. */
  static List<Tree> row(Tree tree, String what) {
    if (tree instanceof Row row) {
      return row.items();
    }
    if (tree instanceof Leaf leaf && leaf.isNull()) {
      return List.of();
    }
    throw tree.at().error(what + " is " + tree.kind(), "expected a list");
  }

  /** A list in which lists may stand, as includes of several files make them, as one. */
  static List<Tree> flat(Tree tree, String what) {
    List<Tree> all = new ArrayList<>();
    for (Tree item : row(tree, what)) {
      if (item instanceof Row) {
        all.addAll(flat(item, what));
      } else {
        all.add(item);
      }
    }
    return all;
  }

  /** A single value with something in it. */
  static Leaf leaf(Tree tree, String what) {
    if (tree instanceof Leaf leaf && !leaf.isNull() && !leaf.value().isBlank()) {
      return leaf;
    }
    throw tree.at().error(what + " is " + tree.kind(), "expected a single value");
  }
}
