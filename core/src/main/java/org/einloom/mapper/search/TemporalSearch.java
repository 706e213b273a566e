package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the temporal loops of a {@link Structure}: their order, their bounds, and where among
 * them each storage node stands. Builds mappings from the computes outwards, best first; proves
 * that no mapping of the structure is better than what it reports.
 *
 * <p>A partial mapping is a <em>label</em>: how far each variable is covered (its position), which
 * storage nodes are placed and which of these have had a relevant loop above them (its status), and
 * what it costs at least. It is extended by a loop with a prime bound, or by the next storage node
 * of a tensor. Arguments for what is left out:
 *
 * <ul>
 *   <li><b>Bound.</b> A link that has not moved yet has at least one round, and at most as many as
 *       there are irrelevant iterations. What costs less by rounds is taken at the most, until the
 *       link moves or no loop is left. So costs never fall from a label to its extensions. What
 *       such links cost together beyond that is bounded by {@link FillBound}.
 *   <li><b>Late nodes.</b> A node with a memory for itself is placed only before a loop that makes
 *       its tile too large, or when something is done that needs it. For placed further out it
 *       holds at any time at least what it would hold, as long as its tile fits: no word is fetched
 *       more often, over no port. Fanouts begin as late for the same reason: what is counted
 *       depends on {@link Stands}, not on where a fanout begins, so that all it does is to place
 *       the nodes below.
 *   <li><b>Dominance.</b> What an extension adds depends on position and status alone, and on the
 *       room left in memories that several tensors share. Of two labels that agree in these, one
 *       that costs no more in energy and on every port can stand for both.
 *   <li><b>Loops that change nothing.</b> Loops that move no exposed node commute with their
 *       neighbours; a node that is placed above loops irrelevant to its tensor could as well be
 *       placed below them. One order of these is enough.
 * </ul>
 */
final class TemporalSearch {
  private static final int PLACED_BITS = 3;
  private static final int MOST_DIVING = 20_000;

  /** After so many labels it is looked at the time, and told how far it is, for the first time. */
  private static final int FIRST_LOOK = 16;

  /** What is left out for the sake of speed alone: a search without it finds the same. */
  enum Shortcut {
    /**
     * A label that is no better in any way than one at the same point. What further loops and nodes
     * add is the same for both.
     */
    DOMINANCE,
    /** Nodes further in than they could stand, or above loops irrelevant to their tensors. */
    LATE_PLACEMENT,
    /**
     * Neighbouring loops that are the first to move nothing, in any order but one. Rounds are taken
     * where a link moves; all other links count iterations, whose product has no order.
     */
    LOOP_ORDER,
    /**
     * Which of the variables relevant to the same tensors a loop is over. Rounds and tiles are
     * products over all variables that are relevant, or that are not.
     */
    VARIABLES_OF_A_CLASS,
    /** Loops over {@link Structure#outermost} variables anywhere but outermost. */
    SEPARATE_VARIABLES,
    /**
     * Ports to which nothing will be added, apart from the slowest of them. The latency is a
     * maximum, and these have come to what they are in it.
     */
    FOLDED_PORTS,
    /**
     * Ports that, if all of their links moved as often as they can, would still take no longer than
     * the computes, or another port at least.
     */
    IDLE_PORTS,
    /** Labels that {@link FillBound} says are too dear. */
    FILL_BOUND
  }

  final Labels labels = new Labels();
  private final boolean latePlacement;
  private final boolean loopOrder;
  private @Nullable LoopRules rules;

  /** Whether nodes are placed late: not where it matters whose the loops in between are. */
  private boolean placingLate;

  /** Whether of the orders of loops that change nothing one is enough. */
  private boolean ordering;

  private final Terrain.Atlas atlas;
  private final boolean foldedPorts;
  private final boolean idlePorts;
  private final boolean fillBound;
  private final boolean dividing;

  /** If the last structure was searched so. */
  private @Nullable Allotments divided;

  /**
   * Whether bounds of what mappings cost are taken for their costs where the busiest instance may
   * do more than the mean: whoever asks for that holds what is found against the model.
   */
  boolean trusting;

  /** Whether that was done. */
  private boolean trusted;

  private long evaluated;
  private long dominated;
  private long pruned;
  private long misfits;
  private long divisions;
  private double boundOfUneven = Double.POSITIVE_INFINITY;

  /** Energy and cycles of finished labels that were only bounds, where the front is wanted. */
  private final List<double[]> uneven = new ArrayList<>();

  // of the structure at hand; see Prepared
  @SuppressWarnings("NullAway.Init") // set before use, by take
  private Prepared of;

  @SuppressWarnings("NullAway.Init")
  private Structure s;

  @SuppressWarnings("NullAway.Init")
  private Lattice lattice;

  private int tensors;
  private double[][] rounds = new double[0][];
  private double[][] tile = new double[0][];
  private double[] mostRounds = new double[0];
  private int[] dims = new int[0];
  private double[][][] perRound = new double[0][][];
  private int[][] capOf = new int[0][];
  private int[] capLast = new int[0];
  private double[][] nodeBits = new double[0][];
  private double[][] nodeBitsComplete = new double[0][];
  private double[][] capacity = new double[0][];
  private boolean[][] late = new boolean[0][];
  private int[][][] needs = new int[0][][];
  private int[][] lastLink = new int[0][];
  private double floorCycles;
  private @Nullable HaloWay way;

