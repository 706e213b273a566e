package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Fanout;
import org.einloom.arch.Toll;
import org.einloom.workload.TensorAccess;

/**
 * What the links of an operand cost whose tiles overlap: the input of a convolution.
 *
 * <p>A link moves, at each of four kinds of places (into the child, across the lower face of each
 * fanout between, through each toll there, out of the parent), the words of all tiles it ever
 * needs, less what is kept each time a temporal loop advances. Both are products over ranks of sums
 * that {@link RankOverlap} counts. What is kept when a loop advances depends on the sizes of the
 * tile below the child, of the tile below the loop, and on where the instances of fanouts in
 * between stand, not on how loops are ordered otherwise; so it is known as soon as those fanouts
 * have been passed on the way up.
 */
final class Halo {
  /**
   * What is counted for a link at one place.
   *
   * @param at the node: the child, which is filled, one that is passed on the way, or the parent
   * @param united by fanout, whether requests of its children are merged on the way there
   * @param costPerWord by dimension of cost
   * @param least words that are counted whatever the loops
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Measure(int link, int at, boolean[] united, double[] costPerWord, double least) {}

  final int tensor;
  final RankOverlap overlap;
  final Structure structure;
  final Problem problem;

  /** All measures, by link, the link of the computes first. */
  final List<Measure> measures = new ArrayList<>();

  /**
   * {@code [link]}: the fanout that must have been passed before the link can be counted; or -1.
   */
  final int[] resolvedBy;

  /** {@code [variable]}: whether it is in a rank whose tiles overlap or are padded. */
  final boolean[] overlapping;

  /** {@code [fanout]}: whether it spreads such a variable. */
  final boolean[] matters;

  /** Whether busiest instances may do more than the mean, which is what is counted. */
  boolean uneven;

  private final boolean[] irrelevant;
  private final RankOverlap.Digits digits = new RankOverlap.Digits();

  Halo(Structure s, int tensor, RankOverlap overlap) {
    this.structure = s;
    this.problem = s.problem;
    this.tensor = tensor;
    this.overlap = overlap;
    int[] chain = s.placement.chains()[tensor];
    overlapping = new boolean[problem.variables];
    irrelevant = new boolean[problem.variables];
    boolean padded = false;
    for (RankOverlap.Rank r : overlap.ranks) {
      for (int v : r.variables()) {
        overlapping[v] |= !r.apart();
      }
      padded |= !r.apart();
    }
    for (int v = 0; v < problem.variables; v++) {
      irrelevant[v] = !problem.relevant[tensor][v];
    }
    matters = new boolean[problem.fanouts.length];
    for (int f = 0; f < matters.length; f++) {
      for (int v = 0; v < problem.variables; v++) {
        matters[f] |= overlapping[v] && s.spreads[f].factor()[v] > 1;
      }
      uneven |= matters[f] && padded;
    }
    resolvedBy = new int[chain.length + 1];
    for (int link = 0; link <= chain.length; link++) {
      link(chain, link);
    }
  }

  /** Whether instance 0 of a node may touch fewer words than the mean: its tiles may be padding. */
  boolean uneven(int node) {
    boolean low = false;
    for (RankOverlap.Rank r : overlap.ranks) {
      low |= !r.apart() && r.offset() < 0;
    }
    boolean spread = false;
    for (int f = 0; f < matters.length; f++) {
      spread |= matters[f] && problem.fanouts[f] < node;
    }
    return low && spread;
  }

