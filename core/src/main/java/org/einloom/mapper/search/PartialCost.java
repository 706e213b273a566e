package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.einloom.arch.Action;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.evaluation.Words;
import org.einloom.model.DenseModel;
import org.einloom.model.KnownMoves;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * What every mapping that begins like a {@link Walk} costs at least.
 *
 * <p>What a storage node is filled with and drains is decided by the loops above it: its steps, its
 * instances and its tiles are theirs. So is what its parent reads and takes for it, and what
 * crosses the fanouts and tolls between. Hence the counts of every link between two placed nodes of
 * a tensor are final, and equal to those of the mapping that leaves all other loops to the end,
 * which the model counts. For links that are still open:
 *
 * <ul>
 *   <li>a word that a point touches crosses every link at least once: down if it is of an operand,
 *       up if it is of a result;
 *   <li>the computes ask for a word of each operand in every step, and deliver one of the result;
 *       fanouts below the innermost storage node merge at most what their instances along variables
 *       have in common that do not tell words apart;
 *   <li>a child that is active whenever its parent is never holds what its parent does not:
 *       whatever enters or leaves the innermost placed node crosses every link below it as well. So
 *       it is with perfect tiles, where no instance is ever idle, and where no fanout is in use
 *       further in.
 * </ul>
 *
 * <p>So it is where neighbours hand on words, too. Who is next to whom, and what they hold, is
 * decided by the loops above a node; so what its instances hand on is final as soon as it is
 * placed. They stand below one instance of the parent, and a word that neither has can come from
 * there only: the first of them that needs it reads it. What passes links is left out of the bounds
 * of fanouts.
 *
 * <p>The slowest instance of a component takes at least what a single one takes for final counts,
 * and at least the share of all instances in all counts. The busiest compute has at least the share
 * of the fanouts that are still open in what is left to instance 0.
 */
final class PartialCost {
  private final Problem problem;
  private final KnownMoves known;
  private final boolean perfect;
  private final long[] touched;
  private final Requests requests;
  private final Busiest busiest;
  private final double leakPjPerCycle;

  double energyPj;
  double cycles;

  PartialCost(Problem problem, Tiles tiles, KnownMoves known) {
    this.problem = problem;
    this.known = known;
    perfect = !tiles.anyImperfect();
    requests = new Requests(problem, tiles);
    busiest = new Busiest(problem, tiles);
    touched = new long[problem.tensors.size()];
    leakPjPerCycle = problem.leakPjPerCycle;
  }

  /** Finds the bounds of any mapping: its computes, and that everything leaks meanwhile. */
  void ofAny() {
    computes();
    energyPj += leakPjPerCycle * cycles;
  }

  private void computes() {
    energyPj =
        (double) problem.einsum.computes()
            * problem.architecture.compute().compute().energyPj().value();
    cycles = busiest.leastCycles();
  }

  /** Finds the bounds; false if no mapping that begins so fits, or it needs what is not there. */
  boolean of(Walk walk) {
    Counts counts = count(walk);
    if (counts == null) {
      ofAny();
      return true;
    }
    computes();
    cycles =
        Math.max(
            cycles,
            (double) counts.busiestComputes()
                / walk.room()
                / problem.architecture.compute().compute().perCycle());
    long[][] least = least(walk, counts);
    for (int n = 0; n < problem.nodes.size(); n++) {
      boolean possible =
          switch (problem.nodes.get(n)) {
            case Memory m -> memory(walk, n, m, counts.component(m.name()), least);
            case Toll t -> {
              toll(walk, n, t, counts.component(t.name()), least);
              yield true;
            }
            case Fanout f -> fanout(walk, n, f, counts.component(f.name()), least);
            case Compute c -> true;
          };
      if (!possible) {
        return false;
      }
    }
    energyPj += leakPjPerCycle * cycles;
    return true;
  }

  /**
   * The counts of the path, the next node of every tensor, and all other loops; null if these
   * cannot be counted.
   */
  private @Nullable Counts count(Walk walk) {
    try {
      return DenseModel.analyzeLegal(
              problem.einsum, problem.architecture, walk.mappingWithNext(), known)
          .counts();
    } catch (InvalidSpecException e) {
      return null;
    }
  }

