package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.mapper.SearchLog;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.StoppedException;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Best bound first, with dives for first answers. Where too many states wait, what comes of the
 * best of them is searched depth first.
 *
 * <p>For the front of energy and latency the same states are searched: one is left out if a mapping
 * is known that costs neither more energy nor more time than anything that comes of it. As no value
 * falls when energy or latency rises, such a mapping comes first where the best bound does, but for
 * dives; so what is searched is little more than what has to be.
 */
final class Search {
  private static final int MOST_WAITING = 400_000;
  private static final int DIVE_EVERY = 32;
  private static final int REPORT_EVERY = 256;
  private static final int SWEEP_EVERY = 4096;

  /** Of the orders of loops of one mapping. */
  private static final long MOST_ORDERS = 20_000;

  /** Between what is added up here and by the model, in other orders. */
  private static final double DIFFERENT = 1e-8;

  /** What is this small beside the costs without sparsity is rounding. */
  private static final double ROUNDED_AWAY = 1e-13;

  private final Problem problem;
  private final Patience monitor;
  private final long mostOrders;
  private final Pricer pricer;
  private final Steps.Judge judge;
  private final Comparator<State> order;
  private final PriorityQueue<State> waiting;
  private long pruned;
  private long uncounted;
  private long nextSweep;
  private boolean stopped;

  /** The mappings of which orders were looked at, and those that had too many. */
  private final Set<List<Object>> ordered = new HashSet<>();

  private final Set<List<Object>> cut = new HashSet<>();

  /** No mapping of these costs less. */
  private double unfinished = Double.POSITIVE_INFINITY;

  /** Why the last mapping that was not counted was not; empty if there is none. */
  private @Nullable String refusal;

  /** The best, if any. */
  final Known known;

  /** Whether nothing is left. */
  boolean proven;

  /** No mapping has a lower value. */
  double lowerBound;

  /** States that were bounded, mappings among them. */
  long evaluated;

  Search(Problem problem, Known known, SearchMonitor monitor) {
    this(problem, known, monitor, MOST_ORDERS);
  }

  /**
   * @param mostOrders of one mapping, where a cost depends on them; with more nothing is proven
   *     that costs less than they may
   */
  Search(Problem problem, Known known, SearchMonitor monitor, long mostOrders) {
    this.problem = problem;
    this.mostOrders = mostOrders;
    this.known = known;
    this.monitor = new Patience(monitor, () -> known.best() != null);
    Comparator<State> ofFront =
        Comparator.comparingDouble((State s) -> s.bound)
            .thenComparingDouble(s -> s.energyPj * s.cycles)
            .thenComparing(Comparator.naturalOrder());
    order = known.front ? ofFront : Comparator.naturalOrder();
    waiting = new PriorityQueue<>(order);
    this.pricer = new Pricer(problem);
    judge =
        new Steps.Judge() {
          @Override
          public boolean hasRoom(State s) {
            return problem.loopDemands.mayHold(s, false) && pricer.hasRoom(s);
          }

          @Override
          public boolean promising(State s) {
            stopIfOver();
            return mayLead(s);
          }
        };
  }

  void run() {
    if (!problem.tensors.stream().allMatch(t -> problem.memory(0).keep().allows(t))) {
      proven = true;
      return;
    }
    try {
      Structures.visit(problem, this::begin);
    } catch (Over e) {
      return; // the bound is that nothing costs less than nothing
    }
    long rounds = 0;
    while (!waiting.isEmpty() && !stopped) {
      State best = waiting.remove();
      lowerBound = Math.max(lowerBound, Math.min(best.bound, known.value));
      if (known.prunes(best)) {
        pruned++;
        if (!known.front) {
          pruned += waiting.size();
          waiting.clear();
        }
        continue;
      }
      if (stops(rounds++)) {
        waiting.add(best);
        break;
      }
      try {
        if (waiting.size() > MOST_WAITING && !sweeps(rounds)) {
          deep(best);
        } else if (rounds % DIVE_EVERY == 1 || known.value == Double.POSITIVE_INFINITY) {
          dive(best, along(rounds / DIVE_EVERY));
        } else {
          Steps.visit(best, judge, s -> meet(s, waiting::add));
        }
      } catch (Over e) {
        stopped = true;
      }
      if (stopped) {
        waiting.add(best); // all that comes of it costs no less
      }
    }
    boolean through = waiting.isEmpty();
    // of a front it is not known what else may be on it
    proven = through && (known.front ? cut.isEmpty() : unfinished >= known.atMost());
    if (!through) {
      lowerBound = Math.max(lowerBound, waiting.peek().bound);
    }
    lowerBound = Math.min(known.value, through ? unfinished : Math.min(lowerBound, unfinished));
    lowerBound = proven ? known.value : lowerBound;
  }

