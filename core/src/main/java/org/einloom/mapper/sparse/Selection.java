package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.einloom.arch.Memory;

/** The best formats of a complete mapping: of every choice of one option for each tensor. */
final class Selection {
  private final Problem problem;
  private final Stock stock;

  /** The best formats for a mapping. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Best(double value, double energyPj, double cycles, Option[] options) {
    /** Nothing of a lower value. */
    static Best none(double value) {
      return new Best(value, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, new Option[0]);
    }
  }

  /** What is asked for. */
  interface Wanted {
    /** Whether something that costs so much is. */
    boolean wants(double value, double energyPj, double cycles);
  }

  Selection(Problem problem, Stock stock) {
    this.problem = problem;
    this.stock = stock;
  }

  /**
   * @param total what is the same in all
   * @param than only what has a lower value is asked for
   * @return without options if there is none
   */
  Best best(State s, List<List<Option>> options, Bill total, double than) {
    return choose(s, options, 0, new Option[options.size()], total.copy(), Best.none(than));
  }

  /**
   * All that are wanted, the best first, and of equal value what costs less of the rest; formats
   * that others are no worse than, too.
   */
  List<Best> all(State s, List<List<Option>> options, Bill total, Wanted wanted) {
    var found = new ArrayList<Best>();
    all(s, options, new Option[options.size()], 0, total.copy(), wanted, found);
    found.sort(
        Comparator.comparingDouble(Best::value)
            .thenComparingDouble(b -> b.energyPj() * b.cycles()));
    return found;
  }

  private void all(
      State s,
      List<List<Option>> options,
      Option[] chosen,
      int t,
      Bill sum,
      Wanted wanted,
      List<Best> found) {
    if (t == options.size()) {
      double value = value(sum);
      double energyPj = problem.tariff.energyPj(sum);
      double cycles = sum.slowest();
      if (wanted.wants(value, energyPj, cycles) && fits(s, chosen)) {
        found.add(new Best(value, energyPj, cycles, chosen.clone()));
      }
      return;
    }
    for (Option o : options.get(t)) {
      Bill with = sum.copy();
      with.add(o.bill());
      chosen[t] = o;
      all(s, options, chosen, t + 1, with, wanted, found);
    }
  }

  private Best choose(
      State s, List<List<Option>> options, int t, Option[] chosen, Bill sum, Best best) {
    if (t == options.size()) {
      double value = value(sum);
      return value < best.value && fits(s, chosen)
          ? new Best(value, problem.tariff.energyPj(sum), sum.slowest(), chosen.clone())
          : best;
    }
    Best found = best;
    for (Option o : options.get(t)) {
      Bill with = sum.copy();
      with.add(o.bill());
      chosen[t] = o;
      found = choose(s, options, t + 1, chosen, with, found);
    }
    return found;
  }

  private double value(Bill sum) {
    return sum.impossible || !problem.demands.mayAfford(sum)
        ? Double.POSITIVE_INFINITY
        : problem.tariff.value(sum);
  }

  private boolean fits(State s, Option[] chosen) {
    for (int n = 0; n < problem.architecture.nodes().size(); n++) {
      if (problem.node(n) instanceof Memory && stock.limited(n)) {
        double bits = 0;
        double metadata = 0;
        for (int t = 0; t < chosen.length; t++) {
          int k = Room.place(s, t, n);
          bits += k < 0 ? 0 : chosen[t].bits()[k];
          metadata += k < 0 ? 0 : chosen[t].metadata()[k];
        }
        if (bits > stock.capacity(n) || metadata > stock.metadataCapacity(n)) {
          return false;
        }
      }
    }
    return true;
  }
}
