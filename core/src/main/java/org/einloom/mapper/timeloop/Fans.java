package org.einloom.mapper.timeloop;

import java.util.List;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.Switches.Switch;

/** What the loops in space of a structure make of each tensor. */
final class Fans {
  private final Problem problem;
  private final Ports ports;
  private final List<List<SpaceLoop>> space;

  Fans(Problem problem, Ports ports, List<List<SpaceLoop>> space) {
    this.problem = problem;
    this.ports = ports;
    this.space = space;
  }

  /**
   * Whether neighbours may hand words on. A tile that one dimension alone moves, rank by rank,
   * moves by multiples of all children's tiles together, and those of neighbours are nearer. So it
   * takes a loop in space over a rank of several dimensions; or a level that keeps nothing, where a
   * neighbour may have asked for the same before.
   */
  boolean mayLink(int b, int t) {
    if (problem.switches.has(Switch.NO_LINKS) || space.get(b).isEmpty()) {
      return false;
    }
    if (problem.noReuse(b).byNeighbours().contains(problem.tensorName[t])) {
      return false;
    }
    if (problem.forgets(b, t)) {
      return true;
    }
    for (SpaceLoop l : space.get(b)) {
      for (int r = 0; r < problem.plainRank[t].length; r++) {
        if (!problem.plainRank[t][r] && problem.coefficient[t][r][l.dim()] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether two loops in space move the same rank, so that the tiles inside count, too. */
  boolean interleaves(int b, int t) {
    for (long[] rank : problem.coefficient[t]) {
      if (space.get(b).stream().filter(l -> rank[l.dim()] != 0).count() > 1) {
        return true;
      }
    }
    return false;
  }

  /** Children that ask for different words: all that matters where no two loops move one rank. */
  private int groups(int b, int t) {
    if (!problem.shares(b, t)) {
      return Math.toIntExact((long) count(b));
    }
    int groups = 1;
    for (SpaceLoop l : space.get(b)) {
      groups *= problem.relevant[t][l.dim()] ? Math.toIntExact(l.count()) : 1;
    }
    return groups;
  }

  /** At least so many children ask for different words, where two loops move one rank. */
  double leastGroups(int b, int t) {
    if (!problem.shares(b, t)) {
      return count(b);
    }
    double groups = 1;
    for (long[] rank : problem.coefficient[t]) {
      long most = 1;
      for (SpaceLoop l : space.get(b)) {
        most = rank[l.dim()] != 0 ? Math.max(most, l.count()) : most;
      }
      groups *= problem.odd[t] ? 1 : most;
    }
    return groups;
  }

  private double count(int b) {
    double count = 1;
    for (SpaceLoop l : space.get(b)) {
      count *= l.count();
    }
    return count;
  }

  /** The children of a level with tiles of that size inside. */
  Children children(int b, int t, long[] tiles) {
    Machine.Level level = problem.machine.levels().get(b);
    boolean network =
        level.hopPj().value() > 0
            || level.routerPj().value() > 0
            || level.down().isPresent()
            || level.up().isPresent();
    if (!network && !mayLink(b, t) && !interleaves(b, t)) {
      return ports.children(b, Math.toIntExact((long) count(b)), groups(b, t), level);
    }
    boolean sizes = mayLink(b, t) || interleaves(b, t);
    long[][] motions = new long[space.get(b).size()][];
    for (int i = 0; i < motions.length; i++) {
      SpaceLoop l = space.get(b).get(i);
      motions[i] = new long[problem.coefficient[t].length];
      for (int r = 0; r < motions[i].length; r++) {
        motions[i][r] = problem.coefficient[t][r][l.dim()] * (sizes ? tiles[l.dim()] : 1);
      }
    }
    return ports.children(
        b,
        t,
        space.get(b),
        motions,
        problem.shares(b, t),
        problem.switches.has(Switch.TOROIDAL_LINKS),
        level,
        problem.isResult[t]);
  }
}