  /**
   * Leaves out, now and then, what waits and is worse than points of the front found since; without
   * a front it is at the end of the queue.
   */
  private boolean sweeps(long round) {
    if (!known.front || round < nextSweep) {
      return false;
    }
    nextSweep = round + SWEEP_EVERY;
    int before = waiting.size();
    waiting.removeIf(known::prunes);
    pruned += before - waiting.size();
    return waiting.size() <= MOST_WAITING;
  }

  /** What dives go by: one that looks for the front looks for its ends, too. */
  private Comparator<State> along(long dive) {
    return switch (known.front ? (int) (dive % 3) : 0) {
      case 1 -> Comparator.comparingDouble((State s) -> s.energyPj).thenComparing(order);
      case 2 -> Comparator.comparingDouble((State s) -> s.cycles).thenComparing(order);
      default -> order;
    };
  }

  private void begin(Structure structure) {
    State root = State.root(structure);
    if (root.complete()) {
      Completions.visit(root, c -> meet(c, waiting::add));
    } else {
      meet(root, waiting::add);
    }
    if (monitor.late()) {
      dive(root, order); // any answer, before all structures are bounded
    }
  }

  private boolean stops(long round) {
    if (monitor.stop()) {
      stopped = true;
    } else if (round % REPORT_EVERY == 0) {
      monitor.report(known.value, lowerBound, evaluated);
    }
    return stopped;
  }

  /** Says that there is no time for anything better, from within the making of states. */
  private static final class Over extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1;

