package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.Sparsity;
import org.jspecify.annotations.Nullable;

/** What is chosen first: optimisations, which memories keep what, and what fanouts spread. */
final class Structure {
  final Problem problem;
  final Sparsity variant;

  /** By tensor, the memories that keep it, outermost first, by number of their node. */
  final int[][] chain;

  /** By node; null where there is no fanout. */
  final @Nullable Spread[] spread;

  /** The fanouts that spread something, outermost first. */
  final int[] active;

  /** By variable: iterations of all temporal loops. */
  final long[] temporal;

  /** By node: how many of its instances are used. */
  final double[] instances;

  /** By tensor and node: of these, how many differ in variables that index the tensor. */
  final double[][] relevantAbove;

  /** By tensor and place, from 0: what happens to it at the memory that keeps it there. */
  final Rule[][][] rules;

  /** By tensor and place from 1, the last being the compute: fanouts and tolls on the way up. */
  final int[][][] between;

  /**
   * Whether optimisations are at the innermost memories of their tensors alone. Then all fills are
   * done, and what the compute asks for depends on points alone.
   */
  final boolean pointwise;

  /** All loops below the outermost storage nodes. */
  private @Nullable State whole;

  /**
   * Whether that is so, and no variable of a rank that is padded is spread, for which it matters
   * how its loops stand.
   */
  final boolean regular;

  /** Whether some instances of a component have more of a padded tensor to do with than others. */
  final boolean unequal;

  /** By operand, what its computes take, where that depends on points alone. */
  final @Nullable Link[] atComputes;

  /** By operand, what they take at least, whatever the order of loops. */
  final @Nullable Link[] leastAtComputes;

  /** By tensor, whether instances of computes can share some of its words and not others. */
  private final boolean[] coincide;

  /** Of a result whose ranks have several variables. */
  private final @Nullable ResultWindow window;

  /** An optimisation in numbers. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Rule(Kind kind, int[] leaders, boolean mutual) {}

  Structure(Problem p, Sparsity variant, int[][] chain, @Nullable Spread[] spread) {
    this.problem = p;
    this.variant = variant;
    this.chain = chain;
    this.spread = spread;
    int nodes = spread.length;
    temporal = p.extent.clone();
    instances = new double[nodes];
    relevantAbove = new double[p.tensors.size()][nodes];
    var used = new ArrayList<Integer>();
    double all = 1;
    double[] relevant = new double[p.tensors.size()];
    java.util.Arrays.fill(relevant, 1);
    for (int n = 0; n < nodes; n++) {
      instances[n] = all;
      for (int t = 0; t < relevant.length; t++) {
        relevantAbove[t][n] = relevant[t];
      }
      Spread s = spread[n];
      if (s != null && s.product() > 1) {
        used.add(n);
        all *= (double) s.product();
        for (int v = 0; v < p.variables; v++) {
          temporal[v] /= s.count()[v];
          for (int t = 0; t < relevant.length; t++) {
            relevant[t] *= p.relevant[t][v] ? (double) s.count()[v] : 1;
          }
        }
      }
    }
    active = used.stream().mapToInt(Integer::intValue).toArray();
    rules = new Rule[chain.length][][];
    between = new int[chain.length][][];
    boolean pointsAlone = true;
    for (int t = 0; t < chain.length; t++) {
      rules[t] = new Rule[chain[t].length][];
      between[t] = new int[chain[t].length + 1][];
      for (int k = 0; k < chain[t].length; k++) {
        rules[t][k] = rules(t, k);
        pointsAlone &= rules[t][k].length == 0 || k == chain[t].length - 1;
        between[t][k + 1] = between(t, k + 1);
      }
    }
    pointwise = pointsAlone;
    boolean spreadsPadding = false;
    for (int v = 0; v < p.variables; v++) {
      spreadsPadding |= p.pads(v) && temporal[v] < p.extent[v];
    }
    regular = pointwise && !spreadsPadding;
    boolean some = false;
    for (int t = 0; t < p.result; t++) {
      some |= unequal(t);
    }
    unequal = some;
    atComputes = new @Nullable Link[chain.length];
    leastAtComputes = new @Nullable Link[chain.length];
    coincide = new boolean[chain.length];
    for (int t = 0; t < p.result; t++) {
      int below = chain[t][chain[t].length - 1];
      for (int[] rank : p.ranks[t].variable) {
        int several = 0;
        for (int v : rank) {
          boolean spreads = false;
          for (int f : active) {
            spreads |= f > below && count(f, v) > 1;
          }
          several += spreads ? 1 : 0;
        }
        coincide[t] |= several > 1;
      }
    }
    window = p.ranks[p.result].windows ? new ResultWindow(this) : null;
    coincide[p.result] = window != null && window.coincides;
  }

  /** Of a result whose ranks have several variables; nothing of others. */
  @Nullable ResultWindow window() {
    return window;
  }

  /** Whether a cost may depend on the order of all loops. */
  boolean orderMatters() {
    return window != null && window.orderMatters;
  }

