package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;
import org.einloom.workload.Role;

/** Reads the fanouts of an architecture. */
final class FanoutReader {
  static final Keys KEYS =
      Keys.of(
          must("fanout", "name", "Its name"),
          must("dimensions", "dimensions", "The directions in which what is below it repeats"),
          may("multicast", "multicast", "How equal requests of its children are merged"),
          may("reduce", "flag", "Whether results of its children are added up"),
          may("neighbours", "neighbours", "Operands that children next to each other hand on"),
          may(PartReader.COMPONENT, "component", "What its network is made of"),
          may("actions", "fanout_actions", "What a word pays that crosses its lower face"),
          may("constraints", "fanout_rules", "What every mapping has to do here"),
          may("area", "area_figure", "Of one instance"),
          may("leakage", "power_figure", "Of one instance"),
          may("source", "text", "Where its figures are from"),
          may("assumption", "flag", "Whether its figures are assumed"));
  static final Keys DIMENSION =
      Keys.of(
          must("name", "name", "Its name"),
          must("size", "positive", "Children along it"),
          may("must_not_index", "tensors", "No loop here over a variable that indexes these"),
          may("constraints", "dimension_constraints", "What every mapping has to do here"));

  /** What a fanout may do. */
  static final List<String> ACTIONS = List.of("transfer", Links.ACTION);

  private FanoutReader() {}

  /** The fanout of that name in these fields; what is asked of it goes elsewhere. */
  static Fanout read(String name, Fields fields, Costs defaults, ConstraintReader asked) {
    Costs costs = defaults.within(fields).madeOf(name, fields, OptionalLong.empty());
    YamlNode list = fields.required("dimensions", "dimensions: [{name: x, size: 14}]");
    List<Fanout.Dimension> dimensions = dimensions(name, list, fields, asked);
    fields.optional(ConstraintReader.CONSTRAINTS).ifPresent(n -> asked.fanout(name, n));
    var multicast =
        Values.words(
            "words", Fanout.Multicast.WORDS,
            "tiles", Fanout.Multicast.TILES,
            "none", Fanout.Multicast.NONE);
    var actions = costs.actions(fields, ACTIONS);
    Optional<Links> links = links(fields, Optional.ofNullable(actions.get(Links.ACTION)));
    return list.at()
        .locate(
            () -> {
              var fanout =
                  new Fanout(
                      name,
                      dimensions,
                      fields
                          .optional("multicast")
                          .map(n -> Values.choice(n, "multicast", multicast))
                          .orElse(Fanout.Multicast.WORDS),
                      fields.optional("reduce").map(n -> Values.flag(n, "reduce")).orElse(true),
                      Optional.ofNullable(actions.get("transfer")),
                      links,
                      costs.area(fields),
                      costs.leakage(fields));
              fanout.children();
              return fanout;
            });
  }

  /** {@code true} for every operand, or those that are handed on. */
  private static Optional<Links> links(Fields fields, Optional<Action> action) {
    Optional<YamlNode> node = fields.optional("neighbours");
    Set<String> tensors =
        node.map(
                n ->
                    n instanceof YamlNode.Sequence
                        ? TensorNames.read(n, "neighbours")
                        : Values.flag(n, "neighbours") ? Set.of(Keep.ALL) : Set.<String>of())
            .orElse(Set.of());
    if (tensors.contains(Role.OUTPUT.label())) {
      throw fields
          .keyAt("neighbours")
          .error(
              "results are not handed on between neighbours of " + fields.what(),
              "expected operands; 'reduce: true' adds results up on their way");
    }
    if (tensors.isEmpty() && action.isPresent() && fields.optional("actions").isPresent()) {
      throw fields
          .keyAt("actions")
          .error(
              fields.what() + " has an action 'link', but its neighbours hand nothing on",
              "add 'neighbours: true', or leave the action out");
    }
    return tensors.isEmpty() ? Optional.empty() : Optional.of(new Links(tensors, action));
  }

  private static List<Fanout.Dimension> dimensions(
      String fanout, YamlNode list, Fields fields, ConstraintReader asked) {
    List<Fanout.Dimension> dimensions = new ArrayList<>();
    for (YamlNode item : Values.list(list, "dimensions", "expected a list of dimensions")) {
      Fanout.Dimension dimension = dimension(fanout, item, fields, asked);
      if (dimensions.stream().anyMatch(d -> d.name().equals(dimension.name()))) {
        throw item.at()
            .error(fields.what() + " has two dimensions named " + Words.quote(dimension.name()));
      }
      dimensions.add(dimension);
    }
    return dimensions;
  }

  private static Fanout.Dimension dimension(
      String fanout, YamlNode node, Fields owner, ConstraintReader asked) {
    Fields fields = Fields.of(node, "a dimension of " + owner.what(), DIMENSION);
    String name = Values.name(fields.required("name", "name: x"), "name");
    long size = Values.integer(fields.required("size", "size: 14"), "size", 1, Long.MAX_VALUE);
    Set<String> mustNotIndex =
        fields
            .optional("must_not_index")
            .map(n -> TensorNames.read(n, "must_not_index"))
            .orElse(Set.of());
    fields.optional(ConstraintReader.CONSTRAINTS).ifPresent(n -> asked.dimension(fanout, name, n));
    return new Fanout.Dimension(name, size, mustNotIndex);
  }
}