  @SuppressWarnings("NullAway.Init")
  private FillBound fill;

  // places in the costs of a label
  private int slowest;
  private int capBase;
  private int rawBase;
  private double[] extra = new double[0];

  TemporalSearch() {
    this(Set.of());
  }

  /**
   * @param without what is not left out, however long it takes
   */
  TemporalSearch(Set<Shortcut> without) {
    this(without, without.isEmpty());
  }

  /**
   * @param dividing whether memories that tensors share are divided: see {@link Allotments}
   */
  TemporalSearch(Set<Shortcut> without, boolean dividing) {
    labels.comparing = !without.contains(Shortcut.DOMINANCE);
    latePlacement = !without.contains(Shortcut.LATE_PLACEMENT);
    loopOrder = !without.contains(Shortcut.LOOP_ORDER);
    atlas =
        new Terrain.Atlas(
            !without.contains(Shortcut.VARIABLES_OF_A_CLASS),
            !without.contains(Shortcut.SEPARATE_VARIABLES));
    foldedPorts = !without.contains(Shortcut.FOLDED_PORTS);
    idlePorts = !without.contains(Shortcut.IDLE_PORTS);
    fillBound = !without.contains(Shortcut.FILL_BOUND);
    this.dividing = dividing;
  }

  long evaluated() {
    return evaluated;
  }

  long dominated() {
    return dominated;
  }

  long pruned() {
    return pruned;
  }

  /** How often what was best did not fit as it was into a memory that was divided. */
  long misfits() {
    return misfits;
  }

  /** How often it did not fit in any way. */
  long divisions() {
    return divisions;
  }

  /** Where the search of one structure ended. */
  enum End {
    PROVEN,
    STOPPED,
    /** What is best does not fit together into a memory that is divided. */
    CROWDED
  }

  /** The least value of what is still open, after a search that was stopped. */
  double openBound() {
    return divided == null ? labels.bound() : divided.openBound();
  }

  /**
   * Offers the best mapping of the structure, if it is better than what is known, or all that
   * belong to the front.
   */
  End run(Structure structure, Incumbents best, SearchMonitor monitor, double otherBound) {
    return run(structure, null, Long.MAX_VALUE, best, monitor, otherBound);
  }

  /**
   * The same where more is known.
   *
   * @param stands what {@link StructureBounds#byTilePj} says
   * @param most so many labels are made, and not many more
   */
  End run(
      Structure structure,
      double @Nullable [] stands,
      long most,
      Incumbents best,
      SearchMonitor monitor,
      double otherBound) {
    divided = null;
    Prepared whole = prepared(structure).forLabels(best);
    if (!dividing || whole.capLast.length == 0) {
      return search(whole, stands, null, most, best, monitor, otherBound);
    }
    divided = new Allotments(this, whole, stands, best);
    try {
      return divided.run(most, best, monitor, otherBound);
    } finally {
      misfits += divided.misfits;
      divisions += divided.divisions;
      of = whole;
    }
  }

  /**
   * Searches with what is prepared.
   *
   * @param room if memories are divided: where mappings have to fit nevertheless
   */
  End search(
      Prepared prepared,
      double @Nullable [] stands,
      @Nullable Allotments room,
      long most,
      Incumbents best,
      SearchMonitor monitor,
      double otherBound) {
    take(prepared);
    double[] least = s.least();
    fill.leaveOut(best.roomPj(least[0], least[1]));
    if (!start(stands, best)) {
      return End.PROVEN;
    }
    int count = 0;
    long before = evaluated;
    for (int label = labels.pop(); label >= 0; label = labels.pop()) {
      if (pruned(label, best)) {
        pruned++;
        if (!frontWanted(best)) {
          return End.PROVEN; // best first: nothing better is in line
        }
        continue;
      }
      if (finished(label)) {
        int fitting = room == null ? label : room.fitting(label, best);
        if (fitting < 0) {
          labels.push(label);
          return End.CROWDED;
        }
        finish(fitting, best);
        continue;
      }
      expand(label, best);
      if (evaluated - before > most) {
        labels.push(label);
        return End.STOPPED;
      }
      if ((++count & (labels.watchEvery - 1)) == 0 || count == FIRST_LOOK) {
        if (monitor.stop() || labels.isFull()) {
          labels.push(label);
          return End.STOPPED;
        }
        monitor.report(best.value, Math.min(otherBound, labels.bound()), evaluated);
      }
    }
    return End.PROVEN;
  }

  /**
   * Offers some mapping of the structure, in next to no time, if one comes along on a straight way.
   */
  void dive(Structure structure, Incumbents best) {
    labels.newestFirst = true;
    try {
      take(prepared(structure).forLabels(best));
      if (!start(null, best)) {
        return;
      }
      int label = labels.pop();
      for (int i = 0; i < MOST_DIVING && label >= 0; i++) {
        if (finished(label)) {
          finish(label, best);
          return;
        }
        expand(label, best);
        label = labels.pop();
      }
    } finally {
      labels.newestFirst = false;
    }
  }

