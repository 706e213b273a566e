package org.einloom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.network.OutermostTraffic;
import org.einloom.network.Rates;
import org.einloom.workload.Counted;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.einloom.workload.Workload.NotCosted;

/** What stands below the table: totals, how sure they are, what they leave out and rest on. */
final class Notes {
  private static final int MOST_TENSORS = 12;
  private static final int MOST_LAYERS = 4;

  /** Shares above are all but for rounding. */
  private static final double ALL_DONE = 1 - 1e-9;

  private Notes() {}

  static List<String> of(NetworkResult result, Detail detail) {
    List<String> lines = new ArrayList<>();
    lines.add(totals(result));
    lines.addAll(rates(result));
    lines.addAll(FusionText.lines(result));
    lines.add(optimality(result));
    lines.add(notCosted(result.notCosted()));
    lines.add("words: " + words(result));
    lines.addAll(twice(result));
    lines.addAll(HandedOnNotes.of(result));
    lines.addAll(UnusedMemories.notes(result));
    lines.add(Figures.of(result.design().first(), detail.sparseNodes()).line());
    return lines;
  }

  private static String totals(NetworkResult result) {
    double edp = Objective.EDP.value(result.energyPj() * 1e-12, result.latencyS());
    return String.format(
        Locale.ROOT,
        "totals: energy %s, latency %s, energy x latency %s, area %s",
        Si.of(result.energyPj() * 1e-12, "J"),
        Si.of(result.latencyS(), "s"),
        Si.of(edp, "Js"),
        Si.area(result.areaUm2()));
  }

  /** Nothing where no throughput is limited, so that nothing takes time. */
  private static List<String> rates(NetworkResult result) {
    Rates rates = result.rates();
    if (rates.throughputPerS().isEmpty()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    rates.throughputPerS().ifPresent(v -> parts.add(runs(v)));
    rates.powerW().ifPresent(v -> parts.add(Si.of(v, "W")));
    List<String> operations = operations(rates);
    boolean lessDone = result.macsDone() < ALL_DONE * (double) result.macs();
    if (lessDone && !operations.isEmpty()) {
      // makers of sparse hardware count what they skip, others do not: both, and which is which
      operations.set(operations.size() - 1, operations.getLast() + " with all MACs counted");
      List<String> done = operations(result.ratesDone());
      operations.add(
          done.isEmpty() ? "no MACs done" : String.join(", ", done) + " with those done alone");
    }
    parts.addAll(operations);
    OutermostTraffic outermost = result.outermost();
    parts.add(outermost.memory() + " traffic " + Si.of(outermost.bits() / Byte.SIZE, "B"));
    return List.of("rates: " + String.join(", ", parts));
  }

  private static List<String> operations(Rates rates) {
    List<String> parts = new ArrayList<>();
    rates.tops().ifPresent(v -> parts.add(Si.of(v * 1e12, "OPS")));
    rates.topsPerW().ifPresent(v -> parts.add(Si.figure(v, 3) + " TOPS/W"));
    return parts;
  }

  /** {@code 0.0123 runs/s}, {@code 17,000 runs/s}. */
  private static String runs(double perS) {
    return (perS < 1000 ? Si.figure(perS, 3) : String.format(Locale.ROOT, "%,d", Math.round(perS)))
        + " runs/s";
  }

  private static String optimality(NetworkResult result) {
    Optimality o = result.optimality();
    return switch (o.status()) {
      case OPTIMAL -> "optimality: proven, no mapping of the mapspace is better" + searched(o);
      case BOUNDED ->
          o.gap().orElse(1) == 0
              ? "optimality: proven, no mapping of the mapspace is better; of the front there may be more"
                  + searched(o)
              : "optimality: better mappings may exist, but none below %s (here %s, gap %s)%s%s"
                  .formatted(
                      ObjectiveText.of(o.objective(), o.lowerBound().orElse(0)),
                      ObjectiveText.of(o.objective(), o.value()),
                      ObjectiveText.gap(o.gap().orElse(1)),
                      searched(o),
                      unproven(result));
      case UNPROVEN -> "optimality: no proof, the best that a heuristic mapper found" + searched(o);
      case GIVEN -> "optimality: none claimed, the mapping was given";
    };
  }

  private static String searched(Optimality o) {
    return String.format(
        Locale.ROOT,
        " (%s, %.1f s of CPU time)",
        Counted.of(o.evaluated().orElse(0), "candidate"),
        o.cpuS().orElse(0));
  }

  /** The layers whose search ended before its proof, the widest gaps first. */
  private static String unproven(NetworkResult result) {
    List<LayerResult> layers =
        result.layers().stream()
            .filter(l -> l.optimality().status() == Optimality.Status.BOUNDED)
            .sorted(
                Comparator.comparingDouble(
                    (LayerResult l) -> -l.optimality().gap().orElse(Double.POSITIVE_INFINITY)))
            .toList();
    if (layers.isEmpty() || result.layers().size() == 1) {
      return "";
    }
    return layers.stream()
        .limit(MOST_LAYERS)
        .map(
            l ->
                "%s %s"
                    .formatted(l.layer().name(), ObjectiveText.gap(l.optimality().gap().orElse(1))))
        .collect(
            Collectors.joining(
                ", ",
                "; the proof is open for %d of %d layers: "
                    .formatted(layers.size(), result.layers().size()),
                layers.size() > MOST_LAYERS ? ", ..." : ""));
  }

  static String notCosted(List<NotCosted> operators) {
    return operators.isEmpty()
        ? "not costed: nothing"
        : operators.stream()
            .map(n -> n.operator() + " x" + n.count())
            .collect(Collectors.joining(", ", "not costed: ", ""));
  }

  private static String words(NetworkResult result) {
    Widths widths = result.design().first().widths();
    Set<String> words = new LinkedHashSet<>();
    for (LayerResult l : result.layers()) {
      l.layer().einsum().tensors().forEach(t -> words.add(word(t, widths)));
    }
    return words.stream().limit(MOST_TENSORS).collect(Collectors.joining("; "))
        + (words.size() > MOST_TENSORS ? " and " + (words.size() - MOST_TENSORS) + " more" : "");
  }

  private static String word(TensorAccess t, Widths widths) {
    String role = t.role().label();
    String name = t.name().equals(role) ? role : t.name() + " (" + role + ")";
    return name
        + " "
        + widths.of(t)
        + " b"
        + (t.role() == Role.OUTPUT ? ", partial " + widths.partialOf(t) + " b" : "");
  }

  /** Operands that are one tensor used again, with the layers that do so. */
  private static List<String> twice(NetworkResult result) {
    var layers = new LinkedHashMap<String, List<String>>();
    for (LayerResult l : result.layers()) {
      for (TensorAccess t : l.layer().einsum().operands()) {
        if (!t.name().equals(t.tensor())) {
          String what =
              "tensor %s is used more than once; %s is counted as an operand of its own"
                  .formatted(t.tensor(), t.name());
          layers.computeIfAbsent(what, w -> new ArrayList<>()).add(l.layer().name());
        }
      }
    }
    return layers.entrySet().stream()
        .map(e -> "note: " + String.join(", ", e.getValue()) + ": " + e.getKey())
        .toList();
  }
}
