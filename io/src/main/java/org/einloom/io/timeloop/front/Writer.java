package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.front.Factors.Factor;
import org.einloom.io.timeloop.front.Native.Entries;
import org.einloom.io.timeloop.front.Piece.Attribute;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.template.Printing;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;
import org.einloom.io.yaml.YamlNode;

/** Writes levels, and what is asked of them, in native form. */
final class Writer {
  /** Variables that hold for every component: what Accelergy passes on from outside. */
  private static final List<String> PASSED_ON =
      List.of("technology", "global_cycle_seconds", "cycle_seconds", "action_latency_cycles");

  /** Keys of loops that only a search can heed. */
  private static final List<String> OF_SEARCHES =
      List.of("default_max_factor", "default_min_factor", "remainders");

  private static final String WORD = "datawidth";

  private final Environment environment;
  private final Use use;
  private final Set<String> measured;
  private final List<Remark> remarks;

  /** Bits of a word of levels that hold none, so that they differ from no other level. */
  private long word = 1;

  /**
   * For one specification.
   *
   * @param measured which of ERT and ART there are
   */
  Writer(Environment environment, Use use, Set<String> measured, List<Remark> remarks) {
    this.environment = environment;
    this.use = use;
    this.measured = Set.copyOf(measured);
    this.remarks = remarks;
  }

  /** {@code architecture:}. */
  YamlNode architecture(Keyed given, List<Node> nodes, List<NativeLevel> levels) {
    Node first = nodes.getFirst();
    var tree = new Entries(given.at());
    tree.add(
        "name",
        Native.plain(first.isContainer() ? first.name + "_top_level" : "top_level", first.at));
    var outer = new Entries(given.at());
    for (String name : PASSED_ON) {
      Value value = environment.variables.get(name);
      if (value != null) {
        Entry e = environment.variable(name);
        outer.add(e.key(), value(e.value(), value));
      }
    }
    if (!outer.node().entries().isEmpty()) {
      tree.add("attributes", outer.node());
    }
    word = word(levels);
    tree.add("local", Native.list(levels.stream().map(this::local).toList(), given.at()));
    var architecture = new Entries(given.at());
    architecture.add("version", Native.plain("0.4", given.at()));
    architecture.add("subtree", Native.list(List.of(tree.node()), given.at()));
    return architecture.node();
  }

  /** Bits of a word of the outermost component; 1 where it does not say. */
  private static long word(List<NativeLevel> levels) {
    for (NativeLevel level : levels) {
      Attribute own = level.node().attributes.get(WORD);
      Attribute a = own == null ? level.node().inherited.get(WORD) : own;
      if (!level.between()) {
        return a != null && a.value() instanceof Value.Int i ? i.value() : 1;
      }
    }
    return 1;
  }

  private YamlNode local(NativeLevel level) {
    var local = new Entries(level.at());
    long count = Meshes.product(level.meshX(), level.meshY(), level.at());
    local.add("name", Native.plain(level.name() + "[1.." + count + "]", level.at()));
    var attributes = new Entries(level.at());
    Node node = level.node();
    if (level.between()) {
      local.add("class", Native.plain("dummy_storage", level.at()));
      attributes.add("width", Native.plain(word, level.at()));
      attributes.add("depth", Native.plain(1, level.at()));
      attributes.add("datawidth", Native.plain(word, level.at()));
    } else {
      for (Entry e : Keys.of(node.tree)) {
        String key = e.key().value();
        if (key.equals("class") || key.equals("subclass")) {
          local.add(e.key(), Native.of(e.value()));
        } else if (key.endsWith("_scale")) {
          scale(e, node, local);
        }
      }
      node.attributes.values().forEach(a -> attribute(a, attributes));
    }
    attributes.add("meshX", Native.plain(level.meshX(), level.at()));
    attributes.add("meshY", Native.plain(level.meshY(), level.at()));
    Map<String, Attribute> outer = new LinkedHashMap<>(node.inherited);
    if (level.between() && node.isContainer()) {
      outer.putAll(node.attributes);
    }
    outer.forEach(
        (name, a) -> {
          if (!attributes.has(name)) {
            attribute(a, attributes);
          }
        });
    local.add("attributes", attributes.node());
    return local.node();
  }