  /** Offers a good mapping of the structure, if there is one on the ways that promise most. */
  void beam(Structure structure, Incumbents best) {
    take(prepared(structure).forLabels(best));
    if (start(null, best)) {
      new Beam(this).run(best);
    }
  }

  /** How many loops and nodes a label has. */
  int size(int label) {
    int size = 0;
    for (int i = 0; i < lattice.steps; i++) {
      size += lattice.covered(labels.position[label], i);
    }
    for (int t = 0; t < tensors; t++) {
      size += placed(labels.status[label], t);
    }
    return size + s.spreads.length - begun(labels.status[label]);
  }

  /** Whether bounds were taken for costs: see {@link #trusting}. */
  boolean trusted() {
    return trusted;
  }

  /** The least value of finished labels that were only bounds of what their mappings cost. */
  double boundOfUneven() {
    return boundOfUneven;
  }

  /** Begins to find that anew. */
  void forgetUneven() {
    boundOfUneven = Double.POSITIVE_INFINITY;
  }

  /**
   * Whether nothing was lost by comparing labels by bounds of what their mappings cost: what such a
   * label stood for costs no less than its bound, and what is known is as good as that.
   */
  boolean nothingLost(Incumbents best) {
    return best.wantsFront()
        ? uneven.stream().allMatch(point -> best.prunes(point[0], point[1]))
        : boundOfUneven >= best.value * (1 - 1e-9);
  }

  void finish(int label, Incumbents best) {
    double energy = energy(label);
    double cycles = cycles(label);
    if (best.prunes(energy, cycles)) {
      return; // it costs no less than that
    }
    LoopTree mapping = Assembly.mapping(s, steps(label));
    if (s.halo == null || !s.halo.uneven) {
      best.offer(energy, cycles, Split.joined(mapping));
      return;
    }
    if (trusting) {
      trusted = true;
      best.offer(energy, cycles, Split.joined(mapping));
      return;
    }
    // the busiest instance may do more than the mean
    Evaluation e;
    try {
      e = Searches.evaluate(s.problem, mapping);
    } catch (InvalidSpecException notOne) {
      return; // where searches only look for a start, the outermost memory may be too small
    }
    if (e.latencyCycles() > cycles * (1 + 1e-9)) {
      boundOfUneven = Math.min(boundOfUneven, best.value(energy, cycles));
      if (best.wantsFront()) {
        uneven.add(new double[] {energy, cycles});
      }
      if (best.prunes(e.energyPj(), e.latencyCycles())) {
        return;
      }
    }
    best.offer(e.energyPj(), e.latencyCycles(), Split.joined(mapping));
  }

  private static boolean frontWanted(Incumbents best) {
    return best.wantsFront();
  }

  /** What is known of a structure whatever the loops; remembered for the last one. */
  StructureBounds bounds(Structure structure) {
    return new StructureBounds(prepared(structure));
  }

  private Prepared prepared(Structure structure) {
    if (of == null || of.s != structure) {
      boolean late = latePlacement && structure.problem.rules == null;
      of = new Prepared(structure, atlas.of(structure), late, idlePorts);
    }
    return of;
  }

  /** Takes up a structure; there are no labels yet. */
  private void take(Prepared p) {
    of = p;
    s = p.s;
    rules = s.problem.rules;
    placingLate = latePlacement && rules == null;
    ordering = loopOrder && (rules == null || !rules.ordered());
    if (rules != null) {
      rules.forgetMany();
    }
    lattice = p.lattice;
    tensors = p.tensors;
    rounds = p.rounds;
    tile = p.tile;
    mostRounds = p.mostRounds;
    dims = p.dims;
    perRound = p.perRound;
    capOf = p.capOf;
    capLast = p.capLast;
    nodeBits = p.nodeBits;
    nodeBitsComplete = p.nodeBitsComplete;
    capacity = p.capacity;
    late = p.late;
    needs = p.needs;
    lastLink = p.lastLink;
    floorCycles = p.floorCycles;
    way = p.way;
    fill = p.fill;
    slowest = dims.length;
    capBase = slowest + 1;
    rawBase = capBase + capLast.length;
    extra = new double[dims.length];
    labels.clear(rawBase + (way == null ? 0 : way.measures()));
  }

  // ---- labels

  private boolean start(double @Nullable [] excess, Incumbents best) {
    if (s.impossible) {
      return false;
    }
    boolean any = false;
    int stands = way == null ? 1 : way.standCount();
    for (int stand = 0; stand < stands; stand++) {
      double[] least = s.least();
      if (excess != null && best.prunes(least[0] + excess[stand], least[1])) {
        pruned++;
      } else {
        any |= start(stand, best);
      }
    }
    return any;
  }

