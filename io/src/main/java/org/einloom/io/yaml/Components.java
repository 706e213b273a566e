package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;

/** Reads the nodes of an architecture one by one. */
final class Components {
  static final Keys MEMORY =
      Keys.of(
          must("memory", "name", "Its name"),
          may("size", "size", "Capacity of one instance; left out: unbounded"),
          may("keep", "tensors", "Tensors that must be kept here: names, roles or all"),
          may("may_keep", "tensors", "Tensors that can be kept here: names, roles or all"),
          may("ports", "ports", "Whether all actions share one port"),
          may(PartReader.COMPONENT, "component", "What it is made of, for costs left out"),
          may("actions", "memory_actions", "What it does, and what that costs"),
          may("constraints", "memory_constraints", "What every mapping has to do here"),
          may("area", "area_figure", "Of one instance"),
          may("leakage", "power_figure", "Of one instance"),
          may("source", "text", "Where its figures are from"),
          may("assumption", "flag", "Whether its figures are assumed"));
  static final Keys COMPUTE =
      Keys.of(
          must("compute", "name", "Its name"),
          may("operations", "some_names", "What it can do at a point; left out: anything"),
          may(PartReader.COMPONENT, "component", "What it is made of, for costs left out"),
          may("actions", "compute_actions", "What it does, and what that costs"),
          may("area", "area_figure", "Of one instance"),
          may("leakage", "power_figure", "Of one instance"),
          may("source", "text", "Where its figures are from"),
          may("assumption", "flag", "Whether its figures are assumed"));
  private static final long LARGEST_BITS = Long.MAX_VALUE;

  private final Costs defaults;
  private final ConstraintReader asked;

  /**
   * @param defaults the file's source
   * @param asked takes the constraints at the nodes
   */
  Components(Costs defaults, ConstraintReader asked) {
    this.defaults = defaults;
    this.asked = asked;
  }

  /** The node under a key {@code memory}, {@code toll}, {@code fanout} or {@code compute}. */
  Node read(String kind, String name, YamlNode node, boolean outermost) {
    String what = kind + " " + Words.quote(name);
    return switch (kind) {
      case "memory" -> memory(name, Fields.of(node, what, MEMORY), outermost);
      case "toll" -> TollReader.read(name, Fields.of(node, what, TollReader.KEYS), defaults);
      case "fanout" ->
          FanoutReader.read(name, Fields.of(node, what, FanoutReader.KEYS), defaults, asked);
      default -> compute(name, Fields.of(node, what, COMPUTE));
    };
  }

  private Memory memory(String name, Fields fields, boolean outermost) {
    OptionalLong size =
        fields
            .optional("size")
            .map(n -> OptionalLong.of(Costs.bits(n, "size", 1, LARGEST_BITS)))
            .orElse(OptionalLong.empty());
    Costs costs = defaults.within(fields).madeOf(name, fields, size);
    var ports = Values.words("shared", true, "separate", false);
    Keep keep = keep(fields, outermost);
    var actions = costs.actions(fields, List.of("read", "write", "update"));
    fields.optional(ConstraintReader.CONSTRAINTS).ifPresent(n -> asked.memory(name, n));
    return fields
        .at()
        .locate(
            () ->
                new Memory(
                    name,
                    size,
                    keep,
                    actions,
                    fields
                        .optional("ports")
                        .map(n -> Values.choice(n, "ports", ports))
                        .orElse(true),
                    costs.area(fields),
                    costs.leakage(fields)));
  }

  private Compute compute(String name, Fields fields) {
    Costs costs = defaults.within(fields).madeOf(name, fields, OptionalLong.empty());
    Action idle = new Action("compute", Figure.NONE, 0, Double.POSITIVE_INFINITY);
    Action compute = costs.actions(fields, List.of("compute")).getOrDefault("compute", idle);
    Set<String> operations =
        fields.optional("operations").map(Components::operations).orElse(Set.of());
    return new Compute(name, operations, compute, costs.area(fields), costs.leakage(fields));
  }

  private static Set<String> operations(YamlNode node) {
    Set<String> operations = Values.names(node, "operations").keySet();
    if (operations.isEmpty()) {
      throw node.at()
          .error("'operations' is empty", "expected at least one; leave it out for all there are");
    }
    return operations;
  }

  private static Keep keep(Fields fields, boolean outermost) {
    Optional<YamlNode> must = fields.optional("keep");
    Optional<YamlNode> may = fields.optional("may_keep");
    if (must.isEmpty() && may.isEmpty()) {
      return outermost ? Keep.MUST_ALL : Keep.MAY_ALL;
    }
    return new Keep(
        must.map(n -> TensorNames.read(n, "keep")).orElse(Set.of()),
        may.map(n -> TensorNames.read(n, "may_keep")).orElse(Set.of()));
  }
}
