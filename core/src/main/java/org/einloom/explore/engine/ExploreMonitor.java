package org.einloom.explore.engine;

import org.einloom.explore.PointResult;

/** Watches a study from outside, and can end it. */
public interface ExploreMonitor {
  /** Lets it run, unseen. */
  ExploreMonitor NONE = new ExploreMonitor() {};

  /** Whether to end with what is finished. Asked often, from several threads. */
  default boolean stop() {
    return false;
  }

  /**
   * A layer's search begins.
   *
   * @return whether that search has to end, asked often with whether it has a mapping yet
   */
  default LayerStop begin() {
    return hasMapping -> false;
  }

  /** When to end one search. */
  @FunctionalInterface
  interface LayerStop {
    /** Whether to end now. */
    boolean now(boolean hasMapping);
  }

  /** The bounds of so many points are worked out, to come to those first that promise most. */
  default void ranking(long points) {}

  /**
   * Work on some points begins; called from one thread.
   *
   * @param finished how many are
   * @param total how many there will be at most
   * @param points how many come next, those that need no work left out
   * @param problems how many they need that are not solved
   */
  default void working(long finished, long total, int points, int problems) {}

  /**
   * Of the problems that some points need, some are solved; called from several threads.
   *
   * @param solved how many are
   * @param problems how many there are
   */
  default void solving(int solved, int problems) {}

  /**
   * A point is finished; called from one thread.
   *
   * @param finished how many are
   * @param total how many there will be at most
   * @param front how many points no other beats so far
   * @param earlier whether a run before had finished it
   */
  default void finished(
      PointResult result, long finished, long total, int front, boolean earlier) {}
}
