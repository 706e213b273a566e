package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Keep;
import org.einloom.arch.Toll;
import org.einloom.schema.Keys;

/** Reads the tolls of an architecture. */
final class TollReader {
  static final Keys KEYS =
      Keys.of(
          must("toll", "name", "Its name"),
          may("tensors", "tensors", "Whose words pay: names, roles or all (default)"),
          may("ports", "ports", "Whether both ways share one port"),
          may(PartReader.COMPONENT, "component", "What it is made of, for costs left out"),
          may("actions", "toll_actions", "What words pay on their way down and up"),
          may("area", "area_figure", "Of one instance"),
          may("leakage", "power_figure", "Of one instance"),
          may("source", "text", "Where its figures are from"),
          may("assumption", "flag", "Whether its figures are assumed"));

  private TollReader() {}

  /** The toll of that name in these fields. */
  static Toll read(String name, Fields fields, Costs defaults) {
    Costs costs =
        defaults.within(fields).madeOf(name, fields, OptionalLong.empty()).passedBy(Toll.ACTIONS);
    Set<String> tensors =
        fields
            .optional("tensors")
            .map(n -> TensorNames.read(n, "tensors"))
            .orElse(Set.of(Keep.ALL));
    var ports = Values.words("shared", true, "separate", false);
    boolean shared =
        fields.optional("ports").map(n -> Values.choice(n, "ports", ports)).orElse(true);
    var actions = costs.actions(fields, Toll.ACTIONS);
    return fields
        .at()
        .locate(
            () ->
                new Toll(
                    name, tensors, actions, shared, costs.area(fields), costs.leakage(fields)));
  }
}
