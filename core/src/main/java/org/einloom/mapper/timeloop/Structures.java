package org.einloom.mapper.timeloop;

import java.util.ArrayList;
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

  void forEach(Consumer<Structure> to) {
    List<List<List<SpaceLoop>>> spaces = new ArrayList<>();
    spaces(0, new ArrayList<>(), ones(), spaces);
    List<boolean[][]> keeps = new ArrayList<>();
    keeps(0, new boolean[problem.levels][problem.tensors], keeps);
    for (List<List<SpaceLoop>> space : spaces) {
      for (boolean[][] k : keeps) {
        to.accept(new Structure(problem, ports, k, space));
      }
    }
  }

  private long[] ones() {
    long[] ones = new long[problem.dims];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  /** The outermost level keeps everything. */
  private void keeps(int at, boolean[][] chosen, List<boolean[][]> to) {
    if (at == problem.levels * problem.tensors) {
      to.add(java.util.Arrays.stream(chosen).map(boolean[]::clone).toArray(boolean[][]::new));
      return;
    }
    int p = at / problem.tensors;
    int t = at % problem.tensors;
    NestSpace.Level level = problem.space.levels().get(p);
    String name = problem.tensorName[t];
    for (boolean keep : new boolean[] {true, false}) {
      boolean asked = keep ? !level.bypasses().contains(name) : !level.keeps().contains(name);
      if (asked && (keep || p > 0)) {
        chosen[p][t] = keep;
        keeps(at + 1, chosen, to);
      }
    }
  }

  private void spaces(
      int p, List<List<SpaceLoop>> chosen, long[] factors, List<List<List<SpaceLoop>>> to) {
    if (p == problem.levels) {
      if (isUsed(factors) && isPossible(factors)) {
        to.add(List.copyOf(chosen));
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