  private void link(int[] chain, int link) {
    Problem p = problem;
    TensorAccess t = p.tensors.get(tensor);
    int child = link == 0 ? p.nodes.size() - 1 : chain[link - 1];
    int parent = link == chain.length ? p.memories[0] : chain[link];
    resolvedBy[link] = -1;
    for (int f = p.fanouts.length - 1; f >= 0; f--) {
      if (p.fanouts[f] < child && p.fanouts[f] > parent && matters[f]) {
        resolvedBy[link] = f;
      }
    }
    if (link > 0) {
      add(link, child, new boolean[p.fanouts.length], action(child, Ports.WRITE), t, child, parent);
    }
    for (int f = p.fanouts.length - 1; f >= 0; f--) {
      if (p.fanouts[f] < child && p.fanouts[f] > parent) {
        Action transfer = p.fanout(p.fanouts[f]).transfer().orElse(null);
        if (transfer != null) {
          add(link, p.fanouts[f], united(p.fanouts[f], child), transfer, t, child, parent);
        }
      }
    }
    for (int toll : p.tolls) {
      Action down = p.toll(toll, tensor, Toll.DOWN).orElse(null);
      if (toll < child && toll > parent && down != null) {
        add(link, toll, united(toll, child), down, t, child, parent);
      }
    }
    add(link, parent, united(parent, child), action(parent, Ports.READ), t, child, parent);
  }

  private Action action(int memory, int action) {
    Action a = problem.action(memory, action);
    return a == null ? MISSING : a;
  }

  private static final Action MISSING =
      new Action("missing", org.einloom.arch.Figure.NONE, 0, Double.POSITIVE_INFINITY);

  /** Which fanouts between two nodes, the upper one not counted, merge what passes them. */
  private boolean[] united(int upper, int child) {
    boolean[] united = new boolean[problem.fanouts.length];
    boolean merged = false;
    for (int f = 0; f < united.length; f++) {
      int node = problem.fanouts[f];
      if (node > upper && node < child) {
        merged |= problem.fanout(node).multicast() == Fanout.Multicast.WORDS;
        united[f] = merged;
      }
    }
    return united;
  }

  private void add(
      int link, int at, boolean[] united, Action action, TensorAccess t, int child, int parent) {
    if (action.name().equals(MISSING.name())) {
      structure.impossible = true;
      return;
    }
    Problem p = problem;
    double perWord =
        action.widthBits() == 0
            ? 1
            : (double) p.architecture.widths().of(t) / (double) action.widthBits();
    double[] cost = new double[structure.dimensions];
    cost[0] = perWord * action.energyPj().value();
    int port = structure.port(at, action.name());
    if (port > 0) {
      double instances = 1;
      for (int f = 0; f < p.fanouts.length && p.fanouts[f] < at; f++) {
        instances *= (double) structure.spreads[f].used();
      }
      cost[port] = perWord / action.perCycle() / instances;
    }
    measures.add(
        new Measure(link, at, united, cost, least(united, link, child, structure.open(parent))));
  }

  /** Every word that is needed crosses once; what computes ask for is merged at most so often. */
  private double least(boolean[] united, int link, int child, double open) {
    double words = overlap.touched();
    double all = overlap.asked();
    double merged = 1;
    for (int f = 0; f < united.length; f++) {
      double irr = 1;
      for (int v = 0; v < problem.variables; v++) {
        if (irrelevant[v]) {
          irr *= (double) structure.spreads[f].factor()[v];
        }
      }
      if (united[f]) {
        merged *= (double) structure.spreads[f].used();
      } else if (problem.fanouts[f] < child) {
        words *= irr;
      }
    }
    if (link > 0) {
      return words;
    }
    for (int v = 0; v < problem.variables; v++) {
      if (irrelevant[v]) {
        all *= (double) problem.extent[v];
      }
    }
    return Math.max(words, all / (merged * open));
  }

