package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;
import org.einloom.mapper.SearchMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best mapping of all structures: mappings grow from the computes outwards, loop by loop,
 * best bound first, until no bound is less than the best value.
 *
 * <p>A structure waits with its own bound until that is the least. Of two labels with one {@link
 * LabelKey key}, what follows costs the same; so one that costs no more, in energy and on every
 * port, stands for both. Two loops of a level that follow each other may change places if every
 * link sees them alike; only the order of their dimensions is tried then.
 */
final class LabelSearch {
  /** Rounding errors alone do not make a mapping better. */
  static final double EXACT = 1e-12;

  private static final long ASKED_EVERY = 256;

  /** So many structures are tried for a first mapping, and one of so many later. */
  private static final int DIVES = 8;

  private static final int DIVE_EVERY = 64;

  /** With so many labels of each length. */
  private static final int BEAM = 24;

  private final EnumSet<Argument> arguments;
  private final Problem problem;
  private final SearchMonitor monitor;
  private final ToDoubleFunction<Label> cost;
  private final PriorityQueue<Item> open = new PriorityQueue<>();
  private final LoopOrders orders;
  private final KnownLabels known = new KnownLabels();
  double best = Double.POSITIVE_INFINITY;
  @Nullable Label found;
  double lowerBound;
  long evaluated;
  long dominated;
  long opened;
  private long looked;
  private long number;
  private long steps;
  private boolean isStopped;

  /** Where labels go while a first mapping is looked for; null when the search is on. */
  private @Nullable List<Label> beam;

  /** Something to do next, and what no mapping that comes of it costs less than. */
  private record Item(double value, int depth, long number, Runnable then)
      implements Comparable<Item> {
    @Override
    public int compareTo(Item o) {
      int c = Double.compare(value, o.value);
      c = c != 0 ? c : Integer.compare(o.depth, depth);
      return c != 0 ? c : Long.compare(number, o.number);
    }
  }

  /**
   * A search.
   *
   * @param cost the value of a label that is a mapping; positive infinity if it is none
   */
  LabelSearch(Problem problem, SearchMonitor monitor, ToDoubleFunction<Label> cost) {
    this(problem, monitor, cost, EnumSet.allOf(Argument.class));
  }

  /** A search that relies on these arguments alone. */
  LabelSearch(
      Problem problem,
      SearchMonitor monitor,
      ToDoubleFunction<Label> cost,
      EnumSet<Argument> arguments) {
    this.arguments = EnumSet.copyOf(arguments);
    this.problem = problem;
    this.monitor = monitor;
    this.cost = cost;
    orders = new LoopOrders(problem);
  }

  /** Puts something in line. */
  void add(double bound, int depth, Runnable then) {
    if (Double.isFinite(bound) && bound < best * (1 - EXACT)) {
      open.add(new Item(bound, depth, number++, then));
    }
  }

  /** Puts a structure in line, with a better bound than what it was found with. */
  void add(Structure structure, double bound) {
    add(
        Math.max(bound, structure.bound(arguments.contains(Argument.LEVEL_BOUND))),
        0,
        () -> open(structure));
  }

  /** Whether the search has to end now. */
  boolean isOver() {
    if (++steps % ASKED_EVERY == 0 && !isStopped) {
      monitor.report(best, Math.min(best, lowerBound), evaluated);
      isStopped = monitor.stop();
    }
    return isStopped;
  }

  /** Whether it came to an end. */
  boolean run() {
    while (!open.isEmpty()) {
      Item i = open.remove();
      if (i.value >= best * (1 - EXACT)) {
        break;
      }
      lowerBound = Math.max(lowerBound, i.value);
      if (isOver()) {
        return false;
      }
      i.then.run();
      if (isStopped) {
        return false;
      }
    }
    lowerBound = best;
    return true;
  }

  /** Whether to look for a first mapping now, or now and then for a better one. */
  boolean mayLook() {
    looked++;
    return Double.isInfinite(best) || looked <= DIVES || looked % DIVE_EVERY == 0;
  }

