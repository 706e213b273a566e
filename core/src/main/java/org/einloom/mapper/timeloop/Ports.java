package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.evaluation.timeloop.Machine;

/** The rates of levels as ports that words keep busy; and what structures have in common. */
final class Ports {
  private final Problem problem;
  final int count;
  private final int[][] reads;
  private final int[][] writes;
  private final double[] rate;
  private final Map<List<Object>, Children> children = new HashMap<>();

  Ports(Problem problem) {
    this.problem = problem;
    int levels = problem.levels;
    List<Double> rates = new ArrayList<>();
    reads = new int[levels][];
    writes = new int[levels][];
    for (int p = 0; p < levels; p++) {
      Machine.Level l = problem.machine.levels().get(p);
      int read = port(rates, l.readRate());
      int write = port(rates, l.writeRate());
      int both = port(rates, l.sharedRate());
      reads[p] = of(read, both);
      writes[p] = of(write, both);
    }
    count = rates.size();
    rate = rates.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int port(List<Double> rates, OptionalDouble rate) {
    if (rate.isEmpty()) {
      return -1;
    }
    rates.add(rate.getAsDouble());
    return rates.size() - 1;
  }

  private static int[] of(int... ports) {
    return Arrays.stream(ports).filter(i -> i >= 0).toArray();
  }

  /** Words that one instance of a level reads. */
  void read(Tally to, int p, int t, double words) {
    read(to.cycles, p, t, words);
  }

  void read(double[] cycles, int p, int t, double words) {
    add(cycles, reads[p], p, t, words);
  }

  /** Words that one instance is filled or updated with. */
  void write(Tally to, int p, int t, double words) {
    write(to.cycles, p, t, words);
  }

  void write(double[] cycles, int p, int t, double words) {
    add(cycles, writes[p], p, t, words);
  }

  private void add(double[] cycles, int[] ports, int p, int t, double words) {
    Map<String, Double> scales = problem.machine.levels().get(p).rateScale();
    double scale = scales.getOrDefault(problem.tensorName[t], 1.0);
    for (int i : ports) {
      cycles[i] += words * scale / rate[i];
    }
  }

  /** Children of which only the number of different tiles counts. */
  Children children(int b, int count, int groups, Machine.Level level) {
    return children.computeIfAbsent(
        List.of(b, count, groups), k -> new Children(count, groups, true, level));
  }

  /** Children at their places. */
  Children children(
      int b,
      int t,
      List<SpaceLoop> loops,
      long[][] motions,
      boolean shared,
      boolean toroidal,
      Machine.Level level,
      boolean result) {
    List<Object> key = new ArrayList<>();
    key.add(b);
    key.add(t);
    key.add(loops);
    for (long[] m : motions) {
      key.add(Arrays.stream(m).boxed().toList());
    }
    return children.computeIfAbsent(
        key,
        k ->
            new Children(
                loops, motions, problem.coefficient[t].length, shared, toroidal, level, result));
  }
}
