package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Row;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one node in one respect.
 *
 * @param type spatial, temporal, dataspace, or a limit
 * @param what names them for messages
 */
record Rules(String type, String what, Map<String, Tree> entries, Position at) {
  static final String SPATIAL = "spatial";
  static final String TEMPORAL = "temporal";
  static final String DATASPACE = "dataspace";
  private static final List<String> LOOPS =
      List.of(
          "factors",
          "permutation",
          "factors_only",
          "no_iteration_over_dataspaces",
          "must_iterate_over_dataspaces",
          "maximize_dims",
          "maximize_dims_capacity",
          "default_max_factor",
          "default_min_factor",
          "remainders",
          "no_reuse",
          "no_temporal_reuse");

  /** The keys of each type. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          SPATIAL,
          with(LOOPS, "split", "no_link_transfer", "no_multicast_no_reduction"),
          TEMPORAL,
          with(LOOPS, "rmw_first_update"),
          DATASPACE,
          List.of("keep", "bypass", "keep_only", "bypass_only", "no_coalesce"),
          "max_overbooked_proportion",
          List.of("proportion"),
          "utilization",
          List.of("min", "max"),
          "parallelism",
          List.of("min", "max"));

  /** What two places can say together; of anything else they must say the same. */
  private static final Set<String> JOINED =
      Set.of(
          "factors",
          "factors_only",
          "no_reuse",
          "no_temporal_reuse",
          "no_link_transfer",
          "no_multicast_no_reduction",
          "no_iteration_over_dataspaces",
          "rmw_first_update",
          "keep",
          "bypass",
          "no_coalesce");

  Rules {
    entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  private static List<String> with(List<String> list, String... more) {
    List<String> all = new ArrayList<>(list);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  static List<String> types() {
    return KEYS.keySet().stream().sorted().toList();
  }

  /** The type that a word means, as it is written or as the mappings of others say it. */
  static String type(String given, Position at) {
    return switch (given) {
      case "bypass", "bypassing", "datatype" -> DATASPACE;
      default -> {
        if (!KEYS.containsKey(given)) {
          throw at.error(
              "unknown type " + Words.quote(given) + " of a constraint",
              "expected " + Words.list(types()),
              Words.didYouMean(given, types()));
        }
        yield given;
      }
    };
  }

  /** What stands in a mapping, apart from a type and target. */
  static Rules of(String type, Keyed keyed, String owner) {
    String what = "the " + type + " constraints of '" + owner + "'";
    List<String> known = with(KEYS.getOrDefault(type, List.of()), "type", "target");
    Map<String, Tree> entries = new LinkedHashMap<>();
    for (Entry e : Keys.of(keyed, what, known)) {
      String key = e.key().value();
      if (!key.equals("type") && !key.equals("target")) {
        entries.put(key, e.value());
      }
    }
    return new Rules(type, what, entries, keyed.at());
  }

  /** What both ask. */
  Rules and(Rules other) {
    Map<String, Tree> all = new LinkedHashMap<>(entries);
    other.entries.forEach(
        (key, value) -> {
          Tree mine = all.get(key);
          all.put(key, mine == null ? value : both(key, mine, value));
        });
    return new Rules(type, what, all, at);
  }

  private Tree both(String key, Tree mine, Tree other) {
    if (!JOINED.contains(key)) {
      return Combine.both(mine, other, "'" + key + "' in " + what, false);
    }
    List<Tree> all = new ArrayList<>(pieces(key, mine));
    all.addAll(pieces(key, other));
    return Row.of(all, mine.at(), "");
  }

  private static List<Tree> pieces(String key, Tree tree) {
    return tree instanceof Row row
        ? row.items()
        : key.startsWith("factors")
            ? List.of(tree)
            : List.copyOf(Expressions.words(tree, "'" + key + "'"));
  }

  @Nullable Tree find(String key) {
    return entries.get(key);
  }

  /** The members of a list of words; none where it does not stand. */
  List<Tree.Leaf> words(String key) {
    Tree tree = entries.get(key);
    return tree == null ? List.of() : Expressions.words(tree, "'" + key + "' in " + what);
  }

  /** The same rules with something else under a key; or without it, when it is null. */
  Rules with(String key, @Nullable Tree tree) {
    Map<String, Tree> all = new LinkedHashMap<>(entries);
    if (tree == null) {
      all.remove(key);
    } else {
      all.put(key, tree);
    }
    return new Rules(type, what, all, at);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }
}
