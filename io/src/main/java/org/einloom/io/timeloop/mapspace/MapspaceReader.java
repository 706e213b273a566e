package org.einloom.io.timeloop.mapspace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.ElementName;
import org.einloom.io.timeloop.FactorText;
import org.einloom.io.timeloop.Numbers;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.Section;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.mapper.timeloop.NestSpace;

/**
 * Reads {@code architecture_constraints}, {@code mapspace_constraints}, {@code mapspace} and {@code
 * constraints}: a list of targets, under the key {@code targets} or {@code constraints} or at once,
 * each with a type, or with a list of constraints that have one.
 */
public final class MapspaceReader {
  private static final List<String> SECTIONS =
      List.of(
          "architecture_constraints",
          "arch_constraints",
          "mapspace_constraints",
          "map_constraints",
          "mapspace",
          "constraints");
  private static final String TARGETS = "targets";
  private static final String CONSTRAINTS = "constraints";
  private static final String TYPE = "type";
  private static final List<String> TOP =
      List.of(TARGETS, CONSTRAINTS, "version", "template", "algorithm");

  /** Timeloop's mapspaces: {@code uber} of perfect factors, {@code ruby} of any. */
  private static final List<String> TEMPLATES = List.of("uber", "ruby");

  private static final List<String> TYPES =
      List.of(
          "temporal",
          "spatial",
          "bypass",
          "bypassing",
          "datatype",
          "dataspace",
          "utilization",
          "parallelism",
          "max_overbooked_proportion");

  /** What is not reused, by loops in space and in time. */
  private static final List<String> UNSHARED =
      List.of("no_reuse", "no_multicast_no_reduction", "no_multicast");

  private static final List<String> FORGOTTEN = List.of("no_reuse", "no_temporal_reuse");
  private static final List<String> REUSE =
      List.of(
          "no_reuse",
          "no_multicast_no_reduction",
          "no_multicast",
          "no_link_transfer",
          "no_temporal_reuse",
          "rmw_first_update");

  private final List<TimeloopConstraint> constraints = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private boolean imperfect;

  private MapspaceReader() {}

  /**
   * What the sections of a specification say.
   *
   * @throws org.einloom.io.input.InputException when anything in them is wrong, with its place
   */
  public static TimeloopMapspace read(TimeloopSpec spec) {
    var reader = new MapspaceReader();
    for (Section s : spec.sections()) {
      if (SECTIONS.contains(s.key())) {
        reader.section(s);
      }
    }
    return new TimeloopMapspace(reader.constraints, reader.imperfect, reader.remarks);
  }

  private void section(Section section) {
    if (section.value() instanceof YamlNode.Sequence list) {
      list.items().forEach(this::target);
      return;
    }
    Fields fields = Fields.of(section.value(), "'" + section.key() + "'", TOP);
    fields.optional("template").ifPresent(this::template);
    for (String key : List.of(TARGETS, CONSTRAINTS)) {
      fields
          .optional(key)
          .filter(n -> !isNull(n))
          .ifPresent(n -> Values.list(n, key, "expected a list of targets").forEach(this::target));
    }
  }

  private void template(YamlNode node) {
    String name = Values.scalar(node, "template", "expected uber or ruby").value();
    if (!TEMPLATES.contains(name)) {
      throw node.at()
          .error(
              "'template' is " + Words.quote(name),
              "expected uber or ruby",
              Words.didYouMean(name, TEMPLATES));
    }
    imperfect |= name.equals("ruby");
  }

