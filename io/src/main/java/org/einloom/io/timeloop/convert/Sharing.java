package org.einloom.io.timeloop.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.io.timeloop.model.TimeloopModel;

/**
 * What the mapping in the files says of a level besides loops and tensors, which a mapping written
 * back keeps.
 */
record Sharing(Nest.Level level) {
  static Optional<Sharing> of(TimeloopModel model, int p) {
    return model.mapping().map(m -> new Sharing(m.nest().levels().get(p)));
  }

  /** Where there are no loops in space, what is said of them stands here. */
  String ofTime(boolean hasSpace) {
    return line("no_temporal_reuse", level.noTemporalReuse()) + (hasSpace ? "" : ofSpace());
  }

  String ofSpace() {
    return line("no_reuse", level.noReuse()) + line("no_link_transfer", level.noLinks());
  }

  private static String line(String key, Set<String> tensors) {
    return tensors.isEmpty()
        ? ""
        : "  " + key + ": [" + String.join(", ", new TreeSet<>(tensors)) + "]\n";
  }

  String skew() {
    if (level.skew().isEmpty()) {
      return "";
    }
    Nest.Skew skew = level.skew().get();
    List<String> terms = new ArrayList<>();
    for (Nest.SkewTerm t : skew.terms()) {
      var term = new StringBuilder("{constant: " + t.constant());
      t.first().ifPresent(i -> term.append(", variable: ").append(index(i)));
      t.second().ifPresent(i -> term.append(", bound: ").append(index(i)));
      terms.add(term.append("}").toString());
    }
    return "- target: %s\n  type: skew\n  modulo: %d\n  terms: [%s]\n"
        .formatted(level.memory(), skew.modulo(), String.join(", ", terms));
  }

  private static String index(Nest.Index i) {
    return "{dimension: %s, type: %s}".formatted(i.dimension(), i.space() ? "spatial" : "temporal");
  }
}