  /** What an ERT or ART says holds as it is; what is estimated here is multiplied. */
  private void scale(Entry e, Node node, Entries local) {
    var scope = new Scope(environment.scope);
    node.inherited.forEach((name, a) -> scope.set(name, a.value()));
    node.attributes.forEach((name, a) -> scope.set(name, a.value()));
    Value value = environment.expressions.attribute("", e.value(), scope);
    String key = e.key().value();
    boolean number =
        switch (value) {
          case Value.Int i -> i.value() >= 0;
          case Value.Real r -> r.value() >= 0;
          default -> value instanceof Value.None;
        };
    if (!number) {
      throw e.value()
          .at()
          .error(
              "'%s' of '%s' is %s".formatted(key, node.name, Printing.text(value)),
              "expected a number of at least 0");
    }
    if (!measured.contains(key.startsWith("area") ? "ART" : "ERT")) {
      local.add(e.key(), value(e.value(), value));
    } else if (!(value instanceof Value.None)) {
      remarks.add(
          new Remark(
              e.key().at(), "'" + key + "' has no meaning where figures are given as they are"));
    }
  }

  private static void attribute(Attribute a, Entries to) {
    to.add(a.entry().key(), value(a.entry().value(), a.value()));
  }

  /** A value as it is written, where nothing had to be computed. */
  static YamlNode value(Tree tree, Value value) {
    return tree instanceof Leaf l && value.equals(Expressions.literal(l))
        ? Native.scalar(l)
        : Native.of(value, tree.at());
  }

  /** The list of all that is asked of the levels: the mapping, or the constraints. */
  List<YamlNode> directives(List<NativeLevel> levels) {
    List<YamlNode> all = new ArrayList<>();
    for (NativeLevel level : levels) {
      level.loops().forEach((type, loops) -> loops(level, type, loops, all));
      if (level.keeps() != null) {
        all.add(keeps(level, level.keeps()));
      }
      for (Rules limit : level.limits()) {
        limit(level, limit, all);
      }
    }
    return all;
  }

  private static Entries directive(NativeLevel level, String type, Position at) {
    var out = new Entries(at);
    out.add("target", Native.plain(level.name(), at));
    out.add("type", Native.plain(type, at));
    return out;
  }

  private void loops(NativeLevel level, String type, Loops loops, List<YamlNode> all) {
    Entries out = directive(level, type, loops.rules.at());
    int before = out.node().entries().size();
    if (!loops.factors.isEmpty()) {
      Position at = loops.factors.getFirst().at();
      out.add("factors", Native.list(loops.factors.stream().map(Writer::factor).toList(), at));
    }
    List<Leaf> permutation = loops.permutation();
    if (!permutation.isEmpty()) {
      Position at = permutation.getFirst().at();
      out.add("permutation", Native.list(permutation.stream().map(Native::scalar).toList(), at));
    }
    for (Map.Entry<String, Object> e : loops.others().entrySet()) {
      Tree given = java.util.Objects.requireNonNull(loops.rules.find(e.getKey()));
      if (use == Use.EVALUATE && OF_SEARCHES.contains(e.getKey())) {
        remarks.add(new Remark(given.at(), "'" + e.getKey() + "' has no meaning for one mapping"));
      } else if (e.getValue() instanceof Long number) {
        out.add(e.getKey(), Native.plain(number, given.at()));
      } else if (e.getValue() instanceof List<?> names) {
        out.add(
            e.getKey(),
            Native.list(names.stream().map(n -> Native.scalar((Leaf) n)).toList(), given.at()));
      }
    }
    if (out.node().entries().size() > before) {
      all.add(out.node());
    }
  }

  private static YamlNode factor(Factor f) {
    return new YamlNode.Scalar(f.text(), true, false, f.at(), f.at());
  }

  private YamlNode keeps(NativeLevel level, Keeps.Choice choice) {
    Entries out = directive(level, "bypass", choice.at);
    out.add("keep", names(choice.keep, choice.at));
    out.add("bypass", names(choice.bypass, choice.at));
    return out.node();
  }

  private static YamlNode names(Map<String, Position> names, Position at) {
    List<YamlNode> list = new ArrayList<>();
    names.forEach((name, place) -> list.add(Native.plain(name, place)));
    return Native.list(list, at);
  }

  private void limit(NativeLevel level, Rules limit, List<YamlNode> all) {
    if (use == Use.EVALUATE) {
      remarks.add(new Remark(limit.at(), limit.what() + " have no meaning for one mapping"));
      return;
    }
    Entries out = directive(level, limit.type(), limit.at());
    limit.entries().forEach((key, tree) -> out.add(key, Native.of(tree)));
    all.add(out.node());
  }
}
