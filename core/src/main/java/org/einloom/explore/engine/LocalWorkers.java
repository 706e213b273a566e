package org.einloom.explore.engine;

import java.util.List;
import java.util.concurrent.Executor;
import org.einloom.mapper.Mapper;

/** Threads of this process. */
final class LocalWorkers implements Workers {
  private final Mapper mapper;
  private final ExploreMonitor monitor;
  private final Executor executor;

  LocalWorkers(Mapper mapper, ExploreMonitor monitor, Executor executor) {
    this.mapper = mapper;
    this.monitor = monitor;
    this.executor = executor;
  }

  @Override
  public void begin(List<FamilyTask> tasks, Taker taker) {
    for (int t = 0; t < tasks.size(); t++) {
      int number = t;
      executor.execute(() -> run(number, tasks.get(number), taker));
    }
  }

  private void run(int number, FamilyTask task, Taker taker) {
    try {
      task.run(mapper, monitor, (problem, step) -> taker.solved(number, problem, step));
    } catch (RuntimeException | Error failure) {
      taker.failed(number, failure);
    }
  }

  /** The threads are somebody else's. */
  @Override
  public void close() {}
}