  private void target(YamlNode node) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      throw node.at().error("a target is " + node.kind(), "expected the keys target, type, ...");
    }
    Optional<YamlNode> list = entry(mapping, CONSTRAINTS);
    if (list.isEmpty()) {
      constraint(mapping, target(mapping, Optional.empty()));
      return;
    }
    Fields.of(mapping, "a target", List.of("target", "name", CONSTRAINTS));
    String target = target(mapping, Optional.empty());
    for (YamlNode item : Values.list(list.get(), CONSTRAINTS, "expected a list")) {
      if (!(item instanceof YamlNode.Mapping one)) {
        throw item.at()
            .error("a constraint is " + item.kind(), "expected the keys type, factors, ...");
      }
      constraint(one, target(one, Optional.of(target)));
    }
  }

  private static String target(YamlNode.Mapping mapping, Optional<String> outer) {
    Optional<YamlNode> own = entry(mapping, "target").or(() -> entry(mapping, "name"));
    if (own.isEmpty() && outer.isPresent()) {
      return outer.get();
    }
    return ElementName.of(
            own.orElseThrow(
                () ->
                    mapping
                        .at()
                        .error(
                            "a constraint has no target", "expected, for example, 'target: GLB'")),
            "target")
        .name();
  }

  private void constraint(YamlNode.Mapping mapping, String target) {
    YamlNode typeNode =
        entry(mapping, TYPE)
            .orElseThrow(
                () ->
                    mapping
                        .at()
                        .error("a constraint has no 'type'", "expected " + Words.list(TYPES)));
    String type = Values.scalar(typeNode, TYPE, "expected " + Words.list(TYPES)).value();
    switch (type) {
      case "temporal" -> loops(mapping, target, false);
      case "spatial" -> loops(mapping, target, true);
      case "bypass", "bypassing", "datatype", "dataspace" -> {
        Fields f = fields(mapping, type, List.of("keep", "bypass"));
        constraints.add(
            new TimeloopConstraint.Kept(
                target, names(f, "keep"), names(f, "bypass"), mapping.at()));
      }
      case "utilization", "parallelism" -> {
        Fields f = fields(mapping, type, List.of("min"));
        YamlNode min = f.required("min", "min: 0.5");
        double least = Numbers.real(min, "min", "a constraint of type '" + type + "'", 0);
        if (least > 1) {
          throw min.at().error("'min' is " + least, "expected a share of at most 1");
        }
        constraints.add(new TimeloopConstraint.MinParallelism(target, least, mapping.at()));
      }
      case "max_overbooked_proportion" -> {
        fields(mapping, type, List.of("proportion"));
        remarks.add(
            new Remark(
                mapping.at(), "overbooking has no meaning here: what a level keeps has to fit"));
      }
      default ->
          throw typeNode
              .at()
              .error(
                  "unknown type " + Words.quote(type) + " of a constraint",
                  "expected " + Words.list(TYPES),
                  Words.didYouMean(type, TYPES));
    }
  }

  private void loops(YamlNode.Mapping mapping, String target, boolean spatial) {
    List<String> keys = new ArrayList<>(List.of("factors", "permutation"));
    keys.addAll(REUSE);
    if (spatial) {
      keys.add("split");
    }
    Fields f = fields(mapping, spatial ? "spatial" : "temporal", keys);
    List<String> inTime = spatial ? List.of("no_temporal_reuse") : FORGOTTEN;
    List<String> inSpace = spatial ? UNSHARED : UNSHARED.subList(1, UNSHARED.size());
    var noReuse =
        new NestSpace.NoReuse(
            names(f, inSpace),
            names(f, "no_link_transfer"),
            names(f, inTime),
            names(f, "rmw_first_update"));
    constraints.add(
        new TimeloopConstraint.Loops(
            target,
            spatial,
            f.optional("factors").map(FactorText::factors).orElse(List.of()),
            f.optional("permutation").map(FactorText::permutation).orElse(List.of()),
            f.optional("split")
                .map(n -> OptionalInt.of((int) Values.integer(n, "split", 0, 1000)))
                .orElse(OptionalInt.empty()),
            noReuse,
            mapping.at()));
  }

  /** What a constraint says, at once or under 'attributes'. */
  private static Fields fields(YamlNode.Mapping mapping, String type, List<String> keys) {
    String what = "a constraint of type '" + type + "'";
    Optional<YamlNode> attributes = entry(mapping, "attributes");
    if (attributes.isPresent()) {
      Fields.of(mapping, what, List.of("target", "name", TYPE, "attributes"));
      return Fields.of(attributes.get(), "'attributes' of " + what, keys);
    }
    List<String> all = new ArrayList<>(List.of("target", "name", TYPE));
    all.addAll(keys);
    return Fields.of(mapping, what, all);
  }

  private static Set<String> names(Fields fields, List<String> keys) {
    Set<String> names = new LinkedHashSet<>();
    keys.forEach(key -> names.addAll(names(fields, key)));
    return names;
  }

  private static Set<String> names(Fields fields, String key) {
    Set<String> names = new LinkedHashSet<>();
    fields
        .optional(key)
        .filter(n -> !isNull(n))
        .ifPresent(
            n ->
                Values.list(n, key, "expected a list of data spaces")
                    .forEach(i -> names.add(Values.name(i, key))));
    return names;
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar s && s.isNull();
  }

  private static Optional<YamlNode> entry(YamlNode.Mapping mapping, String key) {
    return mapping.entries().stream()
        .filter(e -> e.key().value().equals(key))
        .map(YamlNode.Entry::value)
        .findFirst();
  }
}