  /**
   * What one measure counts.
   *
   * @param start sizes of the child's tile
   * @param began by variable, temporal iterations below the child
   * @param at sizes of the tile below the loop that advances
   * @param iterations by variable, temporal iterations below it
   * @param self the variable that advances; -1 to add up all tiles instead
   * @param bound by how much it is multiplied
   * @param passed by fanout, the sizes of the tile below it; null if not passed
   * @return words asked for, or kept
   */
  double count(
      Measure m,
      long[] start,
      long[] began,
      long[] at,
      long[] iterations,
      int self,
      long bound,
      long[][] passed) {
    double product = rounds(iterations, self, bound);
    for (int r = 0; r < overlap.ranks.size(); r++) {
      product *= rank(m, r, start, began, at, iterations, self, bound, passed);
    }
    for (int v = 0; v < problem.variables; v++) {
      for (int f = 0; f < problem.fanouts.length; f++) {
        if (irrelevant[v] && !m.united[f] && above(m.link, f)) {
          product *= (double) structure.spreads[f].factor()[v]; // served on their own
        }
      }
    }
    return product;
  }

  /** Irrelevant temporal iterations that are not inside; those that advance, if it is these. */
  double rounds(long[] iterations, int self, long bound) {
    double product = 1;
    for (int v = 0; v < problem.variables; v++) {
      if (irrelevant[v]) {
        double left = (double) structure.temporal[v] / (double) iterations[v];
        product *= v == self ? left / (double) bound * (double) (bound - 1) : left;
      }
    }
    return product;
  }

  /** What one rank contributes to {@link #count}. */
  double rank(
      Measure m,
      int r,
      long[] start,
      long[] began,
      long[] at,
      long[] iterations,
      int self,
      long bound,
      long[][] passed) {
    int kept = self >= 0 ? 1 : 0;
    RankOverlap.Rank rank = overlap.ranks.get(r);
    if (rank.apart()) {
      return apart(m, rank, start, began, iterations, self, kept == 1);
    }
    digits.begin(r);
    for (int v : rank.variables()) {
      digits.tile(start[v]);
    }
    digits.endTile();
    for (int i = 0; i < rank.variables().length; i++) {
      int v = rank.variables()[i];
      long c = rank.coefficients()[i];
      long size = start[v];
      for (int f = problem.fanouts.length - 1; f >= 0; f--) {
        long factor = structure.spreads[f].factor()[v];
        if (factor > 1 && passed[f] != null && passed[f][v] >= start[v] && above(m.link, f)) {
          temporal(size, passed[f][v], at[v], v == self ? bound : 1, c);
          digits.add(m.united[f] ? RankOverlap.UNION : RankOverlap.SUM, factor, passed[f][v] * c);
          size = passed[f][v] * factor;
        }
      }
      temporal(size, problem.extent[v], at[v], v == self ? bound : 1, c);
    }
    return (double) overlap.count(digits)[kept];
  }

  /** The same for a rank whose tiles have nothing in common, however its instances stand. */
  private double apart(
      Measure m,
      RankOverlap.Rank rank,
      long[] start,
      long[] began,
      long[] iterations,
      int self,
      boolean kept) {
    double words = 1;
    for (int v : rank.variables()) {
      if (kept && (v == self || iterations[v] > began[v])) {
        return 0;
      }
      double left = (double) structure.temporal[v] / (double) iterations[v];
      words *= (double) start[v] * left;
      for (int f = 0; f < problem.fanouts.length; f++) {
        if (above(m.link, f)) {
          words *= (double) structure.spreads[f].factor()[v];
        }
      }
    }
    return words;
  }

  /** Whether a fanout stands above the child of a link. */
  boolean above(int link, int f) {
    int[] chain = structure.placement.chains()[tensor];
    int child = link == 0 ? problem.nodes.size() - 1 : chain[link - 1];
    return problem.fanouts[f] < child;
  }

  /** Loops over a variable between two tile sizes: inside, the one that advances, and outside. */
  private void temporal(long from, long to, long at, long bound, long coefficient) {
    long inside = Math.clamp(at, from, to);
    if (inside > from) {
      digits.add(RankOverlap.INSIDE, inside / from, from * coefficient);
    }
    long after = inside;
    if (bound > 1 && at >= from && at < to) {
      digits.add(RankOverlap.SELF, bound, at * coefficient);
      after = at * bound;
    }
    if (to > after) {
      digits.add(RankOverlap.SUM, to / after, after * coefficient);
    }
  }

