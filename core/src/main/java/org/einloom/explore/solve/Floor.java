package org.einloom.explore.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.workload.Einsum;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * What every mapping of an Einsum costs at least, known before any search. With {@code W} the words
 * of a tensor that the iteration space touches and {@code R} the points that touch one ({@link
 * Reach}):
 *
 * <ul>
 *   <li>Every tensor has an innermost memory. It serves the computes, which ask for a word, or give
 *       one, at every point; the fanouts between make one of as many at best as they have children:
 *       {@code R / children} reads of an operand there, or updates of a result.
 *   <li>A result's update of a word that is held already costs a read, any other begins a stay that
 *       ends with a drain, which is a read as well (but at the outermost memory, where a stay does
 *       not end): as many reads as updates, there less {@code W}.
 *   <li>At any other memory that has to keep a tensor, and at the outermost, {@code W} words of an
 *       operand are read and of a result updated; but at the outermost, {@code W} words are filled
 *       or drained.
 *   <li>Each compute takes its time and energy, in the best case all instances alike. So does each
 *       memory, with all its instances alike.
 *   <li>What leaks, leaks for the whole time.
 * </ul>
 *
 * <p>Of the innermost memories that a tensor may have, the one is taken of which the whole is
 * least. Words of results count with the narrower of their two widths. Tolls, transfers and what
 * else costs more only raise what is bounded here.
 *
 * @param dynamicPj energy without leakage
 * @param leakageUw leakage of the whole design
 * @param latencyS time
 */
public record Floor(double dynamicPj, double leakageUw, double latencyS) {
  /** 1 uW is 1e6 pJ per s. */
  private static final double PJ_PER_S = 1e6;

  /** More than rounding errors can be. */
  static final double ROUNDING = 1e-12;

  /** Energy in pJ, with what leaks in the time. */
  public double energyPj() {
    return dynamicPj + leakageUw * PJ_PER_S * latencyS;
  }

  /** The least of two. */
  public Floor or(Floor other) {
    return new Floor(
        Math.min(dynamicPj, other.dynamicPj),
        Math.min(leakageUw, other.leakageUw),
        Math.min(latencyS, other.latencyS));
  }

  /** Of every mapping on this path. */
  public static Floor of(Einsum einsum, Architecture architecture) {
    var maker = new Maker(einsum, architecture);
    double energy = maker.energyPj() * (1 - ROUNDING);
    double latency = maker.cycles() / architecture.clockHz() * (1 - ROUNDING);
    return new Floor(energy, architecture.leakageUw(), latency);
  }

  /** Works one out. */
  private static final class Maker {
    private final Einsum einsum;
    private final Architecture architecture;
    private final List<Memory> memories;

    Maker(Einsum einsum, Architecture architecture) {
      this.einsum = einsum;
      this.architecture = architecture;
      this.memories = architecture.memories();
    }

    double energyPj() {
      double energy = einsum.computes() * architecture.compute().compute().energyPj().value();
      for (TensorAccess t : einsum.tensors()) {
        Reach reach = Reach.of(einsum, t);
        double least = Double.POSITIVE_INFINITY;
        for (int innermost : innermost(t)) {
          double all = 0;
          for (int m = 0; m < memories.size(); m++) {
            for (Map.Entry<Action, Double> e : actions(t, reach, m, innermost).entrySet()) {
              all += e.getValue() * e.getKey().energyPj().value();
            }
          }
          least = Math.min(least, all);
        }
        energy += Double.isFinite(least) ? least : 0;
      }
      return energy;
    }

    double cycles() {
      var compute = architecture.compute();
      double most =
          einsum.computes() / compute.compute().perCycle() / architecture.instances(compute);
      for (int m = 0; m < memories.size(); m++) {
        Memory memory = memories.get(m);
        var busy = new LinkedHashMap<Action, Double>();
        for (TensorAccess t : einsum.tensors()) {
          leastActions(t, m).forEach((a, n) -> busy.merge(a, n / a.perCycle(), Double::sum));
        }
        var times = busy.values().stream().mapToDouble(Double::doubleValue);
        double cycles = memory.sharedPort() ? times.sum() : times.max().orElse(0);
        most = Math.max(most, cycles / architecture.instances(memory));
      }
      return most;
    }

    /** Action by action the least over all innermost memories that the tensor may have. */
    private Map<Action, Double> leastActions(TensorAccess t, int memory) {
      Reach reach = Reach.of(einsum, t);
      Map<Action, Double> least = new LinkedHashMap<>();
      boolean first = true;
      for (int innermost : innermost(t)) {
        Map<Action, Double> actions = actions(t, reach, memory, innermost);
        if (first) {
          least.putAll(actions);
          first = false;
        } else {
          least.replaceAll((action, n) -> Math.min(n, actions.getOrDefault(action, 0.0)));
        }
      }
      return least;
    }

    /** The memories that can be the tensor's innermost: none outside of one that has to keep it. */
    private List<Integer> innermost(TensorAccess t) {
      int last = 0;
      for (int m = 1; m < memories.size(); m++) {
        last = memories.get(m).keep().requires(t) ? m : last;
      }
      List<Integer> all = new ArrayList<>();
      for (int m = last; m < memories.size(); m++) {
        if (m == 0 || memories.get(m).keep().allows(t)) {
          all.add(m);
        }
      }
      return all;
    }

    /** What a memory does for a tensor at least. */
    private Map<Action, Double> actions(TensorAccess t, Reach reach, int m, int innermost) {
      Memory memory = memories.get(m);
      var actions = new LinkedHashMap<Action, Double>();
      boolean result = t.role() == Role.OUTPUT;
      boolean kept = m == 0 || memory.keep().requires(t) || m == innermost;
      if (!kept || m > innermost) {
        return actions;
      }
      double down = reach.words();
      if (m == innermost) {
        down = Math.max(down, reach.requests() / children(memory, result));
      }
      int bits = architecture.widths().of(t);
      if (result) {
        bits = Math.min(bits, architecture.widths().partialOf(t));
        boolean updates = memory.actions().containsKey("update");
        add(actions, memory, updates ? "update" : "write", bits, down);
        double reads = m == innermost ? down : reach.words();
        add(actions, memory, "read", bits, m == 0 ? reads - reach.words() : reads);
      } else {
        add(actions, memory, "read", bits, down);
        add(actions, memory, "write", bits, m == 0 ? 0 : reach.words());
      }
      return actions;
    }

    private static void add(
        Map<Action, Double> actions, Memory memory, String name, int bits, double words) {
      Action action = memory.actions().get(name);
      if (action != null && words > 0) {
        double each = action.widthBits() == 0 ? 1 : (double) bits / action.widthBits();
        actions.merge(action, words * each, Double::sum);
      }
    }

    /** Of how many requests of computes the fanouts below the memory make one, at best. */
    private double children(Memory memory, boolean result) {
      double children = 1;
      boolean below = false;
      boolean merges = false;
      for (Node n : architecture.nodes()) {
        below |= n.equals(memory);
        if (below && n instanceof Fanout f) {
          // one that merges takes together what those below it have left apart
          merges |= result ? f.reduce() : f.multicast() != Fanout.Multicast.NONE;
          children *= merges ? (double) f.children() : 1;
        }
      }
      return children;
    }
  }
}