  /** Looks for some mapping of a structure, so that there is one whenever the search is ended. */
  void look(Structure s) {
    s.bound(arguments.contains(Argument.LEVEL_BOUND));
    dive(s);
  }

  private void open(Structure s) {
    opened++;
    // a first mapping, so that there is one whenever the search is ended; and now and then another
    if (opened <= DIVES || opened % DIVE_EVERY == 0) {
      dive(s);
    }
    begin(s);
  }

  /** The best few labels at every level, and of every length in it. Nothing is remembered. */
  private void dive(Structure s) {
    List<Label> made = new ArrayList<>();
    beam = made;
    begin(s);
    while (!made.isEmpty()) {
      int level = made.getFirst().level();
      List<Label> outside = new ArrayList<>();
      List<Label> now = bestOf(made);
      while (!now.isEmpty()) {
        made = new ArrayList<>();
        beam = made;
        for (Label l : now) {
          if (l.level() < 0) {
            finish(l);
          } else {
            expand(l);
          }
        }
        made.stream().filter(l -> l.level() != level).forEach(outside::add);
        now = bestOf(made.stream().filter(l -> l.level() == level).toList());
      }
      made = outside;
    }
    beam = null;
  }

  private static List<Label> bestOf(List<Label> labels) {
    return labels.stream().sorted(Comparator.comparingDouble(Label::value)).limit(BEAM).toList();
  }

  private void finish(Label label) {
    evaluated++;
    double value = cost.applyAsDouble(label);
    if (value < best) {
      best = value;
      found = label;
      monitor.report(best, Math.min(best, lowerBound), evaluated);
    }
  }

  private void begin(Structure s) {
    long[] tiles = new long[problem.dims];
    Arrays.fill(tiles, 1);
    @Nullable LinkState[] none = new LinkState[problem.levels * problem.tensors];
    var start = new Label(s, problem.levels, 0, 0, tiles, none, s.base.copy(), 0, null, -1, 1);
    cross(start);
  }

  /** Goes on to the next level outside: its children are there now. */
  private void cross(Label l) {
    Structure s = l.structure();
    int b = l.level() - 1;
    if (b < 0) {
      leaf(l);
      return;
    }
    @Nullable LinkState[] states = l.states().clone();
    Tally tally = l.tally().copy();
    long[] tiles = l.tiles().clone();
    for (SpaceLoop loop : s.space.get(b)) {
      tiles[loop.dim()] *= loop.count();
    }
    long[] left = left(s, b, tiles);
    for (int t = 0; t < problem.tensors; t++) {
      Link link = s.links[b][t];
      if (link == null) {
        continue;
      }
      Children children = s.children(b, t, l.tiles());
      Extents tile = Extents.of(problem, t, l.tiles());
      int at = b * problem.tensors + t;
      if (link.forgets() && !link.mayLink()) {
        link.add(tally, product(left), tile.words(), children.alone);
        states[at] = Closed.CLOSED;
      } else if (link.mayLink() || problem.odd[t]) {
        states[at] = Chain.begin(link, children, tile);
      } else {
        states[at] = new Open(link, children, tile);
      }
    }
    offer(new Label(s, b, 0, 0, tiles, states, tally, l.value(), l, -1, 1));
  }

  private void leaf(Label l) {
    Tally tally = l.tally().copy();
    for (LinkState state : l.states()) {
      if (state != null) {
        state.finish(tally);
      }
    }
    double value = l.structure().value(tally.energyPj, tally.cycles);
    if (value < best * (1 - EXACT)) {
      double bound = Math.max(l.value(), value);
      var end = new Label(l.structure(), -1, 0, 0, l.tiles(), l.states(), tally, bound, l, -1, 1);
      if (beam != null) {
        beam.add(end);
      } else {
        add(bound, problem.levels + 1, () -> finish(end));
      }
    }
  }

