package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;

/** What constraints ask of mappings, in numbers: of what is kept, what is spread, and the cost. */
final class Demands {
  /** The model and the search may add up in other orders; the model has the last word. */
  private static final double ROUNDING = 1e-9;

  private final Problem problem;
  private final Constraints all;
  private final boolean[][] must;
  private final boolean[][] mustNot;
  private final double mostPj;
  private final double mostS;

  Demands(Problem problem, Constraints all) {
    this.problem = problem;
    this.all = all;
    int nodes = problem.architecture.nodes().size();
    must = new boolean[problem.tensors.size()][nodes];
    mustNot = new boolean[problem.tensors.size()][nodes];
    double energy = Double.POSITIVE_INFINITY;
    double latency = Double.POSITIVE_INFINITY;
    for (Constraint c : all.all()) {
      switch (c) {
        case Constraint.Kept k -> mark(must, k.memory(), k.tensors());
        case Constraint.Bypassed b -> mark(mustNot, b.memory(), b.tensors());
        case Constraint.MaxEnergy e -> energy = Math.min(energy, e.energyPj());
        case Constraint.MaxLatency l -> latency = Math.min(latency, l.latencyS());
        default -> {}
      }
    }
    mostPj = energy;
    mostS = latency;
  }

  private void mark(boolean[][] marks, String memory, java.util.Set<String> tensors) {
    for (int t = 0; t < marks.length; t++) {
      for (int n = 0; n < marks[t].length; n++) {
        marks[t][n] |=
            problem.node(n).name().equals(memory) && Keep.names(tensors, problem.tensors.get(t));
      }
    }
  }

  /** Whether a memory may keep a tensor. */
  boolean allows(int t, int node) {
    return !mustNot[t][node];
  }

  /** Whether a memory has to keep a tensor. */
  boolean requires(int t, int node) {
    return must[t][node];
  }

  /** Whether a fanout may be used so. */
  boolean allows(Fanout f, List<Spread.Loop> loops) {
    for (Constraint c : all.all()) {
      boolean holds =
          switch (c) {
            case Constraint.SpatialFactor a when a.fanout().equals(f.name()) -> within(a, loops);
            case Constraint.SpatialVariables a when a.fanout().equals(f.name()) ->
                loops.stream()
                    .filter(l -> l.dimension().equals(a.dimension()))
                    .allMatch(l -> a.variables().contains(problem.variable(l.variable())));
            case Constraint.MinUtilization a when a.fanout().equals(f.name()) -> {
              double used = 1;
              for (Spread.Loop l : loops) {
                used *= (double) l.count();
              }
              yield used / (double) f.children() >= a.share();
            }
            default -> true;
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private boolean within(Constraint.SpatialFactor a, List<Spread.Loop> loops) {
    long product = 1;
    for (Spread.Loop l : loops) {
      boolean counts =
          l.dimension().equals(a.dimension())
              && problem.variable(l.variable()).equals(a.variable());
      product *= counts ? l.count() : 1;
    }
    return problem.number(a.variable()) < 0 || (a.least() <= product && product <= a.most());
  }

  /** Whether energy or latency is limited. */
  boolean limitsCost() {
    return mostPj < Double.POSITIVE_INFINITY || mostS < Double.POSITIVE_INFINITY;
  }

  /** Whether what is added up may be within the limits. */
  boolean mayAfford(Bill bill) {
    return problem.tariff.energyPj(bill) <= mostPj * (1 + ROUNDING)
        && bill.slowest() / problem.architecture.clockHz() <= mostS * (1 + ROUNDING);
  }

  /** Whether what a mapping costs is within the limits. */
  boolean affords(Evaluation e) {
    return all.violatedBy(e).isEmpty();
  }

  /** Those mappings that have all that is asked of their nodes. */
  List<LoopTree> satisfying(List<LoopTree> mappings) {
    if (all.all().isEmpty()) {
      return mappings;
    }
    var found = new ArrayList<LoopTree>();
    for (LoopTree m : mappings) {
      if (all.violatedBy(problem.einsum, problem.architecture, m).isEmpty()) {
        found.add(m);
      }
    }
    return found;
  }
}
