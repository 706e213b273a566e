package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.front.Factors.Factor;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.template.Scope;

/** What is asked of the loops of one kind at one node, with its short forms written out. */
final class Loops {
  private static final List<String> TENSORS =
      List.of(
          "no_reuse",
          "no_temporal_reuse",
          "no_link_transfer",
          "no_multicast_no_reduction",
          "rmw_first_update");
  private static final Set<String> WHOLE =
      Set.of("split", "default_max_factor", "default_min_factor", "remainders");

  final Rules rules;
  final Scope scope;
  List<Factor> factors = new ArrayList<>();

  private final Environment environment;
  private final Tensors tensors;

  Loops(Rules rules, Scope scope, Environment environment, Tensors tensors) {
    this.rules = rules;
    this.scope = scope;
    this.environment = environment;
    this.tensors = tensors;
    var reader = new Factors(environment.expressions, tensors.all());
    String what = rules.what();
    for (String key : List.of("factors", "factors_only")) {
      Tree tree = rules.find(key);
      if (tree != null) {
        factors.addAll(reader.read(tree, what, scope));
      }
    }
    factors = Factors.unique(factors, what);
    Tree only = rules.find("factors_only");
    if (only != null) {
      List<String> given = factors.stream().map(Factor::dimension).toList();
      tensors.all().stream().filter(d -> !given.contains(d)).forEach(d -> one(d, only.at()));
    }
    iterate("no_iteration_over_dataspaces", true);
    iterate("must_iterate_over_dataspaces", false);
  }

  private void iterate(String key, boolean had) {
    Tree tree = rules.find(key);
    if (tree == null) {
      return;
    }
    List<Leaf> named = tensors.named(rules.words(key), rules.what());
    for (String dimension : tensors.dimensionsOf(named, had)) {
      one(dimension, tree.at());
    }
    factors = Factors.unique(factors, rules.what());
  }

  private void one(String dimension, Position at) {
    factors.add(new Factor(dimension, "=", "1", "", at));
  }

  /** Adds a factor that must not contradict the others. */
  void add(String dimension, long count, Position at) {
    factors.add(new Factor(dimension, "=", Long.toString(count), "", at));
    factors = Factors.unique(factors, rules.what());
  }

  /** The dimensions of the permutation, innermost first. */
  List<Leaf> permutation() {
    Tree tree = rules.find("permutation");
    if (tree == null) {
      return List.of();
    }
    if (tree instanceof Leaf l && !l.isNull()) {
      String text = l.value().strip();
      if (!text.contains(",") && !text.contains(" ") && !tensors.all().contains(text)) {
        return text.codePoints()
            .mapToObj(c -> l.with(Character.toString(c), false))
            .map(this::dimension)
            .toList();
      }
    }
    return rules.words("permutation").stream().map(this::dimension).toList();
  }

  private Leaf dimension(Leaf leaf) {
    List<String> all = tensors.all();
    if (!all.isEmpty() && !all.contains(leaf.value())) {
      throw leaf.at()
          .error(
              "the permutation of "
                  + rules.what()
                  + " names "
                  + org.einloom.io.input.Words.quote(leaf.value())
                  + ", which is no dimension of the problem",
              "expected " + org.einloom.io.input.Words.list(all));
    }
    return leaf;
  }

  /** Lists of tensors and whole numbers besides factors and permutation. */
  Map<String, Object> others() {
    Map<String, Object> others = new LinkedHashMap<>();
    for (Map.Entry<String, Tree> e : rules.entries().entrySet()) {
      String key = e.getKey();
      boolean empty = e.getValue() instanceof Leaf l && l.isNull();
      if (TENSORS.contains(key) && !empty) {
        List<Leaf> named = tensors.named(rules.words(key), rules.what());
        if (!named.isEmpty()) {
          others.put(key, named);
        }
      } else if (WHOLE.contains(key) && !empty) {
        String what = "'" + key + "' of " + rules.what();
        others.put(key, environment.expressions.whole(e.getValue(), what, 0, scope));
      }
    }
    return others;
  }
}
