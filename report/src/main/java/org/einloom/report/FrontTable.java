package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
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

  static List<String> lines(NetworkResult result) {
    List<String> lines = new ArrayList<>();
    for (LayerResult l : result.layers()) {
      lines.add("");
      lines.addAll(lines(l));
    }
    return lines;
  }

  private static List<String> lines(LayerResult l) {
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
    int shown = 0;
    for (int i = 0; i < front.size(); i++) {
      boolean chosen = front.get(i).mapping().equals(l.mapping());
      if (chosen || isShown(i, front.size())) {
        table.row(row(front.get(i).evaluation(), chosen));
        shown++;
      }
    }
    lines.addAll(table.lines());
    if (shown < front.size()) {
      lines.add("(%d of %d, all of them with --json)".formatted(shown, front.size()));
    }
    return lines;
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
