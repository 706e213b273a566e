package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.jspecify.annotations.Nullable;

/** The top-level keys of all files together, by the names that the front end has for them. */
final class TopLevel {
  static final String ARCHITECTURE = "architecture";
  static final String PROBLEM = "problem";
  static final String VARIABLES = "variables";
  static final String CONSTRAINTS = "constraints";
  static final String MAPPING = "mapping";
  static final String COMPONENTS = "components";
  static final String GLOBALS = "globals";
  private static final List<String> EXACT =
      List.of(
          ARCHITECTURE,
          PROBLEM,
          VARIABLES,
          "mapper",
          "mapspace",
          "sparse_optimizations",
          "ERT",
          "ART",
          "ERT_summary",
          "ART_summary");

  /** A key that has one of these in it means that; the first counts. */
  private static final List<String> WITHIN = List.of(COMPONENTS, CONSTRAINTS, MAPPING, GLOBALS);

  private final Map<String, Entry> all = new LinkedHashMap<>();

  /** Whether files are for the front end: an architecture of {@code nodes}. */
  static boolean isFront(List<Keyed> files) {
    return files.stream()
        .map(f -> f.find(ARCHITECTURE))
        .anyMatch(a -> a instanceof Keyed k && k.find("nodes") != null);
  }

  static TopLevel of(List<Keyed> files) {
    var top = new TopLevel();
    for (Keyed file : files) {
      for (Entry e : Keys.of(file)) {
        top.add(e);
      }
    }
    return top;
  }

  private void add(Entry e) {
    String key = meaning(e.key());
    Tree value = value(key, e.value());
    Entry mine = all.get(key);
    all.put(
        key,
        mine == null
            ? new Entry(e.key(), value)
            : new Entry(mine.key(), combined(key, mine.value(), value)));
  }

  private static Tree combined(String key, Tree mine, Tree value) {
    boolean lists =
        key.equals(CONSTRAINTS)
            || key.equals(MAPPING)
            || key.equals(COMPONENTS)
            || key.equals(ARCHITECTURE);
    return Combine.both(mine, value, Words.quote(key), lists);
  }

  private static String meaning(Leaf key) {
    String name = key.value();
    if (EXACT.contains(name)) {
      return name;
    }
    for (String part : WITHIN) {
      if (name.contains(part)) {
        return part;
      }
    }
    List<String> known = new ArrayList<>(EXACT);
    known.addAll(WITHIN);
    throw key.at()
        .error(
            "unknown key " + Words.quote(name) + " at the top of a Timeloop file",
            "expected " + String.join(", ", known),
            Words.didYouMean(name, known));
  }

  /** Lists of mappings, as several includes make them, are one mapping. */
  private static Tree value(String key, Tree value) {
    boolean list = key.equals(VARIABLES) || key.equals(GLOBALS) || key.equals(PROBLEM);
    if (!list || !(value instanceof Row row)) {
      return value;
    }
    Tree all = Keyed.of(List.of(), row.at(), "");
    for (Tree item : Keys.flat(row, "'" + key + "'")) {
      all =
          Combine.both(all, Keys.keyed(item, "a member of '" + key + "'"), "'" + key + "'", false);
    }
    return all;
  }

  /** What stands under a key, if it does. */
  @Nullable Tree find(String key) {
    Entry e = all.get(key);
    return e == null ? null : e.value();
  }

  /** What stands under a key; nothing where it does not stand. */
  Keyed keyed(String key) {
    Tree tree = find(key);
    return tree == null
        ? Keyed.of(List.of(), Position.of(""), "")
        : Keys.keyed(tree, "'" + key + "'");
  }

  /** The key as it is written, and what stands under it. */
  @Nullable Entry entry(String key) {
    return all.get(key);
  }
}
