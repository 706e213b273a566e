package org.einloom.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.einloom.explore.engine.ExploreMonitor;
import org.einloom.explore.engine.FamilyTask;
import org.einloom.explore.engine.SearchTime;
import org.einloom.explore.solve.Family;
import org.einloom.explore.wire.Wire;
import org.einloom.mapper.ExactMapper;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does: bytes of a {@link FamilyTask} in, bytes of {@link Steps} out. */
class TaskSolver extends AbstractFunction1<Iterator<byte[]>, byte[]>
    implements java.io.Serializable {
  private static final long serialVersionUID = 1;

  /** For one search, in ns; negative: as long as it takes. */
  private final long mostNs;

  TaskSolver(SearchTime time) {
    this.mostNs = time.most().map(Duration::toNanos).orElse(-1L);
  }

  /** What came of a task, problem by problem. */
  record Steps(List<Family.Step> steps) {
    Steps {
      steps = List.copyOf(steps);
    }
  }

  @Override
  public byte[] apply(Iterator<byte[]> partition) {
    FamilyTask task = Wire.read(partition.next(), FamilyTask.class);
    List<Family.Step> steps = new ArrayList<>();
    ExploreMonitor monitor = monitor();
    task.run(new ExactMapper(), monitor, (problem, step) -> steps.add(step));
    if (monitor.stop()) {
      throw new CancellationException(); // the last search may have been ended by that
    }
    return Wire.bytes(new Steps(steps));
  }

  private ExploreMonitor monitor() {
    TaskContext context = TaskContext.get();
    var time =
        new SearchTime(mostNs < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(mostNs)));
    return new ExploreMonitor() {
      @Override
      public boolean stop() {
        return context.isInterrupted();
      }

      @Override
      public LayerStop begin() {
        return time.begin(System::nanoTime);
      }
    };
  }
}
