package org.einloom.explore;

import java.util.List;
import java.util.Optional;

/**
 * Where finished points go, and where a study that goes on finds those of earlier runs. The engine
 * calls it from one thread at a time; what it throws ends the study.
 */
public interface ResultSink {
  /** Keeps nothing. */
  ResultSink NONE =
      new ResultSink() {
        @Override
        public Optional<PointResult> done(Point point) {
          return Optional.empty();
        }

        @Override
        public void put(PointResult result, List<MappedWorkload> mapped) {}
      };

  /**
   * What an earlier run of the same study made of this point. It is then not solved again and not
   * {@link #put} again, but counts like any other.
   */
  Optional<PointResult> done(Point point);

  /**
   * A point is finished. Points come in the order of their numbers, whatever the number of threads,
   * each as soon as it and all before it are finished.
   *
   * @param mapped one for each workload of an evaluated point; none for other points
   */
  void put(PointResult result, List<MappedWorkload> mapped);
}