  /**
   * By tensor, words that at least leave the innermost placed node ({@code [t][0]}), and that enter
   * and leave every node that is still missing ({@code [t][1]}).
   */
  private long[][] least(Walk walk, Counts counts) {
    long[][] least = new long[touched.length][];
    for (int t = 0; t < least.length; t++) {
      String name = problem.tensors.get(t).name();
      if (touched[t] == 0) {
        String outermost = problem.nodes.get(problem.memories[0]).name();
        var held = counts.component(outermost).occupancy().get(name);
        touched[t] = held == null ? 0 : held.words();
      }
      least[t] = new long[] {touched[t], touched[t]};
      if (walk.placed[t] > 1 && (perfect || walk.isAlone(t))) {
        long moved = moved(t, counts, walk.chain[t][walk.placed[t] - 1]);
        least[t] = new long[] {moved, moved};
      }
      if (walk.placed[t] < walk.chain[t].length && (perfect || !walk.mayBeSpreadFurther())) {
        least[t][1] = Math.max(least[t][1], moved(t, counts, walk.chain[t][walk.placed[t]]));
      }
    }
    return least;
  }

  /** What enters a node of an operand, or leaves one of the result, over all instances. */
  private long moved(int t, Counts counts, int node) {
    Flows flows =
        counts.component(problem.nodes.get(node).name()).total(problem.tensors.get(t).name());
    return t == problem.result ? flows.drains() : flows.fills();
  }

  private boolean memory(Walk walk, int n, Memory memory, ComponentCounts counts, long[][] least) {
    double bits = 0;
    double shared = 0;
    double slowest = 0;
    for (int t = 0; t < problem.tensors.size(); t++) {
      TensorAccess tensor = problem.tensors.get(t);
      int at = position(walk.chain[t], n);
      if (at < 0) {
        continue;
      }
      boolean here = at < walk.placed[t];
      boolean last = at == walk.placed[t] - 1;
      boolean innermost = at == walk.chain[t].length - 1;
      Flows flows = here ? closed(counts.total(tensor.name()), last) : Flows.ZERO;
      if (!here) {
        flows = flows.plus(entering(t, least[t][1]));
      }
      if (!here || last) {
        long down = least[t][here ? 0 : 1];
        down = innermost ? Math.max(down, requests.at(walk, t, n)) : down;
        flows = flows.plus(leaving(t, down, n == problem.memories[0], flows.drains()));
      }
      for (Map.Entry<String, Words> e :
          problem.options.policy().memoryWords(memory, tensor, flows).entrySet()) {
        Action action = memory.actions().get(e.getKey());
        if (action == null) {
          return false;
        }
        double actions = actions(action, e.getValue(), tensor);
        energyPj += actions * action.energyPj().value();
        double time = actions / action.perCycle() / (double) problem.architecture.instances(memory);
        shared += time;
        slowest = Math.max(slowest, time);
      }
      if (here) {
        var held = counts.occupancy().get(tensor.name());
        bits += held == null ? 0 : (double) held.words() * width(tensor);
      }
    }
    cycles = Math.max(cycles, memory.sharedPort() ? shared : slowest);
    for (InstanceClass c : counts.classes()) {
      cycles = Math.max(cycles, time(walk, n, memory, c));
    }
    return memory.capacityBits().isEmpty() || bits <= (double) memory.capacityBits().getAsLong();
  }

