package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;

/** What is said of one thing in two places, as one: they may add to each other, not differ. */
final class Combine {
  private Combine() {}

  /** Both; lists are joined when {@code lists} says so, else they must be the same. */
  static Tree both(Tree a, Tree b, String what, boolean lists) {
    if (isEmpty(a) || same(a, b)) {
      return isEmpty(a) ? b : a;
    }
    if (isEmpty(b)) {
      return a;
    }
    if (a instanceof Keyed x && b instanceof Keyed y) {
      Map<String, Entry> all = new LinkedHashMap<>();
      x.entries().forEach(e -> all.put(e.key().value(), e));
      for (Entry e : y.entries()) {
        Entry mine = all.get(e.key().value());
        all.put(
            e.key().value(),
            mine == null
                ? e
                : new Entry(
                    mine.key(),
                    both(
                        mine.value(),
                        e.value(),
                        Words.quote(e.key().value()) + " of " + what,
                        lists)));
      }
      return Keyed.of(List.copyOf(all.values()), x.at(), x.tag());
    }
    if (lists && a instanceof Row x && b instanceof Row y) {
      List<Tree> items = new ArrayList<>(x.items());
      items.addAll(y.items());
      return Row.of(items, x.at(), x.tag());
    }
    throw b.at()
        .error(
            what + " is given twice, and differently",
            "the first is at " + a.at(),
            "leave one of them out");
  }

  private static boolean isEmpty(Tree tree) {
    return switch (tree) {
      case Leaf l -> l.isNull();
      case Row r -> r.items().isEmpty();
      case Keyed k -> k.entries().isEmpty();
    };
  }

  private static boolean same(Tree a, Tree b) {
    if (a instanceof Leaf x && b instanceof Leaf y) {
      return x.value().equals(y.value());
    }
    if (a instanceof Row x && b instanceof Row y) {
      boolean same = x.items().size() == y.items().size();
      for (int i = 0; same && i < x.items().size(); i++) {
        same = same(x.items().get(i), y.items().get(i));
      }
      return same;
    }
    if (a instanceof Keyed x && b instanceof Keyed y) {
      return x.entries().size() == y.entries().size()
          && x.entries().stream()
              .allMatch(
                  e -> {
                    Tree other = y.find(e.key().value());
                    return other != null && same(e.value(), other);
                  });
    }
    return false;
  }
}
