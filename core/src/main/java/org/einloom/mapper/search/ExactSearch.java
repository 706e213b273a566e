package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.einloom.mapper.SearchMonitor;

/**
 * Searches the whole mapspace of an Einsum of regular tensors with tiles that divide each other:
 * every placement and every spatial assignment is a {@link Structure}, which {@link TemporalSearch}
 * takes in the order of their bounds until none can be better than what is known.
 */
final class ExactSearch {
  private final Problem problem;
  private final Incumbents best;
  private final TemporalSearch temporal = new TemporalSearch();
  double lowerBound = Double.NEGATIVE_INFINITY;
  boolean proven;
  long structures;
  long structuresSearched;

  ExactSearch(Problem problem, Incumbents best) {
    this.problem = problem;
    this.best = best;
  }

  private record Open(double value, double tie, Placement placement, Spread[] spreads) {}

  long evaluated() {
    return temporal.evaluated() + structures;
  }

  long dominated() {
    return temporal.dominated();
  }

  long prunedLabels() {
    return temporal.pruned();
  }

  void run() {
    SearchMonitor monitor = problem.options.monitor();
    List<List<Spread>> choices = new ArrayList<>();
    for (int f : problem.fanouts) {
      choices.add(Spread.all(problem, f));
    }
    List<Open> open = new ArrayList<>();
    for (Placement placement : Placement.all(problem)) {
      combine(placement, choices, new Spread[choices.size()], 0, problem.extent.clone(), open);
    }
    open.sort(Comparator.comparingDouble(Open::value).thenComparingDouble(Open::tie));
    for (int i = 0; i < open.size(); i++) {
      Open o = open.get(i);
      lowerBound = Math.min(best.value, o.value);
      if (monitor.stop()) {
        return;
      }
      Structure s = new Structure(problem, o.placement, o.spreads);
      structuresSearched++;
      double next = i + 1 < open.size() ? open.get(i + 1).value : Double.POSITIVE_INFINITY;
      if (!best.wantsFront() && o.value > best.value * (1 + 1e-11)) {
        break;
      }
      TemporalSearch.End end = temporal.run(s, best, monitor, next);
      if (end == TemporalSearch.End.STOPPED) {
        lowerBound = Math.min(best.value, Math.min(next, temporal.openBound()));
        return;
      }
    }
    proven = true;
    lowerBound = best.value;
  }

  private void combine(
      Placement placement,
      List<List<Spread>> choices,
      Spread[] chosen,
      int f,
      long[] left,
      List<Open> open) {
    if (f == chosen.length) {
      Structure s = new Structure(problem, placement, chosen.clone());
      structures++;
      if (s.impossible) {
        return;
      }
      double[] least = s.least();
      if (!best.prunes(least[0], least[1])) {
        open.add(
            new Open(
                best.value(least[0], least[1]),
                best.tie(least[0], least[1]),
                placement,
                chosen.clone()));
      }
      return;
    }
    for (Spread spread : choices.get(f)) {
      long[] rest = Arrays.copyOf(left, left.length);
      boolean divides = true;
      for (int v = 0; v < rest.length && divides; v++) {
        divides = rest[v] % spread.factor()[v] == 0;
        rest[v] /= spread.factor()[v];
      }
      if (divides) {
        chosen[f] = spread;
        combine(placement, choices, chosen, f + 1, rest, open);
      }
    }
  }
}
