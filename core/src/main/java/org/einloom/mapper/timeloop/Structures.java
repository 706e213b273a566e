package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Nest;

/** All choices of what levels keep and of loops in space. */
final class Structures {
  private final Problem problem;
  private final Ports ports;

  Structures(Problem problem, Ports ports) {
    this.problem = problem;
    this.ports = ports;
  }

  /**
   * Puts all structures in line, loops in space first: what is kept of one tensor does not change
   * what another costs, so the sum of the least of each bounds them all.
   */
  void addTo(LabelSearch search) {
    spaces(
        0,
        new ArrayList<>(),
        ones(),
        space -> {
          if (search.isOver()) {
            return;
          }
          // by its cycles, and what any mapping costs, until that is the least
          double cycles = problem.computes;
          for (List<SpaceLoop> loops : space) {
            for (SpaceLoop l : loops) {
              cycles /= l.count();
            }
          }
          double bound = problem.value(problem.leastPj, cycles + problem.aroundCycles);
          search.add(bound, 0, () -> bound(space, search));
        });
  }

  /** By tensor, the choices of levels that keep it, and what its links cost at least then. */
  private void bound(List<List<SpaceLoop>> space, LabelSearch search) {
    List<List<Choice>> choices = new ArrayList<>();
    for (int t = 0; t < problem.tensors; t++) {
      choices.add(new ArrayList<>());
    }
    Structure last = null;
    for (long levels = 0; levels < 1L << (problem.levels - 1); levels++) {
      boolean[][] keeps = new boolean[problem.levels][problem.tensors];
      for (int p = 0; p < problem.levels; p++) {
        Arrays.fill(keeps[p], p == 0 || (levels >> (p - 1) & 1) != 0);
      }
      Structure s = new Structure(problem, ports, keeps, space);
      last = s;
      for (int t = 0; t < problem.tensors; t++) {
        if (mayKeep(levels, t)) {
          choices.get(t).add(new Choice(levels, s.tensorPj[t], s.tensorCycles[t]));
        }
      }
    }
    if (last == null || choices.stream().anyMatch(List::isEmpty)) {
      return;
    }
    Structure any = last;
    double pj = problem.computePj;
    double[] cycles = new double[ports.count];
    for (List<Choice> of : choices) {
      pj += of.stream().mapToDouble(Choice::pj).min().orElseThrow();
      for (int i = 0; i < cycles.length; i++) {
        int port = i;
        cycles[i] += of.stream().mapToDouble(c -> c.cycles[port]).min().orElseThrow();
      }
    }
    if (search.mayLook()) {
      boolean[][] keeps = new boolean[problem.levels][problem.tensors];
      for (int t = 0; t < problem.tensors; t++) {
        Choice c =
            choices.get(t).stream().min(Comparator.comparingDouble(Choice::pj)).orElseThrow();
        for (int p = 0; p < problem.levels; p++) {
          keeps[p][t] = p == 0 || (c.levels >> (p - 1) & 1) != 0;
        }
      }
      search.look(new Structure(problem, ports, keeps, space));
    }
    double[] least = cycles;
    search.add(
        any.value(pj, least), 0, () -> keep(any, choices, 0, new long[problem.tensors], search));
  }

  /** What is kept of one tensor: bits of levels, but for the outermost. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Choice(long levels, double pj, double[] cycles) {}

  private void keep(
      Structure like, List<List<Choice>> choices, int t, long[] chosen, LabelSearch search) {
    if (t < problem.tensors) {
      for (int i = 0; i < choices.get(t).size(); i++) {
        chosen[t] = i;
        keep(like, choices, t + 1, chosen, search);
      }
      return;
    }
    double pj = problem.computePj;
    double[] cycles = new double[ports.count];
    boolean[][] keeps = new boolean[problem.levels][problem.tensors];
    for (int o = 0; o < problem.tensors; o++) {
      Choice c = choices.get(o).get((int) chosen[o]);
      pj += c.pj;
      for (int i = 0; i < cycles.length; i++) {
        cycles[i] += c.cycles[i];
      }
      for (int p = 0; p < problem.levels; p++) {
        keeps[p][o] = p == 0 || (c.levels >> (p - 1) & 1) != 0;
      }
    }
    double bound = like.value(pj, cycles);
    search.add(bound, 0, () -> search.add(new Structure(problem, ports, keeps, like.space), bound));
  }

  /** Whether a tensor may be kept by these levels and the outermost alone. */
  private boolean mayKeep(long levels, int t) {
    String name = problem.tensorName[t];
    for (int p = 0; p < problem.levels; p++) {
      NestSpace.Level level = problem.space.levels().get(p);
      boolean kept = p == 0 || (levels >> (p - 1) & 1) != 0;
      if (kept ? level.bypasses().contains(name) : level.keeps().contains(name)) {
        return false;
      }
    }
    return true;
  }

