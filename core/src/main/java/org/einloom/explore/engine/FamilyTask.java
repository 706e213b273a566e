package org.einloom.explore.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.SearchMonitor;

/**
 * Problems of one family that are solved one after the other. What comes of them depends on this
 * record alone, so that it may be done anywhere, and again where it was lost.
 *
 * @param knowledge of the family before
 * @param problems in the order in which they are solved
 * @param known what an earlier run has made of some, by their place in the list
 */
public record FamilyTask(
    Family.Knowledge knowledge, List<MappingProblem> problems, Map<Integer, Family.Step> known) {
  public FamilyTask {
    problems = List.copyOf(problems);
    known = Map.copyOf(known);
  }

  /** Takes what comes of problems. */
  @FunctionalInterface
  public interface Taker {
    /**
     * A problem is solved.
     *
     * @param problem its place in the list
     */
    void solved(int problem, Family.Step step);
  }

  /**
   * Solves them here.
   *
   * @param taker takes them one after the other, those that were known as well
   * @throws CancellationException if the monitor wants to stop
   */
  public void run(Mapper mapper, ExploreMonitor monitor, Taker taker) {
    var family = new Family(mapper, knowledge);
    for (int i = 0; i < problems.size(); i++) {
      if (monitor.stop()) {
        throw new CancellationException();
      }
      MappingProblem p = problems.get(i);
      Family.Step step = known.get(i);
      if (step == null) {
        step = family.solve(p, search(monitor));
      } else {
        family.learn(p, step);
      }
      taker.solved(i, step);
    }
  }

  private static SearchMonitor search(ExploreMonitor monitor) {
    ExploreMonitor.LayerStop layer = monitor.begin();
    return new SearchMonitor() {
      private boolean found;

      @Override
      public boolean stop() {
        return monitor.stop() || Thread.currentThread().isInterrupted() || layer.now(found);
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {
        found = found || Double.isFinite(value);
      }
    };
  }
}
