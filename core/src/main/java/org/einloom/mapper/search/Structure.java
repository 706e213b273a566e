package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.einloom.arch.Action;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Toll;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * A placement and a spatial assignment: what is left to choose are the temporal loops. Their cost
 * is linear in the <em>rounds</em> of every link between a storage node and the next one outside.
 *
 * <p>A tensor is used along all loops, and reused along those that are irrelevant to it. A node
 * keeps its tile while only irrelevant loops advance, so it is filled once per iteration of the
 * loops from the outermost through the innermost relevant one above it. All loops over relevant
 * variables together touch each word once; so what a node is filled with, over the whole run, are
 * the words it is responsible for, times the irrelevant iterations outside the point at which its
 * tile first moves: the rounds. (For regular tensors and tiles that divide each other, where tiles
 * at different places have nothing in common.) Energy and the time of every port are sums of
 * products of rounds and constants that this class works out from {@code docs/model.md}:
 *
 * <ul>
 *   <li>an operand's child is filled with {@code x} words per instance; on the way up each fanout
 *       multiplies by its relevant children, and by its irrelevant ones unless it, or a fanout
 *       further out, merges equal requests;
 *   <li>a result's child drains {@code x} words per instance and residency. Of the entries of its
 *       words, all but the first in a parent's residency that began empty find a value and are
 *       starting values. With {@code G} the entries that began empty, level by level from outside,
 *       {@code G(outermost) = words}, {@code G(child) = drains - visits + G(parent)}, starting
 *       values {@code = visits - G(parent)}, reads of the parent {@code = updates - G(parent)};
 *   <li>a toll is crossed by what has been merged by the fanouts further in, as the lower face of a
 *       fanout would be that stood there and was not spread;
 *   <li>instance 0 of every node is the busiest: its words always find the value of the last visit.
 *       But see {@link #busiest} for ports that overlapping tiles use, too.
 * </ul>
 */
final class Structure {
  final Problem problem;
  final Placement placement;

  /** By fanout, in the order of {@link Problem#fanouts}. */
  final Spread[] spreads;

  private final int assigned;
  private double[] related = {};
  private double[] unrelated = {};

  /** The outermost fanout that is not spread yet; the number of nodes when all are. */
  private final int openFrom;

  /** Temporal iterations of each variable. */
  final long[] temporal;

  /** Number of cost dimensions: energy, then ports. */
  int dimensions;

  /** {@code [dimension]}: cost whatever the loops; energy in pJ, ports in cycles. */
  double[] constant;

  /** {@code [tensor][node of the chain][dimension]}: cost per round, for the link to the parent. */
  double[][][] perRound;

  /** {@code [tensor][node]}: fewest rounds times this are reads of the parent for instance 0. */
  final double[][] parentReads;

  /** {@code [tensor][node]}: reads of the parent that come off, for instance 0. */
  final double[][] parentReadsOff;

  /** {@code [tensor][node]}: whether the parent has no action to read with. */
  final boolean[][] parentCannotRead;

  /** {@code [tensor][node]}: whether the node of a result has no action to be filled with. */
  final boolean[][] cannotFill;

  /** {@code [tensor][node]}: whether all updates a node gets are complete if each comes once. */
  final boolean[][] mayBeComplete;

  /** Some action that is needed, however loops stand, does not exist. */
  boolean impossible;

  /** {@code [tensor][node][variable]}: children of the fanouts below the node. */
  final long[][][] below;

  /** Cycles that the computes take. */
  double computeCycles;

  /** pJ of leakage in a cycle, everything. */
  double leakPjPerCycle;

  /** The operand whose tiles overlap, if there is one. */
  @Nullable Halo halo;

  /** Compute instances in use. */
  final long used;

  private final int[][] portOf;

  /** Where all fanouts are spread. */
  Structure(Problem p, Placement placement, Spread[] spreads) {
    this(p, placement, spreads, spreads.length);
  }

  /**
   * Where only the outermost fanouts are spread yet, a bound of all ways to spread the others.
   * Replicating an operand further down costs nothing less; all that spreading can save is what the
   * computes ask for, merged at most as often as a fanout has children; partial sums that begin
   * empty and need not be read; and time. Of ports, only those above the open fanouts count.
   *
   * @param assigned how many of the spreads are meant; the others are ignored
   */
  Structure(Problem p, Placement placement, Spread[] spreads, int assigned) {
    this(p, placement, spreads, assigned, EVERY);
  }

  /**
   * @param only the tensor whose costs are wanted, without those of the computes; {@link #EVERY}
   */
  Structure(Problem p, Placement placement, Spread[] spreads, int assigned, int only) {
    this.problem = p;
    this.placement = placement;
    this.assigned = assigned;
    this.spreads = spreads.clone();
    Spread none = Spread.none(p.variables);
    double open = 1;
    for (int f = assigned; f < spreads.length; f++) {
      this.spreads[f] = none;
      open *= p.children(f);
    }
    openFrom = assigned < spreads.length ? p.fanouts[assigned] : p.nodes.size();
    temporal = p.extent.clone();
    long instances = 1;
    for (Spread s : this.spreads) {
      instances *= s.used();
      for (int v = 0; v < temporal.length; v++) {
        temporal[v] /= s.factor()[v];
      }
    }
    used = instances;
    Ports ports = p.ports(openFrom);
    portOf = ports.of();
    dimensions = ports.dimensions();
    constant = new double[dimensions];
    Compute compute = p.architecture.compute();
    double computes = (double) p.einsum.computes();
    constant[0] = only == EVERY ? computes * compute.compute().energyPj().value() : 0;
    computeCycles = computes / ((double) used * open) / compute.compute().perCycle();
    leakPjPerCycle = p.leakPjPerCycle;
    factors(only);
    int tensors = p.tensors.size();
    perRound = new double[tensors][][];
    parentReads = new double[tensors][];
    parentReadsOff = new double[tensors][];
    parentCannotRead = new boolean[tensors][];
    below = new long[tensors][][];
    cannotFill = new boolean[tensors][];
    mayBeComplete = new boolean[tensors][];
    for (int t = 0; t < tensors; t++) {
      if (only != EVERY && t != only && (p.regular[t] || only != p.result)) {
        perRound[t] = new double[0][];
        continue;
      }
      int[] chain = placement.chains()[t];
      perRound[t] = new double[chain.length][dimensions];
      parentReads[t] = new double[chain.length];
      parentReadsOff[t] = new double[chain.length];
      parentCannotRead[t] = new boolean[chain.length];
      below[t] = new long[chain.length][];
      cannotFill[t] = new boolean[chain.length];
      mayBeComplete[t] = new boolean[chain.length];
      for (int j = 0; j < chain.length && only == EVERY; j++) {
        below[t][j] = new long[p.variables];
        Arrays.fill(below[t][j], 1);
        for (int f = 0; f < p.fanouts.length; f++) {
          if (p.fanouts[f] > chain[j]) {
            for (int v = 0; v < p.variables; v++) {
              below[t][j][v] *= this.spreads[f].factor()[v];
            }
          }
        }
      }
      if (p.regular[t]) {
        tensor(t, chain);
      } else {
        halo = new Halo(this, t, p.overlap(t));
      }
    }
  }

  /** In place of a tensor. */
  static final int EVERY = -1;

  private static final int READ = Ports.READ;
  private static final int WRITE = Ports.WRITE;
  private static final int UPDATE = Ports.UPDATE;

  /**
   * The variables all of whose temporal loops may be outermost: those that are separate, where
   * nothing costs less the more often it is moved.
   */
  boolean[] outermost() {
    boolean more = false;
    for (double[][] tensor : perRound) {
      for (double[] link : tensor) {
        for (double cost : link) {
          more |= cost < 0;
        }
      }
    }
    return more ? new boolean[problem.variables] : problem.separate();
  }

  /** The least energy in pJ, leakage included, and the least cycles of any loops. */
  double[] least() {
    double[] cost = leastByDimension();
    if (halo != null) {
      addLeast(halo, cost);
    }
    double cycles = computeCycles;
    for (int d = 1; d < dimensions; d++) {
      cycles = Math.max(cycles, cost[d]);
    }
    return new double[] {cost[0] + leakPjPerCycle * cycles, cycles};
  }

  /** The least cost of regular tensors by dimension, and what is constant. */
  double[] leastByDimension() {
    double[] cost = constant.clone();
    for (int t = 0; t < perRound.length; t++) {
      double most = irrelevantIterations(t);
      for (double[] link : perRound[t]) {
        for (int d = 0; d < dimensions; d++) {
          cost[d] += link[d] >= 0 ? link[d] : link[d] * most;
        }
      }
    }
    return cost;
  }

  /** Adds the least that an operand costs whose tiles overlap. */
  static void addLeast(Halo halo, double[] cost) {
    for (Halo.Measure m : halo.measures) {
      for (int d = 0; d < cost.length; d++) {
        cost[d] += m.costPerWord()[d] * m.least();
      }
    }
  }

  /** Product of the factors of the fanouts above a node, of variables (ir)relevant to a tensor. */
  private double above(int node, int t, boolean relevant) {
    double product = 1;
    for (int f = 0; f < problem.fanouts.length && problem.fanouts[f] < node; f++) {
      product *= factor(f, t, relevant);
    }
    return product;
  }

  private double factor(int f, int t, boolean relevant) {
    return (relevant ? related : unrelated)[t * problem.fanouts.length + f];
  }

  /** Products of a fanout's factors by tensor: they are asked for again and again. */
  private void factors(int only) {
    int n = problem.fanouts.length;
    related = new double[problem.tensors.size() * n];
    unrelated = new double[related.length];
    for (int t = 0; t < problem.tensors.size(); t++) {
      for (int f = 0; f < n && (only == EVERY || t == only); f++) {
        double rel = 1;
        double irr = 1;
        if (spreads[f].used() > 1) {
          for (int v = 0; v < problem.variables; v++) {
            if (problem.relevant[t][v]) {
              rel *= (double) spreads[f].factor()[v];
            } else {
              irr *= (double) spreads[f].factor()[v];
            }
          }
        }
        related[t * n + f] = rel;
        unrelated[t * n + f] = irr;
      }
    }
  }

  /** The links of one tensor, innermost first; the first is from the computes. */
  private void tensor(int t, int[] chain) {
    Problem p = problem;
    TensorAccess tensor = p.tensors.get(t);
    boolean result = t == p.result;
    double words = p.words(t);
    int outermost = p.memories[0];
    // what a link adds to G of its child, per round: drains - visits
    double[] began = new double[chain.length + 1];
    for (int link = 0; link <= chain.length; link++) {
      int child = link == 0 ? p.nodes.size() - 1 : chain[link - 1];
      int parent = link == chain.length ? outermost : chain[link];
      // words that enter one instance of the child in one round
      double x = words / above(child, t, true);
      double childInstances = above(child, t, true) * above(child, t, false);
      double parentInstances = above(parent, t, true) * above(parent, t, false);
      // the computes' tile moves with every loop
      double rounds = link == 0 ? irrelevantIterations(t) / open(parent) : 1;
      Sink sink = new Sink(t, link - 1, rounds);
      if (!result) {
        if (link > 0) {
          sink.memory(child, WRITE, tensor, true, x * childInstances, 0, x, 0);
        }
        double related = 1;
        double copies = 1;
        int next = p.tolls.length - 1;
        for (int f = p.fanouts.length - 1; f >= 0; f--) {
          int node = p.fanouts[f];
          if (node < child && node > parent) {
            for (; next >= 0 && p.tolls[next] > node; next--) {
              sink.requests(p.tolls[next], child, tensor, x * related * copies);
            }
            double rel = factor(f, t, true);
            double irr = factor(f, t, false);
            double face = x * related * copies * rel * irr;
            double fInstances = above(node, t, true) * above(node, t, false);
            sink.fanout(node, tensor, true, face * fInstances, 0, face, 0);
            related *= rel;
            copies = p.fanout(node).multicast() == Fanout.Multicast.NONE ? copies * irr : 1;
          }
        }
        for (; next >= 0 && p.tolls[next] > parent; next--) {
          sink.requests(p.tolls[next], child, tensor, x * related * copies);
        }
        double reads = x * related * copies;
        sink.memory(parent, READ, tensor, true, reads * parentInstances, 0, reads, 0);
        continue;
      }
      double drains = x * childInstances;
      boolean wholeChild = above(child, t, false) == 1;
      if (link > 0) {
        // drains are reads of the child; the last of each word is complete
        double done = wholeChild ? words : 0;
        double doneAt0 = wholeChild ? x : 0;
        sink.memory(child, READ, tensor, false, drains, -done, x, -doneAt0);
        sink.memory(child, READ, tensor, true, 0, done, 0, doneAt0);
      }
      double related = 1;
      double copies = 1;
      int next = p.tolls.length - 1;
      for (int f = p.fanouts.length - 1; f >= 0; f--) {
        int node = p.fanouts[f];
        if (node < child && node > parent) {
          for (; next >= 0 && p.tolls[next] > node; next--) {
            sink.results(p.tolls[next], child, tensor, x * related, copies, words);
          }
          double rel = factor(f, t, true);
          double irr = factor(f, t, false);
          double face = x * related * copies * rel * irr;
          double fInstances = above(node, t, true) * above(node, t, false);
          boolean whole = copies * irr == 1 && above(node, t, false) == 1;
          double done = whole ? words : 0;
          double doneAt0 = whole ? words / above(node, t, true) : 0;
          sink.fanout(node, tensor, false, face * fInstances, -done, face, -doneAt0);
          sink.fanout(node, tensor, true, 0, done, 0, doneAt0);
          related *= rel;
          // starting values for the children of instance 0
          double most = busiest(node, READ);
          double empty = words / above(node, t, true);
          sink.fanout(node, tensor, false, 0, 0, most * x * related, -most * empty);
          copies = p.fanout(node).reduce() ? 1 : copies * irr;
        }
      }
      for (; next >= 0 && p.tolls[next] > parent; next--) {
        sink.results(p.tolls[next], child, tensor, x * related, copies, words);
      }
      double visits = x * related * parentInstances;
      double updates = x * related * copies;
      began[link] = drains - visits;
      boolean whole = above(parent, t, false) == 1 && copies == 1;
      double done = whole ? words : 0;
      double doneAt0 = whole ? words / above(parent, t, true) : 0;
      if (link < chain.length) {
        mayBeComplete[t][link] =
            whole && (link > 0 || rounds == 1); // then this link's rounds decide
      }
      int update = p.action(parent, UPDATE) != null ? UPDATE : WRITE;
      sink.memory(
          parent, update, tensor, false, updates * parentInstances, -done, updates, -doneAt0);
      sink.memory(parent, update, tensor, true, 0, done, 0, doneAt0);
      // reads of the parent and starting values: both less what began empty at the parent
      double emptyAt0 = words / above(parent, t, true);
      if (link >= 1) {
        parentReads[t][link - 1] = updates;
        parentReadsOff[t][link - 1] = emptyAt0;
        parentCannotRead[t][link - 1] = p.action(parent, READ) == null;
      } else if (assigned == spreads.length
          && p.action(parent, READ) == null
          && updates * rounds > emptyAt0 * (1 + 1e-9)) {
        impossible = true;
      }
      boolean maybeEmpty = link == 0 && openFrom < p.nodes.size();
      if (p.action(parent, READ) != null && !maybeEmpty) {
        double total = updates * parentInstances;
        double most = busiest(parent, READ);
        sink.memory( // also where G counts more than the words: see below
            parent, READ, tensor, false, total, -words, most * updates, -most * emptyAt0);
      }
      double perVisitPj = 0;
      if (link > 0) {
        // instance 0 finds the value of the last visit, and so is filled most
        if (p.action(child, WRITE) != null) {
          double most = busiest(child, WRITE) * x;
          sink.memory(child, WRITE, tensor, false, visits, -words, most, -most);
        } else {
          cannotFill[t][link - 1] = true;
        }
      }
      // how many entries below open fanouts begin empty is open, too
      double crossingPj = link == 0 && openFrom < parent ? 0 : startingPj(t, child, parent);
      sink.starting(crossingPj, visits, -words);
      // G of the parent is more than the words by what links further out add
      perVisitPj += link > 0 ? pjPerWord(child, WRITE, tensor, false) : 0;
      perVisitPj += pjPerWord(parent, READ, tensor, false) + crossingPj;
      perVisit.add(perVisitPj);
    }
    if (result) {
      for (int link = 1; link <= chain.length; link++) {
        double sum = 0;
        for (int inner = 0; inner < link; inner++) {
          sum += perVisit.get(inner);
        }
        perRound[t][link - 1][0] -= began[link] * sum;
      }
      perVisit.clear();
    }
  }

  /**
   * 1 where instance 0, which gets most starting values and adds to most partial sums, stands for
   * the busiest; otherwise 0: none of these are counted. What is counted of overlapping tiles is
   * the mean over instances. Where tiles begin in padding, instance 0 may touch fewer words than
   * that; then the busiest may be one of those that get no starting values.
   */
  private double busiest(int node, int action) {
    int port = portOf[node][action];
    if (port <= 0
        || halo == null
        || !halo.uneven(node)
        || above(node, problem.result, false) == 1) {
      return 1;
    }
    for (Halo.Measure m : halo.measures) {
      if (m.costPerWord()[port] > 0) {
        return 0;
      }
    }
    return 1;
  }

  private final List<Double> perVisit = new ArrayList<>();

  /** How often requests of the computes can be merged by fanouts that are not spread yet. */
  double open(int parent) {
    double product = 1;
    for (int f = assigned; f < spreads.length; f++) {
      if (problem.fanouts[f] > parent) {
        product *= problem.children(f);
      }
    }
    return product;
  }

  /** The dimension of the port of an action of a node; -1 where it has none that counts. */
  int port(int node, String action) {
    int i = Ports.ACTIONS.indexOf(action);
    return portOf[node][i < 0 ? 0 : i];
  }

  private double irrelevantIterations(int t) {
    double product = 1;
    for (int v = 0; v < problem.variables; v++) {
      if (!problem.relevant[t][v]) {
        product *= (double) temporal[v];
      }
    }
    return product;
  }

  private @Nullable Action action(int node, int action) {
    return problem.action(node, action);
  }

  private double pjPerWord(int node, int action, TensorAccess tensor, boolean complete) {
    Action a = action(node, action);
    return a == null ? 0 : a.energyPj().value() * perWord(a, tensor, complete);
  }

  /** What it costs in pJ to take a starting value through all that stands between two nodes. */
  private double startingPj(int t, int child, int parent) {
    double pj = 0;
    for (int node : problem.fanouts) {
      pj += node < child && node > parent ? pjPerWord(problem.fanout(node).transfer(), t) : 0;
    }
    for (int node : problem.tolls) {
      pj += node < child && node > parent ? pjPerWord(problem.toll(node, t, Toll.DOWN), t) : 0;
    }
    return pj;
  }

  private double pjPerWord(Optional<Action> a, int t) {
    return a.isEmpty()
        ? 0
        : a.get().energyPj().value() * perWord(a.get(), problem.tensors.get(t), false);
  }

  private double perWord(Action a, TensorAccess tensor, boolean complete) {
    var widths = problem.architecture.widths();
    int whole = widths.of(tensor);
    int partial = tensor.role() == Role.OUTPUT ? widths.partialOf(tensor) : whole;
    int bits = complete ? whole : partial;
    if (assigned < spreads.length) {
      bits = Math.min(whole, partial); // which words are complete is open
    }
    return a.widthBits() == 0 ? 1 : (double) bits / (double) a.widthBits();
  }

  /** Adds words to the costs of a link. */
  private final class Sink {
    private final int tensor;
    private final int node;
    private final double rounds;

    /**
     * @param node of the chain; -1 for the computes, whose rounds are known
     */
    Sink(int tensor, int node, double rounds) {
      this.tensor = tensor;
      this.node = node;
      this.rounds = rounds;
    }

    /**
     * Words moved by an action of a memory.
     *
     * @param total per round, over all instances
     * @param fixed over all instances, whatever the rounds
     * @param at0 per round, of instance 0
     * @param fixedAt0 of instance 0, whatever the rounds
     */
    void memory(
        int memory,
        int action,
        TensorAccess of,
        boolean complete,
        double total,
        double fixed,
        double at0,
        double fixedAt0) {
      Action a = action(memory, action);
      if (a == null) {
        impossible = true;
        return;
      }
      add(portOf[memory][action], a, of, complete, total, fixed, at0, fixedAt0);
    }

    void fanout(
        int fanout,
        TensorAccess of,
        boolean complete,
        double total,
        double fixed,
        double at0,
        double fixedAt0) {
      Optional<Action> a = problem.fanout(fanout).transfer();
      if (a.isPresent()) {
        add(portOf[fanout][0], a.get(), of, complete, total, fixed, at0, fixedAt0);
      }
    }

    /** What an operand's requests come to at a toll, if it stands above their child. */
    void requests(int toll, int child, TensorAccess of, double at0) {
      if (toll < child) {
        double instances = above(toll, tensor, true) * above(toll, tensor, false);
        toll(toll, Toll.DOWN, of, true, at0 * instances, 0, at0, 0);
      }
    }

    /**
     * The same for what leaves a result's child, and for starting values at instance 0.
     *
     * @param visits words that enter below one instance, each once
     * @param copies in how many parts each word arrives
     * @param words of the tensor
     */
    void results(int toll, int child, TensorAccess of, double visits, double copies, double words) {
      if (toll >= child) {
        return;
      }
      double related = above(toll, tensor, true);
      double unrelated = above(toll, tensor, false);
      boolean whole = copies == 1 && unrelated == 1;
      double done = whole ? words : 0;
      double doneAt0 = whole ? words / related : 0;
      double arriving = visits * copies;
      toll(toll, Toll.UP, of, false, arriving * related * unrelated, -done, arriving, -doneAt0);
      toll(toll, Toll.UP, of, true, 0, done, 0, doneAt0);
      double most = busiest(toll, READ);
      toll(toll, Toll.DOWN, of, false, 0, 0, most * visits, -most * words / related);
    }

    private void toll(
        int toll,
        String way,
        TensorAccess of,
        boolean complete,
        double total,
        double fixed,
        double at0,
        double fixedAt0) {
      Optional<Action> a = problem.toll(toll, tensor, way);
      if (a.isPresent()) {
        add(port(toll, way), a.get(), of, complete, total, fixed, at0, fixedAt0);
      }
    }

    /** Starting values that cross what stands between the nodes, over all instances. */
    void starting(double pj, double total, double fixed) {
      constant[0] += fixed * pj;
      into(0, total * pj);
    }

    private void add(
        int port,
        Action a,
        TensorAccess of,
        boolean complete,
        double total,
        double fixed,
        double at0,
        double fixedAt0) {
      double perWord = perWord(a, of, complete);
      double pj = perWord * a.energyPj().value();
      constant[0] += fixed * pj;
      into(0, total * pj);
      if (port > 0) {
        double cycles = perWord / a.perCycle();
        constant[port] += fixedAt0 * cycles;
        into(port, at0 * cycles);
      }
    }

    private void into(int dimension, double perRoundCost) {
      if (node < 0) {
        constant[dimension] += rounds * perRoundCost;
      } else {
        perRound[tensor][node][dimension] += perRoundCost;
      }
    }
  }
}