  private long[] ones() {
    long[] ones = new long[problem.dims];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void spaces(
      int p, List<List<SpaceLoop>> chosen, long[] factors, Consumer<List<List<SpaceLoop>>> to) {
    if (p == problem.levels) {
      if (isUsed(factors) && isPossible(factors)) {
        to.accept(List.copyOf(chosen));
      }
      return;
    }
    for (List<SpaceLoop> loops : loops(p, factors)) {
      long[] with = factors.clone();
      loops.forEach(l -> with[l.dim()] *= l.count());
      chosen.add(loops);
      spaces(p + 1, chosen, with, to);
      chosen.removeLast();
    }
  }

  private boolean isUsed(long[] factors) {
    double used = 1;
    for (long f : factors) {
      used *= f;
    }
    double all = problem.architecture.instances(problem.architecture.compute());
    return used >= problem.space.leastParallelism() * all * (1 - 1e-9);
  }

  private boolean isPossible(long[] factors) {
    for (int d = 0; d < problem.dims; d++) {
      if (!problem.mayBeOutside(problem.levels, d, problem.extent[d] / factors[d])) {
        return false;
      }
    }
    return true;
  }

  /** The loops in space that there may be below a level, outermost first. */
  private List<List<SpaceLoop>> loops(int p, long[] factors) {
    List<List<SpaceLoop>> unordered = new ArrayList<>();
    Machine.Level level = problem.machine.levels().get(p);
    choose(p, 0, level.fan().x(), level.fan().y(), factors, new ArrayList<>(), unordered);
    List<List<SpaceLoop>> all = new ArrayList<>();
    for (List<SpaceLoop> loops : unordered) {
      for (List<SpaceLoop> y : orders(p, along(loops, Nest.Axis.Y))) {
        for (List<SpaceLoop> x : orders(p, along(loops, Nest.Axis.X))) {
          List<SpaceLoop> both = new ArrayList<>(y);
          both.addAll(x);
          all.add(List.copyOf(both));
        }
      }
    }
    return all;
  }

  private static List<SpaceLoop> along(List<SpaceLoop> loops, Nest.Axis axis) {
    return loops.stream().filter(l -> l.axis() == axis).toList();
  }

  private void choose(
      int p,
      int d,
      long x,
      long y,
      long[] factors,
      List<SpaceLoop> chosen,
      List<List<SpaceLoop>> to) {
    if (d == problem.dims) {
      to.add(List.copyOf(chosen));
      return;
    }
    NestSpace.Level level = problem.space.levels().get(p);
    for (long count : problem.divisors[d]) {
      if (!problem.inSpace[p][d].has(count) || problem.extent[d] / factors[d] % count != 0) {
        continue;
      }
      if (count == 1) {
        choose(p, d + 1, x, y, factors, chosen, to);
        continue;
      }
      if (count <= x && level.alongX().contains(problem.dimName[d])) {
        chosen.add(new SpaceLoop(d, count, Nest.Axis.X));
        choose(p, d + 1, x / count, y, factors, chosen, to);
        chosen.removeLast();
      }
      if (count <= y && level.alongY().contains(problem.dimName[d])) {
        chosen.add(new SpaceLoop(d, count, Nest.Axis.Y));
        choose(p, d + 1, x, y / count, factors, chosen, to);
        chosen.removeLast();
      }
    }
  }

  /** The orders of loops along an axis, outermost first: those asked for are the innermost. */
  private List<List<SpaceLoop>> orders(int p, List<SpaceLoop> loops) {
    List<String> asked = problem.space.levels().get(p).spaceOrder();
    List<SpaceLoop> inner = new ArrayList<>();
    for (String name : asked) {
      loops.stream().filter(l -> problem.dimName[l.dim()].equals(name)).forEach(inner::addFirst);
    }
    List<SpaceLoop> rest = loops.stream().filter(l -> !inner.contains(l)).toList();
    List<List<SpaceLoop>> all = new ArrayList<>();
    permute(new ArrayList<>(rest), new ArrayList<>(), inner, orderCounts(p), all);
    return all;
  }

  /** Where no network costs anything, and no neighbour hands on, children may stand anywhere. */
  private boolean orderCounts(int p) {
    Machine.Level l = problem.machine.levels().get(p);
    boolean links = !problem.switches.has(org.einloom.evaluation.timeloop.Switches.Switch.NO_LINKS);
    boolean halo = false;
    for (boolean plain : problem.plain) {
      halo |= !plain;
    }
    return l.hopPj().value() > 0
        || l.routerPj().value() > 0
        || (links && (halo || p == problem.levels - 1));
  }

  private static void permute(
      List<SpaceLoop> rest,
      List<SpaceLoop> chosen,
      List<SpaceLoop> inner,
      boolean all,
      List<List<SpaceLoop>> to) {
    if (rest.isEmpty()) {
      List<SpaceLoop> loops = new ArrayList<>(chosen);
      loops.addAll(inner);
      to.add(loops);
      return;
    }
    for (int i = 0; i < (all ? rest.size() : 1); i++) {
      SpaceLoop l = rest.remove(i);
      chosen.add(l);
      permute(rest, chosen, inner, all, to);
      chosen.removeLast();
      rest.add(i, l);
    }
  }
}
