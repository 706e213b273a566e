package org.einloom.mapper.search;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.einloom.arch.Fanout;
import org.einloom.constraint.Constraint;

/** Which tiles and which spatial loops a problem allows. */
final class Tiles {
  private final boolean[] imperfect;
  private final boolean[][][] mayLoop;
  private final Map<Long, long[]> divisors = new HashMap<>();

  Tiles(Problem p) {
    imperfect = new boolean[p.variables];
    for (int v = 0; v < p.variables; v++) {
      imperfect[v] = p.extent[v] > 1 && p.options.tiling().imperfect(p.variable(v));
    }
    mayLoop = new boolean[p.fanouts.length][][];
    for (int f = 0; f < mayLoop.length; f++) {
      Fanout fanout = p.fanout(p.fanouts[f]);
      mayLoop[f] = new boolean[fanout.dimensions().size()][p.variables];
      for (int d = 0; d < mayLoop[f].length; d++) {
        for (int v = 0; v < p.variables; v++) {
          mayLoop[f][d][v] = mayLoop(p, fanout, fanout.dimensions().get(d), p.variable(v));
        }
      }
    }
  }

  private static boolean mayLoop(
      Problem p, Fanout fanout, Fanout.Dimension dimension, String variable) {
    return p.tensors.stream().allMatch(t -> dimension.allows(t, variable))
        && p.options.constraints().all().stream()
            .noneMatch(
                c ->
                    c instanceof Constraint.SpatialVariables s
                        && s.fanout().equals(fanout.name())
                        && s.dimension().equals(dimension.name())
                        && !s.variables().contains(variable));
  }

  /** Whether tiles of the variable need not divide what they cut. */
  boolean imperfect(int variable) {
    return imperfect[variable];
  }

  /** Whether some tiles need not divide what they cut. */
  boolean anyImperfect() {
    for (boolean i : imperfect) {
      if (i) {
        return true;
      }
    }
    return false;
  }

  /** Whether a spatial loop over the variable may stand along the dimension. */
  boolean mayLoop(int fanout, int dimension, int variable) {
    return mayLoop[fanout][dimension][variable];
  }

  /** The tiles that may cut a tile of this size, smallest first. */
  long[] below(int variable, long size) {
    if (imperfect[variable]) {
      return LongStream.range(1, size).toArray();
    }
    return divisors.computeIfAbsent(
        size, n -> LongStream.range(1, n).filter(d -> n % d == 0).toArray());
  }
}
