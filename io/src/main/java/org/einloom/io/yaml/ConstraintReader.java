package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.io.input.Position;
import org.einloom.schema.Keys;

/** Collects what is written under {@code constraints}, there and at the nodes of architectures. */
final class ConstraintReader {
  static final String CONSTRAINTS = "constraints";
  static final Keys FILE =
      Keys.of(
          may("memories", "constrained_memories", "By memory"),
          may("fanouts", "constrained_fanouts", "By fanout"),
          may("tiling", "tiling", "Whether tiles have to divide what they cut"),
          may("max_energy", "total_energy", "Of one execution of a layer"),
          may("max_latency", "time", "Of one execution of a layer"),
          may("max_area", "area", "Of the whole architecture"));
  static final Keys MEMORY =
      Keys.of(
          may("keep", "some_tensors", "Mappings keep these here: names, roles or all"),
          may("bypass", "some_tensors", "Mappings do not keep these here"),
          may("factors", "factors", "Iterations of the temporal loops at this memory"),
          may("order", "some_names", "Which temporal loops come first, outermost first"),
          may("inner_order", "some_names", "Which temporal loops come last, outermost first"));
  static final Keys DIMENSION =
      Keys.of(
          may("variables", "names", "Only these are spread along it"),
          may("factors", "factors", "Iterations of the spatial loops along it"));
  static final Keys FANOUT_HERE =
      Keys.of(may("min_utilization", "share", "Share of its children that are used, at least"));
  static final Keys FANOUT =
      FANOUT_HERE.and(may("dimensions", "constrained_dimensions", "By dimension"));

  private final List<Constraint> constraints = new ArrayList<>();
  private TilingChoice tiling = TilingChoice.OPEN;

  /** What was read so far. */
  MapspaceSpec spec() {
    return new MapspaceSpec(new Constraints(constraints), tiling);
  }

  /** Everything that does not stand at a node. */
  void file(YamlNode node, Hardware hardware) {
    Fields fields = Fields.of(node, "'constraints'", FILE);
    for (String key : fields.keys()) {
      YamlNode value = fields.required(key, key);
      switch (key) {
        case "memories" ->
            Values.entries(value, key, "expected, for example, 'GLB: {keep: [weight]}'")
                .forEach((name, body) -> memory(hardware.memory(name), body));
        case "fanouts" ->
            Values.entries(value, key, "expected, for example, 'Array: {min_utilization: 0.5}'")
                .forEach((name, body) -> fanout(hardware.fanout(name), body, hardware));
        case "tiling" -> tiling = TilingReader.read(value);
        default -> add(fields, key, "", at -> limit(key, value, at));
      }
    }
  }

  /** What is asked of a memory. */
  void memory(String memory, YamlNode node) {
    Fields fields = Fields.of(node, "'constraints' of memory '" + memory + "'", MEMORY);
    String there = " of memory '" + memory + "'";
    for (String key : fields.keys()) {
      YamlNode value = fields.required(key, key);
      switch (key) {
        case "keep" ->
            add(fields, key, there, at -> new Constraint.Kept(at, memory, tensors(value, key)));
        case "bypass" ->
            add(fields, key, there, at -> new Constraint.Bypassed(at, memory, tensors(value, key)));
        case "order" ->
            add(fields, key, there, at -> new Constraint.LoopOrder(at, memory, order(value, key)));
        case "inner_order" ->
            add(
                fields,
                key,
                there,
                at -> new Constraint.LoopOrder(at, memory, order(value, key), true));
        default ->
            factors(
                value,
                there,
                (at, variable, f) ->
                    new Constraint.TemporalFactor(at, memory, variable, f.least(), f.most()));
      }
    }
  }