  /** The largest tile, in words. */
  double tile(long[] sizes) {
    double words = 1;
    for (int r = 0; r < overlap.ranks.size(); r++) {
      words *= tile(r, sizes);
    }
    return words;
  }

  /** What one rank contributes to the largest tile. */
  double tile(int r, long[] sizes) {
    int[] variables = overlap.ranks.get(r).variables();
    long[] of = new long[variables.length];
    for (int i = 0; i < of.length; i++) {
      of[i] = sizes[variables[i]];
    }
    return (double) overlap.largest(r, of, problem.extent);
  }

  /**
   * Whether nothing of a child's tile is ever kept again, whatever loops come: a rank whose tiles
   * have nothing in common has moved; or two ranks start over farther away than their tiles reach;
   * or one does, and no loop over its variables is left that leaves some of the tile in place.
   *
   * @param left by variable, temporal iterations to come
   */
  boolean dead(
      long[] start,
      long[] began,
      long[] at,
      long[] iterations,
      long[][] passed,
      int link,
      long[] left) {
    return ends(start, began, at, iterations, passed, link, left) == DEAD;
  }

  /** Everything may be kept. */
  static final int NEAR = 0;

  /** No loop over an irrelevant variable keeps anything any more: see {@link HaloReach}. */
  static final int FAR = 1;

  /** Nothing is kept any more. */
  static final int DEAD = 2;

  /** What may still be kept of a child's tile: see {@link #dead}. */
  int ends(
      long[] start,
      long[] began,
      long[] at,
      long[] iterations,
      long[][] passed,
      int link,
      long[] left) {
    boolean any = false;
    for (long l : left) {
      any |= l > 1;
    }
    if (!any) {
      return DEAD;
    }
    int far = 0;
    for (int r = 0; r < overlap.ranks.size(); r++) {
      int end = end(r, start, began, at, iterations, passed, link, left);
      if (end == DEAD) {
        return DEAD;
      }
      far += end == FAR ? 1 : 0;
    }
    return far >= 2 ? DEAD : far == 1 ? FAR : NEAR;
  }

  /** What one rank decides about {@link #ends}: two ranks that are far are too many. */
  int end(
      int r,
      long[] start,
      long[] began,
      long[] at,
      long[] iterations,
      long[][] passed,
      int link,
      long[] left) {
    RankOverlap.Rank rank = overlap.ranks.get(r);
    if (rank.apart()) {
      for (int v : rank.variables()) {
        if (iterations[v] > began[v]) {
          return DEAD;
        }
      }
      return NEAR;
    }
    long distance = 0;
    long reach = 1;
    int open = 0;
    long openShift = 0;
    for (int i = 0; i < rank.variables().length; i++) {
      int v = rank.variables()[i];
      long moved = at[v] - start[v];
      for (int f = 0; f < problem.fanouts.length; f++) {
        long factor = structure.spreads[f].factor()[v];
        if (factor > 1
            && passed[f] != null
            && passed[f][v] >= start[v]
            && passed[f][v] < at[v]
            && above(link, f)) {
          moved -= (factor - 1) * passed[f][v];
        }
      }
      distance += moved * rank.coefficients()[i];
      reach += (start[v] - 1) * rank.coefficients()[i];
      if (left[v] > 1) {
        open++;
        openShift = at[v] * rank.coefficients()[i];
      }
    }
    if (distance < reach) {
      return NEAR;
    }
    // loops further out over its only open variable move by what this one does
    return open == 0 || (open == 1 && openShift - distance >= reach) ? DEAD : FAR;
  }

  /** A key that sets and sequences are remembered by. */
  static final class Interned {
    private final Map<List<Long>, Integer> numbers = new HashMap<>();

    int number(long... key) {
      List<Long> list = Arrays.stream(key).boxed().toList();
      return numbers.computeIfAbsent(list, k -> numbers.size() + 1);
    }
  }
}