  private boolean start(int stand, Incumbents best) {
    labels.reserve();
    int label = labels.size;
    int at = label * labels.stride;
    for (int d = 0; d < dims.length; d++) {
      double cost = s.constant[dims[d]];
      for (int t = 0; t < tensors; t++) {
        for (double[] link : perRound[t]) {
          cost += link[d] >= 0 ? link[d] : link[d] * mostRounds[t];
        }
      }
      if (way != null) {
        cost += way.startCost(d, stand);
      }
      labels.cost[at + d] = cost;
    }
    labels.cost[at + slowest] = floorCycles;
    for (int c = capBase; c < labels.stride; c++) {
      labels.cost[at + c] = 0;
    }
    labels.config[label] = way == null ? 0 : way.startConfig(stand);
    labels.rules[label] = rules == null ? 0 : rules.start(s.placement);
    if (labels.rules[label] < 0) {
      return false;
    }
    labels.position[label] = 0;
    labels.status[label] = 0;
    labels.parent[label] = -1;
    labels.step[label] = Labels.NO_STEP;
    labels.before[label] = 0;
    return admit(best);
  }

  private int placed(long status, int t) {
    return (int) (status >> (6 * t)) & 7;
  }

  private int closed(long status, int t) {
    return (int) (status >> (6 * t + PLACED_BITS)) & 7;
  }

  private static final int COMPLETE_AT = 48;
  private static final int ONCE_AT = 54;

  double energy(int label) {
    return labels.energy[label];
  }

  double cycles(int label) {
    return labels.cycles[label];
  }

  /** Ports to which nothing will be added are one: the slowest of them. */
  private void fold(int label, int at) {
    long status = labels.status[label];
    for (int d = 1; d < dims.length && foldedPorts; d++) {
      double cycles = labels.cost[at + d];
      if (cycles == 0) {
        continue;
      }
      boolean done = true;
      for (int t = 0; t < tensors && done; t++) {
        done = closed(status, t) >= lastLink[d][t];
      }
      if (done) {
        labels.cost[at + d] = 0;
        if (cycles > labels.cost[at + slowest]) {
          labels.cost[at + slowest] = cycles;
        }
      }
    }
  }

  /** Works out what a label costs at least. */
  private void cost(int label) {
    int at = label * labels.stride;
    int config = labels.config[label];
    int position = labels.position[label];
    boolean more = way != null && way.extra(config, position, labels.cost, at + rawBase, extra);
    double cycles = labels.cost[at + slowest];
    for (int d = 1; d < dims.length; d++) {
      double c = labels.cost[at + d] + (more ? extra[d] : 0);
      cycles = c > cycles ? c : cycles;
    }
    int moved = moved(label);
    int movedSoon = moved | movedSoon(label);
    // of an overlapping tile that stands it may be known only later that nothing of it is kept
    double toGo = movedSoon == moved ? toGo(moved, position) : toGoAtLeast(moved, position);
    if (more) {
      // what is sure of overlapping tiles is counted once, one way or the other
      toGo = Math.max(toGo, extra[0] + toGo(movedSoon, position));
    }
    labels.cycles[label] = cycles;
    labels.energy[label] = labels.cost[at] + toGo + s.leakPjPerCycle * cycles;
  }

  /** Whether a label is pruned, whatever overlapping tiles cost it. */
  private boolean prunedAnyway(int label, Incumbents best) {
    int at = label * labels.stride;
    double cycles = labels.cost[at + slowest];
    for (int d = 1; d < dims.length; d++) {
      cycles = Math.max(cycles, labels.cost[at + d]);
    }
    double toGo = toGoAtLeast(moved(label), labels.position[label]);
    return best.prunes(labels.cost[at] + toGo + s.leakPjPerCycle * cycles, cycles);
  }

  private double toGo(int moved, int position) {
    return fillBound ? fill.toGo(moved, position) : 0;
  }

  private double toGoAtLeast(int moved, int position) {
    return fillBound ? fill.toGoAtLeast(moved, position) : 0;
  }

  /** The nodes that have moved, as bits of {@link FillBound}. */
  private int moved(int label) {
    int moved = 0;
    for (int t = 0; t < tensors; t++) {
      for (int j = closed(labels.status[label], t) - 1; j >= 0; j--) {
        moved |= fill.bits(t, j);
      }
    }
    return moved;
  }

  /** Nodes of overlapping tiles that may have moved. */
  private int movedSoon(int label) {
    int moved = 0;
    for (int t = 0; t < tensors; t++) {
      for (int j = placed(labels.status[label], t) - 1; j >= 0 && !s.problem.regular[t]; j--) {
        moved |= fill.bits(t, j);
      }
    }
    return moved;
  }

  private boolean pruned(int label, Incumbents best) {
    return best.prunes(energy(label), cycles(label));
  }

  /** Puts the reserved label in line unless it cannot lead to anything better. */
  private boolean admit(Incumbents best) {
    int label = labels.size;
    evaluated++;
    if (rules != null && !keepsRules(rules, label)) {
      pruned++;
      return false;
    }
    fold(label, label * labels.stride);
    cost(label);
    double cycles = labels.cycles[label];
    double energy = labels.energy[label];
    if (best.prunes(energy, cycles)) {
      pruned++;
      return false;
    }
    labels.value[label] = best.value(energy, cycles);
    labels.tie[label] = best.tie(energy, cycles);
    if (!labels.keep()) {
      dominated++;
      return false;
    }
    labels.push(label);
    return true;
  }

