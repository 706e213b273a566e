package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Switches;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.workload.Affine;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/** A search in numbers: dimensions, tensors and levels by position, energies per word. */
final class Problem {
  final NestSpace space;
  final Architecture architecture;
  final Machine machine;
  final Switches switches;
  final Objective objective;

  final int dims;
  final int levels;
  final int tensors;
  final long[] extent;
  final String[] dimName;
  final long[][] divisors;

  /** By tensor, rank and dimension: how far the rank moves with the dimension. */
  final long[][][] coefficient;

  final boolean[][] relevant;

  /** By tensor and rank: whether no more than one dimension moves it. */
  final boolean[][] plainRank;

  /** By tensor: whether all its ranks are plain. */
  final boolean[] plain;

  /** By tensor: whether some dimension moves several of its ranks. */
  final boolean[] odd;

  final boolean[] isResult;
  final String[] tensorName;

  /** By tensor: different words that the whole Einsum touches. */
  final double[] touched;

  final NestSpace.Range[][] time;
  final NestSpace.Range[][] inSpace;

  /** By level: dimensions that are inside of all others, innermost first. */
  final int[][] timeOrder;

  /** By level and dimension: what the loops in time of all levels further out can come to. */
  private final List<List<Set<Long>>> outside;

  final double[] readPj;
  final double[] writePj;
  final double[] updatePj;
  final double computePj;
  final double leakPjPerCycle;

  /**
   * What any mapping costs at least but for leakage: its computes; and since the outermost level
   * keeps everything, each word of an operand is read there once, each of a result updated.
   */
  final double leastPj;

  final double computes;
  final double aroundCycles;
  final double clockHz;
  final boolean addsInside;

  Problem(
      NestSpace space,
      Architecture architecture,
      Machine machine,
      Switches switches,
      Objective objective) {
    this.space = space;
    this.architecture = architecture;
    this.machine = machine;
    this.switches = switches;
    this.objective = objective;
    var variables = space.einsum().variables();
    dims = variables.size();
    levels = space.levels().size();
    List<TensorAccess> all = space.einsum().tensors();
    tensors = all.size();
    extent = variables.stream().mapToLong(v -> v.extent()).toArray();
    dimName = variables.stream().map(v -> v.name()).toArray(String[]::new);
    divisors = new long[dims][];
    for (int d = 0; d < dims; d++) {
      divisors[d] = divisors(extent[d]);
    }
    coefficient = new long[tensors][][];
    relevant = new boolean[tensors][dims];
    plainRank = new boolean[tensors][];
    plain = new boolean[tensors];
    odd = new boolean[tensors];
    isResult = new boolean[tensors];
    tensorName = new String[tensors];
    touched = new double[tensors];
    for (int t = 0; t < tensors; t++) {
      tensor(t, all.get(t));
    }
    time = new NestSpace.Range[levels][dims];
    inSpace = new NestSpace.Range[levels][dims];
    timeOrder = new int[levels][];
    for (int p = 0; p < levels; p++) {
      NestSpace.Level level = space.levels().get(p);
      for (int d = 0; d < dims; d++) {
        time[p][d] = level.time().getOrDefault(dimName[d], NestSpace.Range.ANY);
        inSpace[p][d] = level.space().getOrDefault(dimName[d], NestSpace.Range.ANY);
      }
      timeOrder[p] = level.timeOrder().stream().mapToInt(this::dim).toArray();
    }
    outside = reachable();
    readPj = new double[levels];
    writePj = new double[levels];
    updatePj = new double[levels];
    double leak = 0;
    for (Node node : architecture.nodes()) {
      leak +=
          node.leakageUw().value() * 1e6 / architecture.clockHz() * architecture.instances(node);
    }
    leakPjPerCycle = leak;
    clockHz = architecture.clockHz();
    double around = 0;
    for (int p = 0; p < levels; p++) {
      Memory memory = architecture.memories().get(p);
      double block = machine.levels().get(p).blockWords();
      readPj[p] = pj(memory, "read") / block;
      writePj[p] = pj(memory, "write") / block;
      boolean updates = memory.actions().containsKey("update");
      updatePj[p] = pj(memory, updates ? "update" : "write") / block;
      around += machine.levels().get(p).fillCycles() + machine.levels().get(p).drainCycles();
    }
    aroundCycles = around;
    computes = space.einsum().computes();
    computePj = architecture.compute().compute().energyPj().value() * computes;
    double least = computePj;
    for (int t = 0; t < tensors; t++) {
      least += touched[t] * (isResult[t] ? updatePj[0] : readPj[0]);
    }
    leastPj = least;
    addsInside = switches.has(Switch.UPDATED_RMW);
  }