    Over() {
      super("over", null, false, false);
    }
  }

  private void stopIfOver() {
    if (monitor.stop()) {
      stopped = true;
      throw new Over();
    }
  }

  /** Whether something that is asked for may come of a state. */
  private boolean mayLead(State s) {
    evaluated++;
    pricer.bound(s);
    boolean worse = known.prunes(s);
    pruned += worse && s.bound < Double.POSITIVE_INFINITY ? 1 : 0;
    return !worse;
  }

  /** Follows the most promising step to a mapping; the others wait. */
  private void dive(State from, Comparator<State> by) {
    State at = from;
    while (true) {
      List<State> next = new ArrayList<>();
      Steps.visit(at, judge, s -> meet(s, next::add));
      if (next.isEmpty()) {
        return;
      }
      int first = 0;
      for (int i = 1; i < next.size(); i++) {
        first = by.compare(next.get(i), next.get(first)) < 0 ? i : first;
      }
      State best = next.remove(first);
      waiting.addAll(next);
      if (stops(1) || known.prunes(best)) {
        waiting.add(best);
        return;
      }
      at = best;
    }
  }

  private void deep(State from) {
    var stack = new ArrayList<State>();
    stack.add(from);
    while (!stack.isEmpty()) {
      State at = stack.removeLast();
      if (stops(evaluated)) {
        return; // the state where it began stands for what is left
      }
      if (!known.prunes(at)) {
        List<State> next = new ArrayList<>();
        Steps.visit(at, judge, s -> meet(s, next::add));
        next.sort(order.reversed());
        stack.addAll(next);
      }
    }
  }

  /** Bounds a state; what is complete is an answer, the others wait if they may lead to one. */
  private void meet(State s, java.util.function.Consumer<State> waits) {
    stopIfOver();
    if (!problem.loopDemands.mayHold(s, true)) {
      return;
    }
    if (!mayLead(s)) {
      return;
    }
    if (!s.complete()) {
      waits.accept(s);
      return;
    }
    if (s.structure.orderMatters()) {
      allOrders(s);
    } else {
      consider(s);
    }
  }

  /** Where a cost depends on the order of all loops, every order of a mapping. */
  private void allOrders(State s) {
    List<Object> key = Interleavings.key(s);
    boolean first = ordered.add(key);
    boolean all =
        first
            && Interleavings.visit(
                s,
                mostOrders,
                o -> {
                  stopIfOver();
                  if (problem.loopDemands.mayHold(o, true) && mayLead(o)) {
                    consider(o);
                  }
                });
    if (first && !all) {
      cut.add(key);
    }
    if (cut.contains(key)) {
      unfinished = Math.min(unfinished, s.bound);
    }
  }

  private void consider(State s) {
    boolean estimated = pricer.estimated(s);
    // what is no worse in its value can be beyond a limit
    boolean asks = estimated || problem.demands.limitsCost();
    if (asks || known.front) {
      List<LoopTree> trees = Realized.mappings(s);
      if (trees.isEmpty()) {
        return;
      }
      Selection.Wanted wanted = (value, energyPj, cycles) -> !known.prunes(value, energyPj, cycles);
      for (Selection.Best b : pricer.promising(s, wanted)) {
        stopIfOver(); // to ask the model may take seconds
        if (known.prunes(b)) {
          continue;
        }
        if (asks) {
          ask(s, trees, b, estimated);
        } else {
          accept(s, trees, b);
        }
      }
      return;
    }
    Selection.Best best = pricer.best(s, known.atMost());
    if (best.options().length > 0) {
      accept(s, Realized.mappings(s), best);
    }
  }

  /**
   * Has the model count a mapping of which it is known what it costs, or what it costs at least.
   */
  private void ask(State s, List<LoopTree> trees, Selection.Best best, boolean estimated) {
    Sparsity sparsity = Realized.sparsity(s, best.options());
    boolean counted = false;
    for (LoopTree tree : trees) {
      Known.Counted found =
          counted && !problem.someShaped && !s.structure.orderMatters()
              ? null
              : count(tree, sparsity);
      if (found == null) {
        continue;
      }
      counted = true;
      Known.Point exact = known.point(tree, found, sparsity);
      requireSame(exact, best, estimated);
      if (!known.prunes(exact) && problem.demands.affords(found.evaluation())) {
        take(exact);
      }
    }
    uncounted += counted ? 0 : 1;
  }

  private Known.@Nullable Counted count(LoopTree tree, Sparsity sparsity) {
    try {
      Optional<SparseAnalysis> analysis = problem.analysis(tree, sparsity, monitor::stop);
      return new Known.Counted(
          SparseEvaluator.evaluate(
              problem.einsum,
              problem.architecture,
              sparsity,
              problem.nodes,
              analysis.isPresent() ? analysis.get().with(sparsity) : problem.count(tree, sparsity)),
          analysis);
    } catch (StoppedException e) {
      stopped = true;
      throw new Over();
    } catch (InvalidSpecException e) {
      refusal = e.getMessage();
      return null;
    }
  }

  /**
   * Where nothing or next to nothing is to be done, the rounding of a chance that is the difference
   * of two is all that is left of it; it is small beside what the mapping costs without sparsity.
   *
   * @throws IllegalStateException if the model says less than is known, or more where that is no
   *     mere bound
   */
  private void requireSame(Known.Point exact, Selection.Best best, boolean bound) {
    if (!differs(exact, best, bound, 0, 0, 0)) {
      return;
    }
    Evaluation dense =
        Evaluator.evaluateAnySize(
            problem.einsum,
            problem.architecture,
            DenseModel.analyzeLegal(problem.einsum, problem.architecture, exact.mapping()).counts(),
            Policy.DEFAULT);
    double value = ROUNDED_AWAY * problem.objective.value(dense);
    double energyPj = ROUNDED_AWAY * dense.energyPj();
    double cycles = ROUNDED_AWAY * dense.latencyCycles();
    if (differs(exact, best, bound, value, energyPj, cycles)) {
      throw different(best, exact);
    }
  }

  /** Of one mapping the value counts, of a front energy and latency alone, too. */
  private boolean differs(
      Known.Point exact,
      Selection.Best best,
      boolean bound,
      double value,
      double energyPj,
      double cycles) {
    return differs(exact.value(), best.value(), bound, value)
        || (known.front
            && (differs(exact.energyPj(), best.energyPj(), bound, energyPj)
                || differs(exact.cycles(), best.cycles(), bound, cycles)));
  }

  private static boolean differs(double exact, double best, boolean bound, double rounded) {
    return best - exact > Math.max(DIFFERENT * Math.abs(best), rounded)
        || (!bound && exact - best > Math.max(DIFFERENT * Math.abs(exact), rounded));
  }

  private static IllegalStateException different(Selection.Best best, Known.Point exact) {
    return new IllegalStateException(
        "search says %s, %s pJ, %s cycles, model says %s, %s pJ, %s cycles of %s with %s"
            .formatted(
                best.value(),
                best.energyPj(),
                best.cycles(),
                exact.value(),
                exact.energyPj(),
                exact.cycles(),
                exact.mapping(),
                exact.sparsity()));
  }

  private void take(Known.Point exact) {
    known.take(exact);
    monitor.report(known.value, Math.min(known.value, lowerBound), evaluated);
  }

  /** Counts a mapping by the model; one that this refuses is none. */
  private void accept(State s, List<LoopTree> trees, Selection.Best best) {
    Sparsity sparsity = Realized.sparsity(s, best.options());
    for (LoopTree tree : trees) {
      Known.Counted found = count(tree, sparsity);
      if (found == null) {
        continue;
      }
      Known.Point exact = known.point(tree, found, sparsity);
      requireSame(exact, best, false);
      take(exact);
      return;
    }
    uncounted += trees.isEmpty() ? 0 : 1;
  }

  /** What to say of mappings that are not counted, if none is; empty if there are none. */
  String uncounted() {
    return refusal == null ? "" : "; the last of those that were looked at: " + refusal;
  }

  SearchLog log() {
    var why = new ArrayList<SearchLog.Pruned>();
    why.add(
        new SearchLog.Pruned(
            "partial mappings: cost at least as much as the best mapping known", pruned));
    if (uncounted > 0) {
      why.add(
          new SearchLog.Pruned(
              "mappings better than the best then known that cannot be counted with sparse tensors",
              uncounted));
    }
    return new SearchLog(why, List.of());
  }
}