  /** Whether the loops since the last node may be at some memory that may be next. */
  private boolean keepsRules(LoopRules rules, int label) {
    boolean all = true;
    for (int t = 0; t < tensors; t++) {
      int[] chain = s.placement.chains()[t];
      int j = placed(labels.status[label], t);
      if (j < chain.length) {
        all = false;
        if (rules.allows(labels.rules[label], chain[j])) {
          return true;
        }
      }
    }
    return all
        && (labels.position[label] == lattice.positions - 1
            ? rules.ends(labels.rules[label])
            : rules.allows(labels.rules[label], s.problem.memories[0]));
  }

  /** All nodes are placed, and the loops that are left, whatever their order, change nothing. */
  boolean finished(int label) {
    long status = labels.status[label];
    boolean exposed = false;
    for (int t = 0; t < tensors; t++) {
      if (placed(status, t) < s.placement.chains()[t].length) {
        return false;
      }
      exposed |= closed(status, t) < placed(status, t);
    }
    if (way != null && labels.config[label] != 0) {
      return false; // the operand that overlaps is not done, or a fanout is not where it stands
    }
    return (!exposed && rules == null) || labels.position[label] == lattice.positions - 1;
  }

  void expand(int label, Incumbents best) {
    long status = labels.status[label];
    int position = labels.position[label];
    int lastStep = labels.step[label];
    for (int t = 0; t < tensors; t++) {
      int j = placed(status, t);
      while (j < late[t].length && late[t][j]) {
        j++;
      }
      if (j < late[t].length) {
        choose(label, t, j, best);
      }
    }
    if (position == lattice.positions - 1) {
      end(label, best);
      return;
    }
    boolean lastMoved =
        lastStep >= 0 && (labels.before[label] != 0 || moves(labels.parent[label], lastStep));
    boolean standing = lastStep >= 0 && labels.config[labels.parent[label]] != 0;
    for (int i = 0; i < lattice.steps; i++) {
      if (!lattice.done(position, i)) {
        // of two loops that change nothing one order is enough; where instances stand says
        // which comes first of loops over one variable
        boolean idle = ordering && lastStep >= 0 && i < lastStep && !lastMoved && !moves(label, i);
        idle &= !standing || lattice.variable[i] != lattice.variable[lastStep];
        loop(label, i, idle, best);
      }
    }
  }

