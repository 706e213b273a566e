package org.einloom.mapper.sparse;

import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * What is particular to a result whose ranks have several variables, as of a transposed
 * convolution: points next to each other add to the same words. The model counts it where one
 * memory alone keeps it. Every point is an update then, of which those of one step for one word are
 * added up where networks reduce; each word begins empty once. So all that moves is known, but for
 * two things that depend on the order of all loops: which of several instances that add to a word
 * gets the value that it starts from, and which of them adds to it last.
 */
final class ResultWindow {
  private final Problem problem;
  private final int t;

  /** By variable, over how many instances it is spread. */
  private final long[] spread;

  /** The outermost fanout that spreads a variable of a window; beyond all nodes if none does. */
  private final int outermost;

  /** Whether instances can add to some words in common and not to others in one step. */
  final boolean coincides;

  /** Whether all fanouts that stand below the outermost memory reduce. */
  final boolean reduces;

  /** Whether it depends on the order of all loops what a mapping costs. */
  final boolean orderMatters;

  ResultWindow(Structure structure) {
    problem = structure.problem;
    t = problem.result;
    spread = new long[problem.variables];
    java.util.Arrays.fill(spread, 1);
    Ranks ranks = problem.ranks[t];
    int first = Integer.MAX_VALUE;
    for (int f : structure.active) {
      for (int v = 0; v < spread.length; v++) {
        spread[v] *= structure.count(f, v);
        if (inWindow(v) && structure.count(f, v) > 1) {
          first = Math.min(first, f);
        }
      }
    }
    outermost = first;
    boolean some = false;
    for (int[] rank : ranks.variable) {
      int several = 0;
      for (int v : rank) {
        several += spread[v] > 1 ? 1 : 0;
      }
      some |= several > 1;
    }
    coincides = some;
    boolean all = true;
    boolean matters = false;
    for (int n : structure.between[t][1]) {
      all &= !(problem.node(n) instanceof org.einloom.arch.Fanout f) || f.reduce();
      boolean widths = differ() && problem.tariff.tellsWidths(n);
      matters |= n > outermost && (problem.tariff.takesTime(n) || widths);
      matters |= coincides && n >= outermost && widths;
    }
    reduces = all;
    orderMatters = matters || (coincides && !reduces);
  }

  private boolean inWindow(int v) {
    int r = problem.ranks[t].rankOf[v];
    return r >= 0 && problem.ranks[t].window(r);
  }

  /** Whether words that are complete are not as wide as others. */
  private boolean differ() {
    Widths widths = problem.architecture.widths();
    TensorAccess of = problem.tensors.get(t);
    return widths.of(of) != widths.partialOf(of);
  }

  /**
   * Whether the model counts what is spread, where some points may be left out: what instances add
   * to in one step are words next to each other, and no two add to the same.
   */
  boolean apart() {
    Ranks ranks = problem.ranks[t];
    for (int r = 0; r < ranks.variable.length; r++) {
      long reach = 1;
      long instances = 1;
      for (int i = 0; i < ranks.variable[r].length && ranks.window(r); i++) {
        long n = spread[ranks.variable[r][i]];
        long step = Math.abs(ranks.coefficient[r][i]);
        if (n > 1 && step > reach) {
          return false;
        }
        reach += step * (n - 1);
        instances *= n;
      }
      if (reach != instances) {
        return false;
      }
    }
    return true;
  }

  /**
   * Of words that arrive at a component, those that are complete; where that is not known, so many
   * that it costs least.
   */
  double complete(int node, double words, double complete) {
    if (!coincides || (node < outermost && reduces)) {
      return complete;
    }
    Widths widths = problem.architecture.widths();
    TensorAccess of = problem.tensors.get(t);
    return widths.partialOf(of) >= widths.of(of) ? Math.min(words, problem.words[t]) : 0;
  }
}
