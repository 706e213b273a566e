package org.einloom.io.yaml;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Keep;
import org.einloom.arch.Toll;

/** Reads the tolls of an architecture. */
final class TollReader {
  static final List<String> KEYS =
      List.of(
          "toll",
          "tensors",
          "ports",
          PartReader.COMPONENT,
          "actions",
          "area",
          "leakage",
          "source",
          "assumption");

  private TollReader() {}

  /** The toll of that name in these fields. */
  static Toll read(String name, Fields fields, Costs defaults) {
    Costs costs =
        defaults.within(fields).madeOf(fields, OptionalLong.empty()).passedBy(Toll.ACTIONS);
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
