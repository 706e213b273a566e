package org.einloom.io.timeloop.model;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.timeloop.Machine;
import org.einloom.evaluation.timeloop.sparse.SparseNest;
import org.einloom.io.timeloop.TimeloopProblem;
import org.einloom.io.timeloop.model.Directives.Counted;
import org.einloom.io.timeloop.model.Directives.OfLevel;

/**
 * The loops of a mapping with those of one iteration, as Timeloop has them: all dimensions in time
 * at every level, and in space where a level has several children.
 */
final class SparseLoops {
  private SparseLoops() {}

  static SparseNest of(Directives directives, Machine machine, TimeloopProblem problem) {
    List<SparseNest.Level> levels = new ArrayList<>();
    for (int p = 0; p < directives.levels().size(); p++) {
      OfLevel level = directives.levels().get(p);
      List<SparseNest.Loop> loops = new ArrayList<>();
      Machine.Level hardware = machine.levels().get(p);
      if (hardware.fan().x() * hardware.fan().y() > 1) {
        add(loops, level.space(), problem, true);
      }
      add(loops, level.time(), problem, false);
      levels.addFirst(new SparseNest.Level(level.level().name(), loops));
    }
    return new SparseNest(levels);
  }

  private static void add(
      List<SparseNest.Loop> loops, List<Counted> of, TimeloopProblem problem, boolean space) {
    of.forEach(c -> loops.add(new SparseNest.Loop(c.dimension(), c.count(), space)));
    if (of.isEmpty()) {
      problem.mappedExtents().keySet().forEach(d -> loops.add(new SparseNest.Loop(d, 1, space)));
    }
  }
}
