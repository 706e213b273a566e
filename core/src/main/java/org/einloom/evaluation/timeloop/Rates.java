package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.evaluation.timeloop.Switches.Switch;

/**
 * How long a mapping takes. Every level is asked for its words at the pace of the computes; where
 * that is more than its rates allow, it takes so much longer, and all others wait.
 *
 * @param levels outermost first
 * @param computeCycles of the computes alone
 * @param cycles of the whole, with what networks take at the beginning and the end
 */
public record Rates(List<Level> levels, double computeCycles, double cycles) {
  public Rates {
    levels = List.copyOf(levels);
  }

  /**
   * What one level's rates come to.
   *
   * @param slowdown the share of the pace of the computes that it can keep up
   * @param cycles that it takes
   */
  public record Level(String memory, double slowdown, double cycles) {}

  static Rates of(Nest nest, Machine machine, NestCounts counts, Switches switches) {
    double compute =
        switches.has(Switch.NO_PADDING) || nest.isPerfect()
            ? counts.computesEach()
            : counts.paddedCycles();
    List<Level> levels = new ArrayList<>();
    double most = compute;
    double around = 0;
    for (int p = 0; p < machine.levels().size(); p++) {
      Machine.Level level = machine.levels().get(p);
      double read = 0;
      double written = 0;
      double used = (double) counts.instances().get(p) / counts.mostInstances().get(p);
      for (Map.Entry<String, LevelCounts> e : counts.levels().get(p).entrySet()) {
        LevelCounts c = e.getValue();
        double scale = level.scale(e.getKey()) / compute;
        read += Math.ceil(c.reads() * used) * scale;
        written += Math.ceil((c.fills() + c.updates()) * used) * scale;
      }
      double slowdown = 1;
      slowdown = Math.min(slowdown, kept(level.readRate(), read));
      slowdown = Math.min(slowdown, kept(level.writeRate(), written));
      slowdown = Math.min(slowdown, kept(level.sharedRate(), read + written));
      double cycles = Math.ceil(compute / slowdown);
      levels.add(new Level(level.memory(), slowdown, cycles));
      most = Math.max(most, cycles);
      around += level.fillCycles() + level.drainCycles();
    }
    return new Rates(levels, compute, most + around);
  }

  static double kept(OptionalDouble rate, double asked) {
    return rate.isPresent() && rate.getAsDouble() < asked ? rate.getAsDouble() / asked : 1;
  }

  /** The innermost of those that take longest; the compute where none takes longer. */
  String boundBy(String compute) {
    double most = computeCycles;
    String name = compute;
    for (Level l : levels) {
      if (l.cycles() > most) {
        most = l.cycles();
        name = l.memory();
      } else if (l.cycles() == most && most > computeCycles) {
        name = l.memory();
      }
    }
    return name;
  }
}