  /** Whether anything is left out where something is zero. */
  private boolean leavesOut() {
    boolean some = variant.compute().isPresent();
    for (Rule[][] of : rules) {
      for (Rule[] at : of) {
        some |= at.length > 0;
      }
    }
    return some;
  }

  /** Whether computes can share some words of a tensor and not others. */
  boolean sharesWords(int t) {
    return coincide[t];
  }

  /**
   * Whether the model does not count an operand where it is compressed: memories further in are
   * filled with parts of what the outermost one keeps, which overlap, and differ by where they are.
   */
  boolean partsDiffer(int t) {
    Law law = problem.law[t];
    return problem.ranks[t].windows
        && !law.uniform()
        && chain[t].length > 1
        && (problem.padded || law.uneven());
  }

  /** Whether what computes take of an operand depends on points and on what is spread alone. */
  boolean atPoints(int t) {
    return regular && !coincide[t];
  }

  /**
   * Whether it matters where a loop over children of a fanout stands among the temporal loops over
   * the same variable: whether they hold what is next to each other. It does for windows that are
   * kept below, or that computes share in part.
   */
  boolean placeMatters(int fanout, int v) {
    for (int t = 0; t < chain.length; t++) {
      int r = problem.ranks[t].rankOf[v];
      int last = chain[t][chain[t].length - 1];
      if (r >= 0
          && problem.ranks[t].window(r)
          && (last > fanout || coincide[t] || problem.padded)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the model counts it: of windows, nothing is left out on the way to a memory; tensors
   * are kept only where they need not be compressed in a way that is not counted; and a result
   * whose tiles overlap in one memory alone.
   */
  boolean counted() {
    if (window != null) {
      boolean left = leavesOut();
      if (chain[problem.result].length > 1 || (left && (problem.padded || !window.apart()))) {
        return false;
      }
    }
    for (int t = 0; t < chain.length; t++) {
      for (int node : chain[t]) {
        if (problem.formats[t][node].length == 0) {
          return false;
        }
      }
    }
    for (int t = 0; t < problem.result; t++) {
      for (int k = 0; k + 1 < chain[t].length; k++) {
        if ((problem.ranks[t].windows || problem.ranks[t].padded) && rules[t][k].length > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** A state with all loops, for what depends on points and on what is spread alone. */
  State whole() {
    State all = whole;
    if (all == null) {
      whole = all = Completions.any(State.root(this));
    }
    return all;
  }

  private Rule[] rules(int t, int place) {
    var found = new ArrayList<Rule>();
    String memory = problem.node(chain[t][place]).name();
    for (Saving s : variant.savings(memory, problem.tensors.get(t).name())) {
      int[] leaders = s.leaders().stream().mapToInt(problem::tensor).toArray();
      found.add(new Rule(s.kind(), leaders, s.mutual()));
    }
    return found.toArray(new Rule[0]);
  }

  /** Whether variables over which results are summed are spread together in a rank. */
  boolean sumsTogether(int leader) {
    for (int[] rank : problem.ranks[leader].variable) {
      int spread = 0;
      for (int v : rank) {
        boolean sums = !problem.relevant[problem.result][v];
        spread += sums && temporal[v] < problem.extent[v] ? 1 : 0;
      }
      if (spread > 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a component on the way of a tensor stands below children that differ in its padding.
   */
  private boolean unequal(int t) {
    int innermost = chain[t][chain[t].length - 1];
    for (int[] way : between[t]) {
      for (int n : way == null ? new int[0] : way) {
        innermost = Math.max(innermost, n);
      }
    }
    for (int f : active) {
      for (int v = 0; v < problem.variables && f < innermost; v++) {
        int r = problem.ranks[t].rankOf[v];
        if (r >= 0 && problem.ranks[t].pads[r] && count(f, v) > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** From the innermost outwards. */
  private int[] between(int t, int place) {
    int child = place < chain[t].length ? chain[t][place] : spread.length - 1;
    List<Integer> found = new ArrayList<>();
    for (int n = child - 1; n > chain[t][place - 1]; n--) {
      Node node = problem.node(n);
      if (node instanceof Fanout
          || (node instanceof Toll toll && toll.charges(problem.tensors.get(t)))) {
        found.add(n);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How often a fanout repeats what indexes a tensor not. */
  double irrelevant(int t, int node) {
    Spread s = spread[node];
    double product = 1;
    for (int v = 0; v < problem.variables && s != null; v++) {
      product *= problem.relevant[t][v] ? 1 : (double) s.count()[v];
    }
    return product;
  }

  long count(int node, int variable) {
    Spread s = spread[node];
    return s == null ? 1 : s.count()[variable];
  }

  /** Instances above a node that differ in other variables only. */
  double irrelevantAbove(int t, int node) {
    return instances[node] / relevantAbove[t][node];
  }

  /** The number of active fanouts above a node. */
  int segment(int node) {
    int n = 0;
    while (n < active.length && active[n] < node) {
      n++;
    }
    return n;
  }
}
