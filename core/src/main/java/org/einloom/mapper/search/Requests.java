package org.einloom.mapper.search;

import org.einloom.arch.Fanout;
import org.einloom.workload.Affine;
import org.einloom.workload.TensorAccess;

/**
 * How many words the computes ask of a node at least, over the whole run, or deliver to it.
 *
 * <p>Every point that touches an existing word makes one request, in its step and at its instance.
 * Requests are merged only among instances, in one step, for one word: among those whose indices
 * differ in loops over variables that do not tell words apart, in fanouts below the node that merge
 * or lie inside one that does. So their number is divided by no more than the iterations of such
 * loops, those that still may follow included.
 */
final class Requests {
  /** More combinations of values of one rank than this are not counted. */
  private static final double MOST_COMBINATIONS = 1e6;

  private final Problem problem;
  private final Tiles tiles;

  /** By tensor, points that touch a word that exists. */
  private final double[] points;

  private final boolean[][] separates;

  Requests(Problem problem, Tiles tiles) {
    this.problem = problem;
    this.tiles = tiles;
    int tensors = problem.tensors.size();
    points = new double[tensors];
    separates = new boolean[tensors][problem.variables];
    for (int t = 0; t < tensors; t++) {
      points[t] = points(t);
      for (int v = 0; v < problem.variables; v++) {
        separates[t][v] = Equals.separates(problem, t, v);
      }
    }
  }

  private double points(int t) {
    TensorAccess tensor = problem.tensors.get(t);
    double share = 1;
    for (TensorAccess.Rank rank : tensor.ranks()) {
      double rankShare = share(rank);
      if (rankShare < 1 && !tensor.ranksAreDisjoint()) {
        return 0;
      }
      share *= rankShare;
    }
    return (double) problem.einsum.computes() * share;
  }

  /** The share of combinations of a rank's variables that touch a coordinate that exists. */
  private double share(TensorAccess.Rank rank) {
    long low = rank.expression().offset();
    long high = low;
    double combinations = 1;
    for (Affine.Term term : rank.expression().terms()) {
      long extent = problem.extent[problem.number(term.variable())];
      long reach = term.coefficient() * (extent - 1);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
      combinations *= (double) extent;
    }
    if (low >= 0 && high < rank.size()) {
      return 1;
    }
    return combinations > MOST_COMBINATIONS
        ? 0
        : count(rank, 0, rank.expression().offset()) / combinations;
  }

  private double count(TensorAccess.Rank rank, int term, long sum) {
    if (term == rank.expression().terms().size()) {
      return sum >= 0 && sum < rank.size() ? 1 : 0;
    }
    Affine.Term t = rank.expression().terms().get(term);
    double count = 0;
    for (long i = 0; i < problem.extent[problem.number(t.variable())]; i++) {
      count += count(rank, term + 1, sum + i * t.coefficient());
    }
    return count;
  }

  /**
   * Words that cross the lower face of a node, or a toll, after all merging further in, at least.
   */
  long at(Walk walk, int t, int node) {
    double merged = 1;
    boolean inside = false;
    for (int f = 0; f < problem.fanouts.length; f++) {
      if (problem.fanouts[f] <= node) {
        continue;
      }
      Fanout fanout = problem.fanout(problem.fanouts[f]);
      inside |= t == problem.result ? fanout.reduce() : fanout.multicast() != Fanout.Multicast.NONE;
      if (inside) {
        merged *= alike(walk, t, f);
      }
    }
    return (long) (points[t] / merged * (1 - 1e-12));
  }

  /** Instances of a fanout's children that may ask for the same word in the same step. */
  private double alike(Walk walk, int t, int f) {
    double now = 1;
    for (Walk.Move move : walk.path) {
      if (move instanceof Walk.Par s && s.fanout() == f && !separates[t][s.variable()]) {
        now *= (double) walk.countOf(s);
      }
    }
    if (!walk.isOpen(f)) {
      return now;
    }
    double room = 1;
    double left = 1;
    for (int d = 0; d < walk.used[f].length; d++) {
      boolean some = false;
      for (int v = 0; v < problem.variables; v++) {
        some |= walk.tile[v] > 1 && !separates[t][v] && tiles.mayLoop(f, d, v);
      }
      long size = problem.fanout(problem.fanouts[f]).dimensions().get(d).size();
      long wholeRows = size / walk.used[f][d];
      room *= some ? (double) wholeRows : 1;
    }
    for (int v = 0; v < problem.variables; v++) {
      left *= separates[t][v] ? 1 : (double) walk.tile[v];
    }
    return now * Math.min(room, left);
  }
}