  /** Whether a loop over the step's variable is the first relevant one above some node. */
  private boolean moves(int label, int step) {
    long status = labels.status[label];
    if (way != null && way.alive(labels.config[label])) {
      return true; // may move the operand that overlaps
    }
    for (int t = 0; t < tensors; t++) {
      if (s.problem.relevant[t][lattice.variable[step]] && closed(status, t) < placed(status, t)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Begins a label as a copy of another one; what is done to it comes to nothing until admitted.
   */
  private void draft(int label) {
    labels.reserve();
    int made = labels.size;
    System.arraycopy(
        labels.cost, label * labels.stride, labels.cost, made * labels.stride, labels.stride);
    labels.position[made] = labels.position[label];
    labels.status[made] = labels.status[label];
    labels.config[made] = labels.config[label];
    labels.rules[made] = labels.rules[label];
    labels.parent[made] = label;
    labels.step[made] = Labels.NO_STEP;
    labels.before[made] = 0;
  }

  /** Everything that is not placed yet is, above all loops. */
  private void end(int label, Incumbents best) {
    draft(label);
    for (int f = s.spreads.length - 1; way != null && f >= 0; f--) {
      if (f == nextFanout(labels.status[labels.size]) && !begin(f)) {
        return;
      }
    }
    for (int t = 0; t < tensors; t++) {
      for (int j = placed(labels.status[labels.size], t); j < late[t].length; j++) {
        if (!late[t][j] || !place(t)) {
          return;
        }
      }
    }
    if (labels.before[labels.size] != 0) {
      admit(best);
    }
  }

  /**
   * Adds a loop. Nodes that have to be placed before, because their tiles would grow too large,
   * are; so do fanouts begin whose instances stand below.
   *
   * @param idle whether the loop is left out unless something is placed
   */
  private void loop(int label, int i, boolean idle, Incumbents best) {
    Problem p = s.problem;
    int v = lattice.variable[i];
    int position = labels.position[label];
    int to = position + lattice.stride[i];
    draft(label);
    if (way != null) {
      int outermost = way.below(labels.config[label], position, i);
      if (outermost < 0) {
        return;
      }
      int f = nextFanout(labels.status[labels.size]);
      for (; f >= outermost; f = nextFanout(labels.status[labels.size])) {
        if (!begin(f)) {
          return;
        }
      }
    }
    for (int t = 0; t < tensors; t++) {
      if (p.relevant[t][v]) {
        for (int j = late[t].length - 1; j >= placed(labels.status[labels.size], t); j--) {
          if (of.leastBits(t, j, to) > capacity[t][j]) {
            // it and those below it
            while (placed(labels.status[labels.size], t) <= j) {
              if (!late[t][placed(labels.status[labels.size], t)] || !place(t)) {
                return;
              }
            }
          }
        }
      }
    }
    int made = labels.size;
    if (idle && labels.before[made] == 0) {
      return;
    }
    for (int t = 0; t < tensors && placingLate; t++) {
      if ((labels.status[made] >> (PENDING_AT + t) & 1) != 0 && !p.relevant[t][v]) {
        return; // its node could as well be placed above this loop
      }
    }
    if (advance(made, i, best)) {
      admit(best);
    }
  }

  /** Takes a draft over a loop; false if it cannot be, or leads to nothing better. */
  private boolean advance(int made, int i, @Nullable Incumbents best) {
    Problem p = s.problem;
    int v = lattice.variable[i];
    int position = labels.position[made];
    int to = position + lattice.stride[i];
    long status = labels.status[made] & ~PENDING;
    int at = made * labels.stride;
    for (int t = 0; t < tensors; t++) {
      int first = closed(status, t);
      int last = placed(status, t);
      if (!p.relevant[t][v] || first == last || !p.regular[t]) {
        continue;
      }
      double r = rounds[t][position];
      for (int j = first; j < last; j++) {
        if (r > 1 && forbidden(t, j, r, status)) {
          return false;
        }
        double[] link = perRound[t][j];
        for (int d = 0; d < dims.length; d++) {
          labels.cost[at + d] += link[d] >= 0 ? link[d] * (r - 1) : link[d] * (r - mostRounds[t]);
        }
        if (t == p.result && r == 1) {
          status |= 1L << (ONCE_AT + j);
        }
      }
      status += (long) (last - first) << (6 * t + PLACED_BITS);
    }
    if (to == lattice.positions - 1) {
      for (int t = 0; t < tensors; t++) {
        for (int j = closed(status, t); j < placed(status, t); j++) {
          neverMoves(t, j, at);
        }
      }
    }
    labels.position[made] = to;
    labels.status[made] = status;
    labels.step[made] = i;
    if (rules != null) {
      labels.rules[made] = rules.loop(labels.rules[made], v, lattice.prime[i]);
    }
    if (way != null && labels.config[made] != 0) {
      if (best != null && prunedAnyway(made, best)) {
        evaluated++;
        pruned++;
        return false;
      }
      way.loop(labels, made, position, i, at, rawBase);
      way.forget(labels, made, begun(labels.status[made]));
      settle(made, at);
    }
    return true;
  }

  /** No loop is left: a link has one round, where what saves by rounds was promised the most. */
  private void neverMoves(int t, int j, int at) {
    double[] link = perRound[t][j];
    for (int d = 0; d < dims.length; d++) {
      labels.cost[at + d] += link[d] >= 0 ? 0 : link[d] * (1 - mostRounds[t]);
    }
  }

  /** Whether a node that moves more than once per word asks for what is not there. */
  private boolean forbidden(int t, int j, double r, long status) {
    if (s.cannotFill[t][j]) {
      return true;
    }
    if (s.parentCannotRead[t][j] && s.parentReads[t][j] * r > s.parentReadsOff[t][j] * (1 + 1e-9)) {
      return true;
    }
    // a node that was said to hold complete words only
    return t == s.problem.result
        && ((status >> (COMPLETE_AT + j) & 1) != 0 || (status >> (COMPLETE_AT + j + 1) & 1) != 0);
  }

  /** Places the next node of a tensor of those for which it is a choice, and those below it. */
  private void choose(int label, int t, int j, Incumbents best) {
    if (draft(label, t, j) && place(t, j, nodeBits[t][j], 0)) {
      labels.status[labels.size] |= 1L << (PENDING_AT + t);
      admit(best);
    }
    if (t == s.problem.result
        && nodeBitsComplete[t][j] < nodeBits[t][j]
        && Double.isFinite(capacity[t][j])
        && s.mayBeComplete[t][j]
        && draft(label, t, j)
        && place(t, j, nodeBitsComplete[t][j], 1L << (COMPLETE_AT + j))) {
      long status = labels.status[labels.size];
      if (j == 0
          || closed(status, t) < j // its child still can move once per word
          || (status >> (ONCE_AT + j - 1) & 1) != 0) {
        labels.status[labels.size] |= 1L << (PENDING_AT + t);
        admit(best);
      }
    }
  }

  /** Begins a label with the nodes of a tensor placed up to one; false if they cannot stand. */
  private boolean draft(int label, int t, int upTo) {
    draft(label);
    while (placed(labels.status[labels.size], t) < upTo) {
      if (!place(t)) {
        return false;
      }
    }
    return true;
  }

  /** Places the next node of a tensor in the draft, if it can stand and fits. */
  private boolean place(int t) {
    int j = placed(labels.status[labels.size], t);
    return place(t, j, nodeBits[t][j], 0);
  }

  private boolean place(int t, int j, double bits, long flag) {
    for (int u = 0; u < tensors; u++) {
      while (placed(labels.status[labels.size], u) < needs[t][j][u]) {
        if (!late[u][placed(labels.status[labels.size], u)] || !place(u)) {
          return false;
        }
      }
    }
    if (way != null) {
      int f = nextFanout(labels.status[labels.size]);
      while (f >= 0 && s.problem.fanouts[f] > s.placement.chains()[t][j]) {
        if (!begin(f)) {
          return false; // below which it would have to stand
        }
        f = nextFanout(labels.status[labels.size]);
      }
      if (!ended(f + 1)) {
        return false;
      }
    }
    int made = labels.size;
    double needed =
        s.problem.regular[t]
            ? tile[t][labels.position[made]] * bits
            : of.haloBits(t, j, labels.position[made]);
    if (needed > capacity[t][j]) {
      return false;
    }
    int at = made * labels.stride;
    long status = labels.status[made];
    int c = capOf[t][j];
    if (c >= 0) {
      double now = labels.cost[at + capBase + c] + needed;
      if (now > capacity[t][j]) {
        return false;
      }
      int there = 1;
      for (int u = 0; u < tensors; u++) {
        for (int k = 0; k < placed(status, u); k++) {
          there += capOf[u][k] == c ? 1 : 0;
        }
      }
      labels.cost[at + capBase + c] = there == capLast[c] ? 0 : now;
    }
    if (labels.position[made] == lattice.positions - 1) {
      neverMoves(t, j, at);
    }
    for (int u = 0; u < tensors; u++) {
      if (placed(status, u) <= needs[t][j][u]) {
        status &= ~(1L << (PENDING_AT + u)); // this one had to be there first
      }
    }
    labels.status[made] = status + (1L << (6 * t)) | flag;
    if (rules != null) {
      int node = s.placement.chains()[t][j];
      int state = rules.place(labels.rules[made], node, isLast(node, labels.status[made]));
      if (state < 0) {
        return false;
      }
      labels.rules[made] = state;
    }
    note(t + 1);
    made = labels.size;
    at = made * labels.stride;
    if (way != null && !s.problem.regular[t]) {
      way.place(labels, made, j + 1, at, rawBase);
      settle(made, at);
    }
    return true;
  }

  /** Whether no tensor has a node that is not placed yet in the memory of this one. */
  private boolean isLast(int node, long status) {
    for (int t = 0; t < tensors; t++) {
      int[] chain = s.placement.chains()[t];
      for (int j = placed(status, t); j < chain.length; j++) {
        if (chain[j] == node) {
          return false;
        }
      }
    }
    return true;
  }

  /** Notes in the draft what is done to it. */
  private void note(int what) {
    if (labels.before[labels.size] >>> (63 - BEFORE_BITS) != 0) {
      // no room for more: what there is becomes a label that is not in line
      int full = labels.size;
      labels.dead[full] = true;
      labels.size++;
      draft(full);
    }
    labels.before[labels.size] = labels.before[labels.size] << BEFORE_BITS | what;
  }

  /** Bits of what was done before a step: tensors placed, or fanouts begun. */
  private static final int BEFORE_BITS = 5;

  private static final int BEGUN_FROM = 8;

  private static final int BEGUN_AT = 40;

  /** Whether the last node of a tensor has yet to show why it was not placed further out. */
  private static final int PENDING_AT = 30;

  private static final long PENDING = 31L << PENDING_AT;

  /** The innermost fanout in use that has not begun; -1 if there is none. */
  private int nextFanout(long status) {
    int f = begun(status) - 1;
    while (f >= 0 && s.spreads[f].used() == 1) {
      f--;
    }
    return f;
  }

  /** The outermost fanout that has begun. */
  private int begun(long status) {
    return s.spreads.length - ((int) (status >> BEGUN_AT) & 15);
  }

  /** Whether in the draft all fanouts from one inwards have ended, which have begun. */
  private boolean ended(int f) {
    return way == null || way.ended(labels.config[labels.size], labels.position[labels.size], f);
  }

  /** Begins the next fanout in the draft, above all nodes below it. */
  private boolean begin(int f) {
    for (int t = 0; t < tensors; t++) {
      int[] chain = s.placement.chains()[t];
      for (int j = placed(labels.status[labels.size], t);
          j < chain.length && chain[j] > s.problem.fanouts[f];
          j++) {
        if (!late[t][j] || !place(t)) {
          return false;
        }
      }
    }
    if (way == null || !ended(f + 1)) {
      return false;
    }
    int made = labels.size;
    long begun = (long) s.spreads.length - f;
    labels.status[made] =
        (labels.status[made] & ~(15L << BEGUN_AT) & ~PENDING) | (begun << BEGUN_AT);
    note(BEGUN_FROM + f);
    made = labels.size;
    way.forget(labels, made, f);
    settle(made, made * labels.stride);
    return true;
  }

  /** Links of the overlapping operand that keep nothing any more are paid for. */
  private void settle(int made, int at) {
    if (way != null && s.halo != null) {
      int t = s.halo.tensor;
      int done =
          way.settle(
              labels,
              made,
              at,
              rawBase,
              closed(labels.status[made], t),
              begun(labels.status[made]));
      labels.status[made] += (long) done << (6 * t + PLACED_BITS);
    }
  }

  /** What is done from the start of a label on, as {@link #redo} takes it: the first first. */
  int[] done(int label) {
    int[] done = new int[8];
    int n = 0;
    for (int at = label; labels.parent[at] >= 0; at = labels.parent[at]) {
      if (n + 14 > done.length) {
        done = Arrays.copyOf(done, 2 * n + 16);
      }
      if (labels.step[at] >= 0) {
        done[n++] = labels.step[at];
      }
      for (long before = labels.before[at]; before != 0; before >>>= BEFORE_BITS) {
        done[n++] = -((int) before & ((1 << BEFORE_BITS) - 1));
      }
    }
    done = Arrays.copyOf(done, n);
    for (int i = 0; i < n / 2; i++) {
      int other = done[i];
      done[i] = done[n - 1 - i];
      done[n - 1 - i] = other;
    }
    return done;
  }

  int tensors() {
    return tensors;
  }

  /** What a label began as. */
  int root(int label) {
    int at = label;
    while (labels.parent[at] >= 0) {
      at = labels.parent[at];
    }
    return at;
  }

  /**
   * Does things again, in another order maybe, whatever they cost.
   *
   * @param done loops by the number of their step, otherwise the negative of what {@link #note} is
   *     told
   * @param like a label that says which nodes hold complete words only
   * @return the finished label, which is in no line; -1 if it cannot be
   */
  int redo(int root, int[] done, int like) {
    int at = root;
    for (int what : done) {
      draft(at);
      if (what >= 0) {
        if (!advance(labels.size, what, null)) {
          return -1;
        }
      } else if (-what >= BEGUN_FROM) {
        if (!begin(-what - BEGUN_FROM)) {
          return -1;
        }
      } else {
        int t = -what - 1;
        int j = placed(labels.status[labels.size], t);
        if (!isNext(t, j, labels.status[labels.size])) {
          return -1;
        }
        boolean complete =
            t == s.problem.result && (labels.status[like] >> (COMPLETE_AT + j) & 1) != 0;
        if (!place(
            t,
            j,
            (complete ? nodeBitsComplete : nodeBits)[t][j],
            complete ? 1L << (COMPLETE_AT + j) : 0)) {
          return -1;
        }
      }
      at = labels.size++;
      labels.dead[at] = true;
    }
    if (!finished(at) || (rules != null && !keepsRules(rules, at))) {
      return -1;
    }
    cost(at);
    return at;
  }

  /** Whether nothing has to be placed or begun before a node. */
  private boolean isNext(int t, int j, long status) {
    for (int u = 0; u < tensors; u++) {
      if (placed(status, u) < needs[t][j][u]) {
        return false;
      }
    }
    int f = nextFanout(status);
    return way == null || f < 0 || s.problem.fanouts[f] <= s.placement.chains()[t][j];
  }

  /**
   * What a node of a finished label takes, in bits.
   *
   * @return {@code [tensor][node]}
   */
  double[][] taken(int label) {
    double[][] taken = new double[tensors][];
    int[] next = new int[tensors];
    for (int t = 0; t < tensors; t++) {
      taken[t] = new double[nodeBits[t].length];
      next[t] = taken[t].length;
    }
    for (int at = label; labels.parent[at] >= 0; at = labels.parent[at]) {
      int position = labels.position[labels.parent[at]];
      for (long before = labels.before[at]; before != 0; before >>>= BEFORE_BITS) {
        int t = ((int) before & ((1 << BEFORE_BITS) - 1)) - 1;
        if (t < tensors) {
          int j = --next[t];
          taken[t][j] = bits(label, t, j, position);
        }
      }
    }
    return taken;
  }

  private double bits(int label, int t, int j, int position) {
    if (!s.problem.regular[t]) {
      return of.haloBits(t, j, position);
    }
    boolean complete =
        t == s.problem.result && (labels.status[label] >> (COMPLETE_AT + j) & 1) != 0;
    return tile[t][position] * (complete ? nodeBitsComplete : nodeBits)[t][j];
  }

  /** The way to a label, outermost first: loops as variable and bound, nodes as tensor. */
  List<Assembly.Step> steps(int label) {
    List<Assembly.Step> steps = new ArrayList<>();
    int at = label;
    for (; labels.parent[at] >= 0; at = labels.parent[at]) {
      int step = labels.step[at];
      if (step >= 0) {
        steps.add(new Assembly.Loop(lattice.variable[step], lattice.prime[step]));
      }
      for (long before = labels.before[at]; before != 0; before >>>= BEFORE_BITS) {
        int what = (int) before & ((1 << BEFORE_BITS) - 1);
        steps.add(
            what < BEGUN_FROM
                ? new Assembly.Node(what - 1)
                : new Assembly.Begin(what - BEGUN_FROM));
      }
    }
    return way == null ? steps : way.spread(labels.config[at], steps);
  }
}
