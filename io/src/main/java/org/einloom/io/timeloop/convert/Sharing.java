package org.einloom.io.timeloop.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.io.timeloop.mapspace.TimeloopConstraint;
import org.einloom.io.timeloop.mapspace.TimeloopMapspace;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.mapper.timeloop.NestSpace;

/**
 * What the mapping in the files says of a level besides loops and tensors, which a mapping written
 * back keeps.
 */
record Sharing(String memory, NestSpace.NoReuse noReuse, Optional<Nest.Skew> skewed) {
  /**
   * Of a level: what the mapping of the files says, or the constraints of files without one.
   *
   * @param p which level
   */
  static Sharing of(TimeloopModel model, TimeloopMapspace asked, int p) {
    if (model.mapping().isPresent()) {
      Nest.Level l = model.mapping().get().nest().levels().get(p);
      return new Sharing(
          l.memory(),
          new NestSpace.NoReuse(l.noReuse(), l.noLinks(), l.noTemporalReuse(), l.readsFirst()),
          l.skew());
    }
    String memory = model.hardware().architecture().memories().get(p).name();
    NestSpace.NoReuse all = NestSpace.NoReuse.NONE;
    for (TimeloopConstraint c : asked.constraints()) {
      if (c instanceof TimeloopConstraint.Loops l && l.target().equals(memory)) {
        all = all.and(l.noReuse());
      }
    }
    return new Sharing(memory, all, Optional.empty());
  }

  String ofTime() {
    return line("no_temporal_reuse", noReuse.inTime())
        + line("rmw_first_update", noReuse.firstRead());
  }

  String ofSpace() {
    return line("no_reuse", noReuse.inSpace()) + line("no_link_transfer", noReuse.byNeighbours());
  }

  private static String line(String key, Set<String> tensors) {
    return tensors.isEmpty()
        ? ""
        : "  " + key + ": [" + String.join(", ", new TreeSet<>(tensors)) + "]\n";
  }

  String skew() {
    if (skewed.isEmpty()) {
      return "";
    }
    Nest.Skew skew = skewed.get();
    List<String> terms = new ArrayList<>();
    for (Nest.SkewTerm t : skew.terms()) {
      var term = new StringBuilder("{constant: " + t.constant());
      t.first().ifPresent(i -> term.append(", variable: ").append(index(i)));
      t.second().ifPresent(i -> term.append(", bound: ").append(index(i)));
      terms.add(term.append("}").toString());
    }
    return "- target: %s\n  type: skew\n  modulo: %d\n  terms: [%s]\n"
        .formatted(memory, skew.modulo(), String.join(", ", terms));
  }

  private static String index(Nest.Index i) {
    return "{dimension: %s, type: %s}".formatted(i.dimension(), i.space() ? "spatial" : "temporal");
  }
}
