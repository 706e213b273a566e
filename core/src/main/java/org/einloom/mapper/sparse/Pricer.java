package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.sparsity.Kind;

/**
 * What a state costs at least, and a mapping exactly. With the mapping fixed, what a format changes
 * is what its own tensor costs and takes room for; so formats are chosen tensor by tensor, those
 * that are worse in everything left out, and then together.
 */
final class Pricer {
  private final Problem problem;
  private final Odds odds;
  private final Room room;
  private final Selection selection;
  private final OperandPrice operands;
  private final ResultPrice result;
  private final List<List<Option>> options = new ArrayList<>();
  private final Bill total;
  private final Bill least;

  /** Whether the last question was answered by what it costs at least. */
  private boolean estimated;

  // what has to be there for a point
  private final Needs point;
  private final Needs pointNotSkipped;

  Pricer(Problem problem) {
    this.problem = problem;
    odds = new Odds(problem);
    var stock = new Stock(problem);
    room = new Room(problem, stock);
    selection = new Selection(problem, stock);
    operands = new OperandPrice(problem, odds, stock, room);
    result = new ResultPrice(problem, odds, stock, room);
    total = new Bill(problem.tariff.ports);
    least = new Bill(problem.tariff.ports);
    point = new Needs(problem.tensors.size());
    pointNotSkipped = new Needs(problem.tensors.size());
  }

  /**
   * A value that no mapping that begins so is below; positive infinity if there is none that fits
   * and is counted. The state remembers it, with the energy and the cycles that it comes from:
   * neither is more than that of any such mapping.
   */
  double bound(State s) {
    s.bound = Double.POSITIVE_INFINITY;
    if (!price(s)) {
      return s.bound;
    }
    for (List<Option> of : options) {
      least.set(of.getFirst().bill());
      for (Option o : of) {
        least.least(o.bill());
      }
      total.add(least);
    }
    if (!total.impossible && problem.demands.mayAfford(total)) {
      s.energyPj = problem.tariff.energyPj(total);
      s.cycles = total.slowest();
      s.bound = problem.tariff.value(s.energyPj, s.cycles);
    }
    return s.bound;
  }

  /** The best formats of a complete mapping, if they are better than a value. */
  Selection.Best best(State s, double than) {
    if (!price(s)) {
      return Selection.Best.none(than);
    }
    if (estimated || problem.byPlace) {
      throw new IllegalStateException("the model has to tell what this costs");
    }
    options.forEach(Option::undominated);
    return selection.best(s, options, total, than);
  }

  /**
   * Whether it is not known exactly what a complete mapping costs, but only that it is no less. Of
   * padded tensors the model has the last word: instances that share a network there may do more
   * than closed forms say; so it has of several tensors that are not alike everywhere.
   */
  boolean estimated(State s) {
    return price(s) && (estimated || problem.byPlace);
  }

  /**
   * All formats of a complete mapping that may cost what is wanted, the most promising first; if it
   * is known exactly what it costs, without those that others are no worse than in any figure.
   */
  List<Selection.Best> promising(State s, Selection.Wanted wanted) {
    if (!price(s)) {
      return List.of();
    }
    if (!estimated && !problem.byPlace) {
      options.forEach(Option::undominated);
    }
    return selection.all(s, options, total, wanted);
  }

  /** Whether what is placed fits in the formats that take least. */
  boolean hasRoom(State s) {
    return room.fits(s);
  }

  /** Finds the options of all tensors, and in {@link #total} what is the same in all. */
  private boolean price(State s) {
    if (!room.fits(s)) {
      return false;
    }
    total.clear();
    options.clear();
    point.clear();
    pointNotSkipped.clear();
    operands.estimated = false;
    for (int t = 0; t < problem.result; t++) {
      List<Option> of = operands.options(s, t, point, pointNotSkipped);
      if (of.isEmpty()) {
        return false;
      }
      options.add(of);
    }
    s.structure.variant.compute().ifPresent(this::zeros);
    List<Option> ofResult = result.options(s, point, pointNotSkipped);
    options.add(ofResult);
    estimated = operands.estimated || result.estimated || s.structure.unequal;
    return !ofResult.isEmpty() && compute(s);
  }

  private void zeros(Kind kind) {
    for (int l = 0; l < problem.result; l++) {
      point.require(l, Needs.POINT);
      if (kind == Kind.SKIP) {
        pointNotSkipped.require(l, Needs.POINT);
      }
    }
  }

  private boolean compute(State s) {
    boolean exact = s.exact() || s.structure.regular;
    double instances = s.structure.instances[s.structure.spread.length - 1];
    double done = odds.any(s, point, 0, problem.result);
    double not = odds.any(s, pointNotSkipped, 0, problem.result);
    if (Double.isNaN(done) || Double.isNaN(not)) {
      if (exact && !problem.byPlace) {
        return false;
      }
      estimated = true;
      done = Double.isNaN(done) ? 0 : done;
      not = Double.isNaN(not) ? 0 : not;
    }
    problem.tariff.compute(total, instances, done, not, !exact || estimated);
    return true;
  }
}
