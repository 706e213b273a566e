package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.ParetoPoint;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Counted;

/** The fronts of energy and latency, layer by layer, for people. */
final class FrontTable {
  /** Of a longer front the ends and some between are shown; JSON has all of it. */
  private static final int MOST_SHOWN = 12;

  private static final int BOUND_BY = 5;

  private FrontTable() {}

  static List<String> lines(NetworkResult result, int width) {
    List<String> lines = new ArrayList<>();
    for (LayerResult l : result.layers()) {
      lines.add("");
      lines.addAll(lines(l, result, width));
    }
    return lines;
  }

  private static List<String> lines(LayerResult l, NetworkResult result, int width) {
    List<ParetoPoint> front = l.front();
    if (front.isEmpty()) {
      return List.of("front of " + l.layer().name() + ": not known, this mapper finds none");
    }
    List<String> lines = new ArrayList<>();
    boolean whole = l.optimality().status() == Optimality.Status.OPTIMAL;
    lines.add(
        "front of %s: %s%s"
            .formatted(
                l.layer().name(),
                Counted.of(front.size(), "mapping"),
                whole ? ", proven whole" : " found, more may exist"));
    var table =
        new TextTable(
            List.of("", "energy", "latency", "energy x latency", "cycles", "bound by"), BOUND_BY);
    List<ParetoPoint> shown = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      boolean chosen = l.is(front.get(i));
      if (chosen || isShown(i, front.size())) {
        table.row(row(front.get(i).evaluation(), chosen));
        shown.add(front.get(i));
      }
    }
    lines.addAll(table.lines());
    if (shown.size() < front.size()) {
      lines.add("(%d of %d, all of them with --json)".formatted(shown.size(), front.size()));
    }
    lines.addAll(Wrap.lines(choices(l, shown, result), width));
    return lines;
  }

  /** Of sparse tensors, what is stored or left undone at some points and not at all. */
  private static List<String> choices(
      LayerResult l, List<ParetoPoint> shown, NetworkResult result) {
    List<Set<String>> chosen = new ArrayList<>();
    for (ParetoPoint p : shown) {
      p.sparsity()
          .map(s -> SparseChoice.words(l.layer().einsum(), result.path(p.evaluation()), s))
          .ifPresent(chosen::add);
    }
    if (chosen.size() < 2) {
      return List.of();
    }
    Set<String> common = new LinkedHashSet<>(chosen.getFirst());
    chosen.forEach(common::retainAll);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Set<String> own = new LinkedHashSet<>(chosen.get(i));
      own.removeAll(common);
      lines.add(
          "front of %s, %s, %s cycles: %s"
              .formatted(
                  l.layer().name(),
                  ObjectiveText.of(Objective.ENERGY, shown.get(i).evaluation().energyPj()),
                  Si.count(shown.get(i).evaluation().cycles()),
                  own.isEmpty() ? "nothing besides what all have" : String.join("; ", own)));
    }
    return chosen.stream().distinct().count() == 1
        ? List.of(
            "front of %s: the same formats and optimisations at all points"
                .formatted(l.layer().name()))
        : lines;
  }

  /** The ends, and as many between, evenly. */
  private static boolean isShown(int i, int size) {
    int spaces = MOST_SHOWN - 1;
    return size <= MOST_SHOWN
        || i == 0
        || (long) i * spaces / (size - 1) != (long) (i - 1) * spaces / (size - 1);
  }

  private static List<String> row(Evaluation e, boolean chosen) {
    return List.of(
        chosen ? "*" : "",
        ObjectiveText.of(Objective.ENERGY, e.energyPj()),
        ObjectiveText.of(Objective.LATENCY, e.latencyS()),
        ObjectiveText.of(Objective.EDP, Objective.EDP.value(e)),
        Si.count(e.cycles()),
        e.boundBy().orElse("-"));
  }
}