  /** What is asked of a fanout and, in a file of its own, of its dimensions. */
  private void fanout(String fanout, YamlNode node, Hardware hardware) {
    Fields fields = Fields.of(node, "'constraints' of fanout '" + fanout + "'", FANOUT);
    for (String key : fields.keys()) {
      YamlNode value = fields.required(key, key);
      if (key.equals("dimensions")) {
        Values.entries(value, key, "expected, for example, 'x: {variables: [m]}'")
            .forEach((name, body) -> dimension(fanout, hardware.dimension(fanout, name), body));
      } else {
        utilization(fanout, fields, value);
      }
    }
  }

  /**
   * What is asked of a fanout where it is described, so that its dimensions speak for themselves.
   */
  void fanout(String fanout, YamlNode node) {
    Fields fields = Fields.of(node, "'constraints' of fanout '" + fanout + "'", FANOUT_HERE);
    fields.optional("min_utilization").ifPresent(value -> utilization(fanout, fields, value));
  }

  private void utilization(String fanout, Fields fields, YamlNode value) {
    add(
        fields,
        "min_utilization",
        " of fanout '" + fanout + "'",
        at -> new Constraint.MinUtilization(at, fanout, Shares.read(value, "min_utilization")));
  }

  /** What is asked of a dimension of a fanout. */
  void dimension(String fanout, String dimension, YamlNode node) {
    String there = " of dimension '" + dimension + "' of fanout '" + fanout + "'";
    Fields fields = Fields.of(node, "'constraints'" + there, DIMENSION);
    for (String key : fields.keys()) {
      YamlNode value = fields.required(key, key);
      if (key.equals("variables")) {
        add(
            fields,
            key,
            there,
            at ->
                new Constraint.SpatialVariables(
                    at, fanout, dimension, Values.names(value, key).keySet()));
      } else {
        factors(
            value,
            there,
            (at, variable, f) ->
                new Constraint.SpatialFactor(at, fanout, dimension, variable, f.least(), f.most()));
      }
    }
  }

  private void add(Fields fields, String key, String where, Function<String, Constraint> build) {
    YamlNode value = fields.required(key, key);
    String says = "'" + key + ": " + Snippet.of(value) + "'" + where;
    constraints.add(value.at().locate(() -> build.apply(origin(fields.keyAt(key), says))));
  }

  @FunctionalInterface
  private interface FactorOf {
    Constraint build(String origin, String variable, Factor factor);
  }

  private void factors(YamlNode node, String where, FactorOf constraint) {
    Values.entries(node, "factors", "expected, for example, '{m: 4, k: {min: 2, max: 8}}'")
        .forEach(
            (key, value) -> {
              String variable = Values.name(key, "rank variable");
              Factor factor = Factor.read(value, "factor of " + variable);
              String says = "'factors: {" + variable + ": " + Snippet.of(value) + "}'" + where;
              constraints.add(constraint.build(origin(key.at(), says), variable, factor));
            });
  }

  private static String origin(Position at, String says) {
    return at + ": " + says;
  }

  private static Constraint limit(String key, YamlNode value, String origin) {
    return switch (key) {
      case "max_energy" ->
          new Constraint.MaxEnergy(origin, Quantity.read(value, key, Unit.TOTAL_ENERGY).asDouble());
      case "max_latency" ->
          new Constraint.MaxLatency(origin, Quantity.read(value, key, Unit.TIME).asDouble());
      default -> new Constraint.MaxArea(origin, Quantity.read(value, key, Unit.AREA).asDouble());
    };
  }

  private static Set<String> tensors(YamlNode value, String key) {
    var names = TensorNames.read(value, key);
    if (names.isEmpty()) {
      throw empty(value, key);
    }
    return names;
  }

  private static List<String> order(YamlNode value, String key) {
    var names = List.copyOf(Values.names(value, key).keySet());
    if (names.isEmpty()) {
      throw empty(value, key);
    }
    return names;
  }

  private static RuntimeException empty(YamlNode value, String key) {
    return value.at().error("'" + key + "' is empty", "expected at least one, or no such key");
  }
}
