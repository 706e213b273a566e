package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.mapper.SearchLog;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Best bound first, with dives for first answers. Where too many states wait, what comes of the
 * best of them is searched depth first.
 */
final class Search {
  private static final int MOST_WAITING = 400_000;
  private static final int DIVE_EVERY = 32;
  private static final int REPORT_EVERY = 256;
  private static final double ROUNDING = 1e-11;

  private final Problem problem;
  private final SearchMonitor monitor;
  private final Pricer pricer;
  private final Steps.Judge judge;
  private final PriorityQueue<State> waiting = new PriorityQueue<>();
  private double value = Double.POSITIVE_INFINITY;
  private long pruned;
  private long uncounted;
  private boolean stopped;

  /** The best, if any. */
  @Nullable LoopTree mapping;

  @Nullable Evaluation evaluation;
  @Nullable Sparsity chosen;

  /** Whether nothing is left. */
  boolean proven;

  /** No mapping has a lower value. */
  double lowerBound;

  /** States that were bounded, mappings among them. */
  long evaluated;

  Search(Problem problem, SearchMonitor monitor) {
    this.problem = problem;
    this.monitor = monitor;
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
            evaluated++;
            double bound = pricer.bound(s);
            boolean worse = isWorse(bound);
            pruned += worse && bound < Double.POSITIVE_INFINITY ? 1 : 0;
            return !worse;
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
      lowerBound = Math.max(lowerBound, Math.min(best.bound, value));
      if (isWorse(best.bound)) {
        pruned += waiting.size() + 1;
        waiting.clear();
        break;
      }
      if (stops(rounds++)) {
        waiting.add(best);
        break;
      }
      try {
        if (waiting.size() > MOST_WAITING) {
          deep(best);
        } else if (rounds % DIVE_EVERY == 1 || mapping == null) {
          dive(best);
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
    proven = waiting.isEmpty();
    if (proven) {
      lowerBound = value;
    } else {
      lowerBound = Math.min(value, Math.max(lowerBound, waiting.peek().bound));
    }
  }

  private void begin(Structure structure) {
    State root = State.root(structure);
    if (root.complete()) {
      Completions.visit(root, c -> meet(c, waiting::add));
    } else {
      meet(root, waiting::add);
    }
  }

  private boolean stops(long round) {
    if (monitor.stop()) {
      stopped = true;
    } else if (round % REPORT_EVERY == 0) {
      monitor.report(value, lowerBound, evaluated);
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

  private boolean isWorse(double bound) {
    return bound >= value * (1 - ROUNDING);
  }

  /** Follows the most promising step to a mapping; the others wait. */
  private void dive(State from) {
    State at = from;
    while (true) {
      List<State> next = new ArrayList<>();
      Steps.visit(at, judge, s -> meet(s, next::add));
      if (next.isEmpty()) {
        return;
      }
      int first = 0;
      for (int i = 1; i < next.size(); i++) {
        first = next.get(i).compareTo(next.get(first)) < 0 ? i : first;
      }
      State best = next.remove(first);
      waiting.addAll(next);
      if (stops(1) || isWorse(best.bound)) {
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
      if (!isWorse(at.bound)) {
        List<State> next = new ArrayList<>();
        Steps.visit(at, judge, s -> meet(s, next::add));
        next.sort(java.util.Comparator.reverseOrder());
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
    evaluated++;
    s.bound = pricer.bound(s);
    if (isWorse(s.bound)) {
      pruned += s.bound < Double.POSITIVE_INFINITY ? 1 : 0;
      return;
    }
    if (!s.complete()) {
      waits.accept(s);
      return;
    }
    boolean estimated = pricer.estimated(s);
    // what is no worse in its value can be beyond a limit
    if (estimated || problem.demands.limitsCost()) {
      List<LoopTree> trees = Realized.mappings(s);
      if (trees.isEmpty()) {
        return;
      }
      for (Selection.Best b : pricer.promising(s, value * (1 - ROUNDING))) {
        stopIfOver(); // to ask the model may take seconds
        if (!isWorse(b.value())) {
          ask(s, trees, b, estimated);
        }
      }
      return;
    }
    Selection.Best best = pricer.best(s, value * (1 - ROUNDING));
    if (best.options().length > 0) {
      accept(s, best);
    }
  }

  /**
   * Has the model count a mapping of which it is known what it costs, or what it costs at least.
   */
  private void ask(State s, List<LoopTree> trees, Selection.Best best, boolean estimated) {
    Sparsity sparsity = Realized.sparsity(s, best.options());
    boolean counted = false;
    for (LoopTree tree : trees) {
      Evaluation found = counted && !problem.someShaped ? null : count(tree, sparsity);
      if (found == null) {
        continue;
      }
      counted = true;
      double exact = problem.objective.value(found);
      boolean more = exact > best.value() * (1 + 1e-8);
      if (exact < best.value() * (1 - 1e-8) || (more && !estimated)) {
        throw different(best, exact, tree, sparsity);
      }
      if (!isWorse(exact) && problem.demands.affords(found)) {
        take(exact, tree, found, sparsity);
      }
    }
    uncounted += counted ? 0 : 1;
  }

  private @Nullable Evaluation count(LoopTree tree, Sparsity sparsity) {
    try {
      return SparseEvaluator.evaluate(
          problem.einsum,
          problem.architecture,
          sparsity,
          problem.nodes,
          problem.count(tree, sparsity));
    } catch (InvalidSpecException e) {
      return null;
    }
  }

  private static IllegalStateException different(
      Selection.Best best, double exact, LoopTree tree, Sparsity sparsity) {
    return new IllegalStateException(
        "search says %s, model says %s of %s with %s"
            .formatted(best.value(), exact, tree, sparsity));
  }

  private void take(double exact, LoopTree tree, Evaluation found, Sparsity sparsity) {
    value = exact;
    mapping = tree;
    evaluation = found;
    chosen = sparsity;
    monitor.report(value, Math.min(value, lowerBound), evaluated);
  }

  /** Counts a mapping by the model; one that this refuses is none. */
  private void accept(State s, Selection.Best best) {
    Sparsity sparsity = Realized.sparsity(s, best.options());
    List<LoopTree> trees = Realized.mappings(s);
    for (LoopTree tree : trees) {
      Evaluation found = count(tree, sparsity);
      if (found == null) {
        continue;
      }
      double exact = problem.objective.value(found);
      if (Math.abs(exact - best.value()) > 1e-8 * Math.abs(exact)) {
        throw different(best, exact, tree, sparsity);
      }
      take(exact, tree, found, sparsity);
      return;
    }
    uncounted += trees.isEmpty() ? 0 : 1;
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
