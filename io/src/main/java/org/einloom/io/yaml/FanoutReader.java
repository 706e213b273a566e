package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.io.input.Words;

/** Reads the fanouts of an architecture. */
final class FanoutReader {
  static final List<String> KEYS =
      List.of(
          "fanout",
          "dimensions",
          "multicast",
          "reduce",
          "neighbours",
          PartReader.COMPONENT,
          "actions",
          "constraints",
          "area",
          "leakage",
          "source",
          "assumption");
  private static final List<String> DIMENSION =
      List.of("name", "size", "must_not_index", "constraints");

  private FanoutReader() {}

  /** The fanout of that name in these fields; what is asked of it goes elsewhere. */
  static Fanout read(String name, Fields fields, Costs defaults, ConstraintReader asked) {
    Costs costs = defaults.within(fields).madeOf(fields, OptionalLong.empty());
    if (fields.optional("neighbours").map(n -> Values.flag(n, "neighbours")).orElse(false)) {
      throw fields
          .keyAt("neighbours")
          .error(
              "links between neighbours of " + fields.what() + " are not modelled yet",
              "leave 'neighbours' out or set it to false");
    }
    YamlNode list = fields.required("dimensions", "dimensions: [{name: x, size: 14}]");
    List<Fanout.Dimension> dimensions = dimensions(name, list, fields, asked);
    fields.optional(ConstraintReader.CONSTRAINTS).ifPresent(n -> asked.fanout(name, n));
    var multicast =
        Values.words(
            "words", Fanout.Multicast.WORDS,
            "tiles", Fanout.Multicast.TILES,
            "none", Fanout.Multicast.NONE);
    var actions = costs.actions(fields, List.of("transfer"));
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
                      costs.area(fields),
                      costs.leakage(fields));
              fanout.children();
              return fanout;
            });
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