  /** By dimension, what loops in time are left for. */
  private long[] left(Structure s, int level, long[] tiles) {
    long[] left = new long[problem.dims];
    for (int d = 0; d < left.length; d++) {
      left[d] = problem.extent[d] / tiles[d] / s.spaceOutside[level][d];
    }
    return left;
  }

  private static double product(long[] factors) {
    double product = 1;
    for (long f : factors) {
      product *= f;
    }
    return product;
  }

  private void expand(Label l) {
    Structure s = l.structure();
    int p = l.level();
    long[] left = left(s, p, l.tiles());
    boolean mayEnd = true;
    for (int d = 0; d < problem.dims; d++) {
      if ((l.used() >> d & 1) == 0) {
        mayEnd &= problem.time[p][d].has(1);
      }
      mayEnd &= problem.mayBeOutside(p, d, left[d]);
    }
    if (mayEnd) {
      cross(l);
    }
    for (int d = 0; d < problem.dims; d++) {
      if (left[d] > 1 && ((l.used() | l.barred()) >> d & 1) == 0 && orders.mayBeNext(l, d)) {
        for (long count : problem.divisors[d]) {
          if (count > 1
              && left[d] % count == 0
              && problem.time[p][d].has(count)
              && problem.mayBeOutside(p, d, left[d] / count)) {
            place(l, d, count, left);
          }
        }
      }
    }
  }

  private void place(Label l, int d, long count, long[] before) {
    Structure s = l.structure();
    long[] left = before.clone();
    left[d] /= count;
    long[] tiles = l.tiles().clone();
    tiles[d] *= count;
    if (!s.fits(l.level(), tiles)) {
      return;
    }
    var placing = new Placing(problem, d, count, l.tiles(), left, product(left));
    Tally tally = l.tally().copy();
    @Nullable LinkState[] states = l.states().clone();
    for (int i = 0; i < states.length; i++) {
      LinkState state = states[i];
      if (state != null) {
        states[i] = state.place(placing, tally);
      }
    }
    long barred = arguments.contains(Argument.EXCHANGE) ? orders.barred(l, d) : 0;
    offer(
        new Label(
            s,
            l.level(),
            l.used() | 1L << d,
            barred,
            tiles,
            states,
            tally,
            l.value(),
            l,
            d,
            count));
  }

  private void offer(Label l) {
    if (l.dim() < 0 && !l.structure().fits(l.level(), l.tiles())) {
      return;
    }
    double value = Math.max(l.value(), bound(l));
    if (value >= best * (1 - EXACT)) {
      return;
    }
    var label =
        new Label(
            l.structure(),
            l.level(),
            l.used(),
            l.barred(),
            l.tiles(),
            l.states(),
            l.tally(),
            value,
            l.before(),
            l.dim(),
            l.count());
    if (beam != null) {
      beam.add(label);
      return;
    }
    boolean dominance = arguments.contains(Argument.DOMINANCE);
    if (dominance && !known.remember(label)) {
      dominated++;
      return;
    }
    add(
        value,
        problem.levels - l.level(),
        () -> {
          if (!dominance || known.isStill(label)) {
            expand(label);
          }
        });
  }

  private double bound(Label l) {
    Structure s = l.structure();
    double pj = l.tally().energyPj;
    double[] cycles = l.tally().cycles.clone();
    if (l.dim() < 0 && l.before() != null) {
      pj += s.morePj(l.level(), l.before().tiles());
    }
    for (int b = 0; b < problem.levels; b++) {
      boolean begun = b >= l.level();
      pj += begun ? 0 : s.levelPj[b];
      for (int t = 0; t < problem.tensors; t++) {
        Tally least = s.least[b][t];
        if (least == null) {
          continue;
        }
        LinkState state = l.states()[b * problem.tensors + t];
        if (state == null || state instanceof Open) {
          pj += begun ? least.energyPj : 0;
          for (int i = 0; i < cycles.length; i++) {
            cycles[i] += least.cycles[i];
          }
        } else if (!(state instanceof Closed)) {
          pj += Math.max(0, least.energyPj - state.paidPj());
        }
      }
    }
    return s.value(pj, cycles);
  }
}
