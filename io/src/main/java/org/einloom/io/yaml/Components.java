package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.io.input.Words;

/** Reads the nodes of an architecture one by one. */
final class Components {
  private static final List<String> MEMORY =
      List.of(
          "memory",
          "size",
          "keep",
          "may_keep",
          "ports",
          "actions",
          "area",
          "leakage",
          "source",
          "assumption");
  private static final List<String> FANOUT =
      List.of(
          "fanout",
          "dimensions",
          "multicast",
          "reduce",
          "neighbours",
          "actions",
          "area",
          "leakage",
          "source",
          "assumption");
  private static final List<String> COMPUTE =
      List.of("compute", "actions", "area", "leakage", "source", "assumption");
  private static final List<String> DIMENSION = List.of("name", "size", "must_not_index");
  private static final List<String> TENSOR_SETS = List.of("all", "input", "weight", "output");
  private static final long LARGEST_BITS = Long.MAX_VALUE;

  private final Costs defaults;

  /**
   * @param defaults the file's source
   */
  Components(Costs defaults) {
    this.defaults = defaults;
  }

  /** The node under a key {@code memory}, {@code fanout} or {@code compute}. */
  Node read(String kind, String name, YamlNode node, boolean outermost) {
    String what = kind + " " + Words.quote(name);
    return switch (kind) {
      case "memory" -> memory(name, Fields.of(node, what, MEMORY), outermost);
      case "fanout" -> fanout(name, Fields.of(node, what, FANOUT));
      default -> compute(name, Fields.of(node, what, COMPUTE));
    };
  }

  private Memory memory(String name, Fields fields, boolean outermost) {
    Costs costs = defaults.within(fields);
    Optional<YamlNode> size = fields.optional("size");
    var ports = Values.words("shared", true, "separate", false);
    Keep keep = keep(fields, outermost);
    var actions = actions(costs, fields, List.of("read", "write", "update"));
    return fields
        .at()
        .locate(
            () ->
                new Memory(
                    name,
                    size.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(Costs.bits(size.get(), "size", 1, LARGEST_BITS)),
                    keep,
                    actions,
                    fields
                        .optional("ports")
                        .map(n -> Values.choice(n, "ports", ports))
                        .orElse(true),
                    area(costs, fields),
                    leakage(costs, fields)));
  }

  private Fanout fanout(String name, Fields fields) {
    Costs costs = defaults.within(fields);
    if (fields.optional("neighbours").map(n -> Values.flag(n, "neighbours")).orElse(false)) {
      throw fields
          .keyAt("neighbours")
          .error(
              "links between neighbours of " + fields.what() + " are not modelled yet",
              "leave 'neighbours' out or set it to false");
    }
    YamlNode dimensions = fields.required("dimensions", "dimensions: [{name: x, size: 14}]");
    List<Fanout.Dimension> axes = new ArrayList<>();
    for (YamlNode axis : Values.list(dimensions, "dimensions", "expected a list of dimensions")) {
      Fanout.Dimension dimension = dimension(axis, fields);
      if (axes.stream().anyMatch(a -> a.name().equals(dimension.name()))) {
        throw axis.at()
            .error(fields.what() + " has two dimensions named " + Words.quote(dimension.name()));
      }
      axes.add(dimension);
    }
    var multicast =
        Values.words(
            "words", Fanout.Multicast.WORDS,
            "tiles", Fanout.Multicast.TILES,
            "none", Fanout.Multicast.NONE);
    var actions = actions(costs, fields, List.of("transfer"));
    return dimensions
        .at()
        .locate(
            () -> {
              var fanout =
                  new Fanout(
                      name,
                      axes,
                      fields
                          .optional("multicast")
                          .map(n -> Values.choice(n, "multicast", multicast))
                          .orElse(Fanout.Multicast.WORDS),
                      fields.optional("reduce").map(n -> Values.flag(n, "reduce")).orElse(true),
                      Optional.ofNullable(actions.get("transfer")),
                      area(costs, fields),
                      leakage(costs, fields));
              fanout.children();
              return fanout;
            });
  }

  private static Fanout.Dimension dimension(YamlNode node, Fields fanout) {
    Fields fields = Fields.of(node, "a dimension of " + fanout.what(), DIMENSION);
    String name = Values.name(fields.required("name", "name: x"), "name");
    long size = Values.integer(fields.required("size", "size: 14"), "size", 1, Long.MAX_VALUE);
    Set<String> mustNotIndex =
        fields.optional("must_not_index").map(n -> tensors(n, "must_not_index")).orElse(Set.of());
    return new Fanout.Dimension(name, size, mustNotIndex);
  }

  private Compute compute(String name, Fields fields) {
    Costs costs = defaults.within(fields);
    Action idle = new Action("compute", Figure.NONE, 0, Double.POSITIVE_INFINITY);
    Action compute = actions(costs, fields, List.of("compute")).getOrDefault("compute", idle);
    return new Compute(name, compute, area(costs, fields), leakage(costs, fields));
  }

  private static Keep keep(Fields fields, boolean outermost) {
    Optional<YamlNode> must = fields.optional("keep");
    Optional<YamlNode> may = fields.optional("may_keep");
    if (must.isEmpty() && may.isEmpty()) {
      return outermost ? Keep.MUST_ALL : Keep.MAY_ALL;
    }
    return new Keep(
        must.map(n -> tensors(n, "keep")).orElse(Set.of()),
        may.map(n -> tensors(n, "may_keep")).orElse(Set.of()));
  }

  /** Names of tensors or roles; a tensor's name nearly that of a role is taken for a slip. */
  private static Set<String> tensors(YamlNode node, String key) {
    var names = Values.names(node, key);
    names.forEach(
        (name, at) -> {
          String slip = Words.didYouMean(name, TENSOR_SETS);
          if (!TENSOR_SETS.contains(name) && name.length() > 2 && !slip.isEmpty()) {
            throw at.error(
                "unknown role " + Words.quote(name) + " in '" + key + "'",
                "expected all, input, weight, output or a tensor's name, unlike these",
                slip);
          }
        });
    return names.keySet();
  }

  private static SequencedMap<String, Action> actions(
      Costs costs, Fields fields, List<String> known) {
    var actions = new LinkedHashMap<String, Action>();
    fields
        .optional("actions")
        .ifPresent(
            node -> {
              Fields named = Fields.of(node, "'actions' of " + fields.what(), known);
              for (String name : named.keys()) {
                actions.put(name, costs.action(name, named.required(name, "energy: 1 pJ"), fields));
              }
            });
    return actions;
  }

  private static Figure area(Costs costs, Fields fields) {
    return costs.figure(fields, "area", Unit.AREA);
  }

  private static Figure leakage(Costs costs, Fields fields) {
    return costs.figure(fields, "leakage", Unit.POWER);
  }
}
