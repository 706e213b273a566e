package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a problem.
 *
 * @param dimensions by tensor, the dimensions that its projection names, in order
 * @param all the dimensions of the problem, in order
 */
record Tensors(Map<String, Set<String>> dimensions, List<String> all) {
  private static final String EVERY = "*";

  /**
   * Of a problem.
   *
   * @param flattened by dimension, the name of what it is flattened into
   */
  static Tensors of(Keyed problem, List<String> all, Map<String, String> flattened) {
    Map<String, Set<String>> tensors = new LinkedHashMap<>();
    if (problem.find("shape") instanceof Keyed shape) {
      @Nullable Tree spaces = shape.find("data_spaces");
      spaces = spaces == null ? shape.find("data-spaces") : spaces;
      if (spaces instanceof Row row) {
        for (Tree space : row.items()) {
          if (space instanceof Keyed k && k.find("name") instanceof Leaf name) {
            Set<String> used = new LinkedHashSet<>();
            @Nullable Tree projection = k.find("projection");
            if (projection != null) {
              collect(projection, all, flattened, used);
            }
            tensors.put(name.value(), used);
          }
        }
      }
    }
    return new Tensors(tensors, all);
  }

  private static void collect(
      Tree tree, List<String> all, Map<String, String> flattened, Set<String> used) {
    switch (tree) {
      case Row r -> r.items().forEach(t -> collect(t, all, flattened, used));
      case Leaf l -> {
        for (String word : l.value().split("\\W+")) {
          String dimension = flattened.getOrDefault(word, word);
          if (all.contains(dimension)) {
            used.add(dimension);
          }
        }
      }
      case Keyed k -> {}
    }
  }

  /** The names of tensors that a list has, with {@code *} written out; each once. */
  List<Leaf> named(List<Leaf> list, String what) {
    Map<String, Leaf> named = new LinkedHashMap<>();
    for (Leaf leaf : list) {
      if (leaf.value().equals(EVERY)) {
        dimensions.keySet().forEach(t -> named.putIfAbsent(t, leaf.with(t, false)));
      } else if (!dimensions.isEmpty() && !dimensions.containsKey(leaf.value())) {
        throw leaf.at()
            .error(
                what
                    + " name the tensor "
                    + Words.quote(leaf.value())
                    + ", which the problem lacks",
                "expected " + Words.list(dimensions.keySet()),
                Words.didYouMean(leaf.value(), dimensions.keySet()));
      } else {
        named.putIfAbsent(leaf.value(), leaf);
      }
    }
    return new ArrayList<>(named.values());
  }

  /** All tensors but some. */
  List<String> without(List<Leaf> some) {
    List<String> names = some.stream().map(Leaf::value).toList();
    return dimensions.keySet().stream().filter(t -> !names.contains(t)).toList();
  }

  /** All dimensions that some tensors have, or that none of them has. */
  List<String> dimensionsOf(List<Leaf> tensors, boolean had) {
    Set<String> used = new LinkedHashSet<>();
    tensors.forEach(t -> used.addAll(dimensions.getOrDefault(t.value(), Set.of())));
    return all.stream().filter(d -> used.contains(d) == had).toList();
  }
}