  private void tensor(int t, TensorAccess tensor) {
    tensorName[t] = tensor.name();
    isResult[t] = tensor.role() == Role.OUTPUT;
    int ranks = tensor.ranks().size();
    coefficient[t] = new long[ranks][dims];
    plainRank[t] = new boolean[ranks];
    plain[t] = true;
    touched[t] = 1;
    int[] ranksOf = new int[dims];
    for (int r = 0; r < ranks; r++) {
      int moving = 0;
      for (Affine.Term term : tensor.ranks().get(r).expression().terms()) {
        int d = dim(term.variable());
        coefficient[t][r][d] += term.coefficient();
        relevant[t][d] = true;
      }
      for (int d = 0; d < dims; d++) {
        boolean moves = coefficient[t][r][d] != 0;
        moving += moves && extent[d] > 1 ? 1 : 0;
        ranksOf[d] += moves ? 1 : 0;
        odd[t] |= ranksOf[d] > 1;
      }
      plainRank[t][r] = moving <= 1;
      plain[t] &= plainRank[t][r];
      touched[t] *= values(coefficient[t][r]);
    }
    if (odd[t]) {
      // a diagonal touches fewer words than its box has; one is touched at least
      touched[t] = 1;
    }
  }

  /** At least so many different values has a sum of dimensions times coefficients. */
  private double values(long[] of) {
    double most = 1;
    long reach = 0;
    boolean dense = true;
    Integer[] order = new Integer[dims];
    Arrays.setAll(order, d -> d);
    Arrays.sort(order, (a, b) -> Long.compare(of[a], of[b]));
    for (int d : order) {
      if (of[d] > 0 && extent[d] > 1) {
        most = Math.max(most, (double) extent[d]);
        dense &= of[d] <= reach + 1;
        reach += of[d] * (extent[d] - 1);
      }
    }
    return dense ? reach + 1.0 : most;
  }

  private static long[] divisors(long n) {
    return java.util.stream.LongStream.rangeClosed(1, n).filter(k -> n % k == 0).toArray();
  }

  private List<List<Set<Long>>> reachable() {
    List<List<Set<Long>>> reach = new ArrayList<>();
    for (int p = 0; p <= levels; p++) {
      reach.add(new ArrayList<>());
      for (int d = 0; d < dims; d++) {
        Set<Long> products = new HashSet<>();
        if (p == 0) {
          products.add(1L);
        } else {
          for (long a : reach.get(p - 1).get(d)) {
            for (long c : divisors[d]) {
              if (time[p - 1][d].has(c) && extent[d] / a % c == 0) {
                products.add(a * c);
              }
            }
          }
        }
        reach.getLast().add(products);
      }
    }
    return reach;
  }

  /** What a level does not reuse. */
  NestSpace.NoReuse noReuse(int level) {
    return space.levels().get(level).noReuse();
  }

  /** Whether children below a level keep nothing of a tensor from one step to the next. */
  boolean forgets(int boundary, int tensor) {
    return boundary == levels - 1 || noReuse(boundary + 1).inTime().contains(tensorName[tensor]);
  }

  /** Whether children below a level share what they ask for alike. */
  boolean shares(int boundary, int tensor) {
    return !noReuse(boundary).inSpace().contains(tensorName[tensor]);
  }

  /** Whether first updates of a result at a level read nothing. */
  boolean elides(int level, int tensor) {
    return !switches.has(Switch.NO_FIRST_READ_ELISION)
        && !noReuse(level).firstRead().contains(tensorName[tensor]);
  }

  /** Whether the loops in time of all levels further out can multiply to that. */
  boolean mayBeOutside(int level, int dim, long product) {
    return outside.get(level).get(dim).contains(product);
  }

  /**
   * Results whose words are touched by steps of one, each dimension by itself, are shared out among
   * instances without a rest.
   *
   * @throws InvalidSpecException for others
   */
  void checkResults() {
    for (int t = 0; t < tensors; t++) {
      if (!isResult[t]) {
        continue;
      }
      for (int r = 0; r < plainRank[t].length; r++) {
        for (int d = 0; d < dims; d++) {
          if (extent[d] > 1 && (coefficient[t][r][d] > 1 || !plainRank[t][r] || odd[t])) {
            throw new InvalidSpecException(
                "the result '%s' has a rank of several dimensions, or with a coefficient; a search by Timeloop's rules is not there for such results, leave --accounting out"
                    .formatted(tensorName[t]));
          }
        }
      }
    }
  }

  private static double pj(Memory memory, String name) {
    Action action = memory.actions().get(name);
    if (action == null) {
      throw new InvalidSpecException(
          "memory '%s' has no action '%s', but mappings may need it; declare it, with energy 0 if it is free"
              .formatted(memory.name(), name));
    }
    return action.energyPj().value();
  }

  int dim(String name) {
    int d = Arrays.asList(dimName).indexOf(name);
    if (d < 0) {
      throw new IllegalArgumentException("no dimension " + name);
    }
    return d;
  }

  double value(double energyPj, double cycles) {
    return objective.value(energyPj + leakPjPerCycle * cycles, cycles / clockHz);
  }
}
