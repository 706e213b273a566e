package org.einloom.explore.engine;

import java.util.Optional;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;

/**
 * Where solutions are kept of which no point is finished yet, and where a study that goes on finds
 * those of the run before.
 */
public interface SolutionStore {
  /** Keeps nothing. */
  SolutionStore NONE =
      new SolutionStore() {
        @Override
        public Optional<Family.Step> known(MappingProblem problem) {
          return Optional.empty();
        }

        @Override
        public void put(MappingProblem problem, Family.Step step) {}

        @Override
        public void finished() {}
      };

  /** What the run before made of a problem. From one thread at a time. */
  Optional<Family.Step> known(MappingProblem problem);

  /** A problem is solved. From several threads. */
  void put(MappingProblem problem, Family.Step step);

  /** All points that need what was put are finished. */
  void finished();
}
