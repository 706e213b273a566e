package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Row;
import org.jspecify.annotations.Nullable;

/**
 * Writes out {@code <<} and {@code <<<}. What stands beside the merge counts more than what is
 * merged, and of several merged mappings the first. {@code <<<} goes on into mappings that both
 * have, and joins lists that both have, except where {@code !nomerge} stands.
 */
final class Merges {
  private static final String FLAT = "<<";
  private static final String DEEP = "<<<";

  private Merges() {}

  /** The mapping without merge keys. */
  static Keyed apply(Keyed keyed) {
    Entry merge = null;
    for (Entry e : keyed.entries()) {
      if (isMerge(e)) {
        if (merge != null) {
          throw e.key()
              .at()
              .error("a mapping has both '<<' and '<<<'", "expected one of them, with a list");
        }
        merge = e;
      }
    }
    return merge == null ? keyed : merged(keyed, merge);
  }

  private static boolean isMerge(Entry e) {
    return !e.key().quoted() && (e.key().value().equals(FLAT) || e.key().value().equals(DEEP));
  }

  private static Keyed merged(Keyed keyed, Entry merge) {
    boolean deep = merge.key().value().equals(DEEP);
    Map<String, Entry> more = new LinkedHashMap<>();
    List<Tree> sources = merge.value() instanceof Row row ? flat(row) : List.of(merge.value());
    for (Tree source : sources) {
      if (!(source instanceof Keyed from)) {
        throw source
            .at()
            .error(
                Words.quote(merge.key().value()) + " is given " + source.kind(),
                "expected a mapping, as '<<: *anchor', or a list of them");
      }
      join(more, from.entries(), deep);
    }
    // what is merged counts as written where the merge stands, so that expressions below see it
    Map<String, Entry> all = new LinkedHashMap<>();
    Map<String, Entry> own = new LinkedHashMap<>();
    keyed.entries().stream().filter(e -> !isMerge(e)).forEach(e -> own.put(e.key().value(), e));
    for (Entry e : keyed.entries()) {
      if (isMerge(e)) {
        more.values().stream()
            .filter(m -> !own.containsKey(m.key().value()))
            .forEach(m -> all.put(m.key().value(), m));
      } else {
        Entry other = more.get(e.key().value());
        all.put(e.key().value(), deep && other != null ? both(e, other) : e);
      }
    }
    return Keyed.of(List.copyOf(all.values()), keyed.at(), keyed.tag());
  }

  private static List<Tree> flat(Row row) {
    List<Tree> all = new ArrayList<>();
    for (Tree item : row.items()) {
      if (item instanceof Row inner) {
        all.addAll(inner.items());
      } else {
        all.add(item);
      }
    }
    return all;
  }

  private static void join(Map<String, Entry> into, List<Entry> entries, boolean deep) {
    for (Entry e : entries) {
      @Nullable Entry mine = into.get(e.key().value());
      if (mine == null) {
        into.put(e.key().value(), e);
      } else if (deep) {
        into.put(e.key().value(), both(mine, e));
      }
    }
  }

  private static Entry both(Entry mine, Entry other) {
    Tree value = mine.value();
    if (value.tag().equals(Tags.NO_MERGE)) {
      return mine;
    }
    if (value instanceof Keyed a && other.value() instanceof Keyed b) {
      Map<String, Entry> joined = new LinkedHashMap<>();
      a.entries().forEach(e -> joined.put(e.key().value(), e));
      join(joined, b.entries(), true);
      return new Entry(mine.key(), Keyed.of(List.copyOf(joined.values()), a.at(), a.tag()));
    }
    if (value instanceof Row a && other.value() instanceof Row b) {
      List<Tree> items = new ArrayList<>(a.items());
      items.addAll(b.items());
      return new Entry(mine.key(), Row.of(items, a.at(), a.tag()));
    }
    return mine;
  }
}