  private double time(Walk walk, int n, Memory memory, InstanceClass instance) {
    double sum = 0;
    var byAction = new java.util.HashMap<String, Double>();
    for (int t = 0; t < problem.tensors.size(); t++) {
      TensorAccess tensor = problem.tensors.get(t);
      int at = position(walk.chain[t], n);
      Flows all = instance.flows().get(tensor.name());
      if (at < 0 || at >= walk.placed[t] || all == null) {
        continue;
      }
      Flows flows = closed(all, at == walk.placed[t] - 1);
      for (Map.Entry<String, Words> e :
          problem.options.policy().memoryWords(memory, tensor, flows).entrySet()) {
        Action action = memory.actions().get(e.getKey());
        if (action != null) {
          double time = actions(action, e.getValue(), tensor) / action.perCycle();
          sum += time;
          byAction.merge(e.getKey(), time, Double::sum);
        }
      }
    }
    return memory.sharedPort()
        ? sum
        : byAction.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private void toll(Walk walk, int n, Toll toll, ComponentCounts counts, long[][] least) {
    double[] total = new double[Toll.ACTIONS.size()];
    for (int t = 0; t < problem.tensors.size(); t++) {
      TensorAccess tensor = problem.tensors.get(t);
      if (toll.charges(tensor)) {
        Flows flows =
            passed(walk, t, n)
                ? counts.total(tensor.name())
                : leaving(t, crossing(walk, t, n, least[t][0]), false, Long.MAX_VALUE);
        charge(toll, tensor, flows, total, true);
      }
    }
    double instances = (double) problem.architecture.instances(toll);
    cycles = Math.max(cycles, portTime(toll, total) / instances);
    for (InstanceClass c : counts.classes()) {
      double[] time = new double[Toll.ACTIONS.size()];
      for (int t = 0; t < problem.tensors.size(); t++) {
        TensorAccess tensor = problem.tensors.get(t);
        Flows flows = c.flows().get(tensor.name());
        if (flows != null && passed(walk, t, n)) {
          charge(toll, tensor, flows, time, false);
        }
      }
      cycles = Math.max(cycles, portTime(toll, time));
    }
  }

  /** Adds the time that a tensor's words take at a toll, by action, and their energy if wanted. */
  private void charge(Toll toll, TensorAccess tensor, Flows flows, double[] time, boolean energy) {
    for (Map.Entry<String, Words> e :
        problem.options.policy().tollWords(tensor, flows).entrySet()) {
      toll.action(e.getKey())
          .ifPresent(
              action -> {
                double actions = actions(action, e.getValue(), tensor);
                energyPj += energy ? actions * action.energyPj().value() : 0;
                time[Toll.ACTIONS.indexOf(e.getKey())] += actions / action.perCycle();
              });
    }
  }

  private static double portTime(Toll toll, double[] time) {
    DoubleStream times = Arrays.stream(time);
    return toll.sharedPort() ? times.sum() : times.max().orElse(0);
  }

  private boolean fanout(Walk walk, int n, Fanout fanout, ComponentCounts counts, long[][] least) {
    if (fanout.transfer().isEmpty()) {
      return true;
    }
    Action action = fanout.transfer().get();
    double total = 0;
    for (int t = 0; t < problem.tensors.size(); t++) {
      TensorAccess tensor = problem.tensors.get(t);
      Flows flows =
          passed(walk, t, n)
              ? counts.total(tensor.name())
              : leaving(t, crossing(walk, t, n, least[t][0]), false, Long.MAX_VALUE);
      double actions =
          actions(action, problem.options.policy().transferWords(tensor, flows), tensor);
      energyPj += actions * action.energyPj().value();
      total += actions / action.perCycle();
    }
    cycles = Math.max(cycles, total / (double) problem.architecture.instances(fanout));
    for (InstanceClass c : counts.classes()) {
      double time = 0;
      for (int t = 0; t < problem.tensors.size(); t++) {
        TensorAccess tensor = problem.tensors.get(t);
        Flows flows = c.flows().get(tensor.name());
        if (flows != null && passed(walk, t, n)) {
          time +=
              actions(action, problem.options.policy().transferWords(tensor, flows), tensor)
                  / action.perCycle();
        }
      }
      cycles = Math.max(cycles, time);
    }
    return true;
  }

  /** Words that cross the lower face of a fanout, or a toll, at least. */
  private long crossing(Walk walk, int t, int node, long least) {
    boolean computesNext = walk.chain[t][walk.chain[t].length - 1] < node;
    return computesNext ? Math.max(least, requests.at(walk, t, node)) : least;
  }

  /** Whether a placed node of the tensor is below the fanout or toll. */
  private static boolean passed(Walk walk, int t, int node) {
    return walk.chain[t][walk.placed[t] - 1] > node;
  }

  /** What of the flows of a placed node is final. */
  private static Flows closed(Flows flows, boolean last) {
    return last
        ? new Flows(0, flows.fills(), 0, flows.drains(), 0, flows.finalDrains(), flows.links())
        : flows;
  }

  /** What at least so many words between a node and the next one outside are at the former. */
  private Flows entering(int t, long words) {
    return t == problem.result
        ? new Flows(0, 0, 0, words, 0, complete(t, words))
        : new Flows(0, words, 0, 0, 0, 0);
  }

  /**
   * What at least so many words between a node and the next one inside are at the former. All
   * updates of a result but the first of each residency are read as well, and a residency ends with
   * a drain, so that both come to the updates at least.
   */
  private Flows leaving(int t, long words, boolean outermost, long drains) {
    return t == problem.result
        ? new Flows(
            Math.max(0, words - (outermost ? touched[t] : drains)),
            0,
            words,
            0,
            complete(t, words),
            0)
        : new Flows(words, 0, 0, 0, 0, 0);
  }

  /** How many may be of the complete width, if that is the narrower one: each word once. */
  private long complete(int t, long words) {
    TensorAccess tensor = problem.tensors.get(t);
    var widths = problem.architecture.widths();
    return widths.of(tensor) <= widths.partialOf(tensor) ? Math.min(words, touched[t]) : 0;
  }

  private double width(TensorAccess tensor) {
    var widths = problem.architecture.widths();
    return Math.min(widths.of(tensor), widths.partialOf(tensor));
  }

  private double actions(Action action, Words words, TensorAccess tensor) {
    return problem.options.policy().actions(action, words, tensor, problem.architecture.widths());
  }

  private static int position(int[] chain, int node) {
    for (int i = 0; i < chain.length; i++) {
      if (chain[i] == node) {
        return i;
      }
    }
    return -1;
  }
}
