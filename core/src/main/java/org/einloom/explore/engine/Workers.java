package org.einloom.explore.engine;

import java.util.List;
import org.einloom.explore.solve.Family;

/**
 * Who solves mapping problems: threads of this process, or other machines. What comes of a study
 * does not depend on it.
 */
public interface Workers extends AutoCloseable {
  /** Takes what comes of tasks; may be called from any thread, also before {@link #begin} ends. */
  interface Taker {
    /**
     * A problem is solved; those of one task come in their order, each once.
     *
     * @param task its place in the list that was begun
     * @param problem its place in the task
     */
    void solved(int task, int problem, Family.Step step);

    /**
     * A task ended without some of its problems being solved; with a {@link
     * java.util.concurrent.CancellationException} if all is to stop.
     */
    void failed(int task, Throwable cause);
  }

  /** Begins with all of these, and returns at once. */
  void begin(List<FamilyTask> tasks, Taker taker);

  /** Nothing more comes. */
  @Override
  void close();
}
