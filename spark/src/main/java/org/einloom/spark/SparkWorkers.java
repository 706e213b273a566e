package org.einloom.spark;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.einloom.explore.engine.ExploreMonitor;
import org.einloom.explore.engine.FamilyTask;
import org.einloom.explore.engine.Workers;
import org.einloom.explore.solve.Family;
import org.einloom.explore.wire.Wire;
import org.einloom.workload.InvalidSpecException;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * Executors of Spark. What is begun at once is a job with a task for each of it; Spark does again
 * elsewhere what is lost with an executor. Results come task by task, so what is finished is kept
 * whatever happens later.
 */
final class SparkWorkers implements Workers {
  private static final long LOOK_EVERY_MS = 50;

  private final JavaSparkContext spark;
  private final Function1<Iterator<byte[]>, byte[]> solver;
  private final ExploreMonitor monitor;

  /**
   * On a context that is closed with this.
   *
   * @param solver what executors do
   */
  SparkWorkers(
      JavaSparkContext spark, Function1<Iterator<byte[]>, byte[]> solver, ExploreMonitor monitor) {
    this.spark = spark;
    this.solver = solver;
    this.monitor = monitor;
  }

  @Override
  public void begin(List<FamilyTask> tasks, Taker taker) {
    if (!tasks.isEmpty()) {
      Thread.ofPlatform().daemon().name("spark-job").start(() -> new Job(tasks, taker).run());
    }
  }

  /** The tasks that are begun at once. */
  private final class Job {
    private final List<FamilyTask> tasks;
    private final Taker taker;

    Job(List<FamilyTask> tasks, Taker taker) {
      this.tasks = tasks;
      this.taker = taker;
    }

    void run() {
      try {
        SimpleFutureAction<BoxedUnit> action = submit();
        while (!action.isCompleted()) {
          if (monitor.stop()) {
            action.cancel();
          }
          Thread.sleep(LOOK_EVERY_MS);
        }
        Try<BoxedUnit> end = action.value().get();
        if (end.isFailure()) {
          fail(monitor.stop() ? new CancellationException() : gaveUp(end.failed().get()));
        }
      } catch (InterruptedException e) {
        fail(new CancellationException());
      } catch (RuntimeException | Error e) {
        fail(gaveUp(e));
      }
    }

    private SimpleFutureAction<BoxedUnit> submit() {
      List<byte[]> bytes = tasks.stream().map(Wire::bytes).toList();
      List<Object> numbers = IntStream.range(0, bytes.size()).<Object>mapToObj(i -> i).toList();
      spark.setInterruptOnCancel(true);
      return spark
          .sc()
          .submitJob(
              spark.parallelize(bytes, bytes.size()).rdd(),
              solver,
              CollectionConverters.asScala(numbers).toSeq(),
              (task, steps) -> {
                took((Integer) task, steps);
                return BoxedUnit.UNIT;
              },
              () -> BoxedUnit.UNIT);
    }

    /** Called from one thread of Spark's. */
    private void took(int task, byte[] bytes) {
      try {
        List<Family.Step> steps = Wire.read(bytes, TaskSolver.Steps.class).steps();
        for (int i = 0; i < steps.size(); i++) {
          taker.solved(task, i, steps.get(i));
        }
      } catch (RuntimeException | Error e) {
        taker.failed(task, e);
      }
    }

    /** To tasks that ended before it says nothing. */
    private void fail(Throwable cause) {
      for (int t = 0; t < tasks.size(); t++) {
        taker.failed(t, cause);
      }
    }
  }

  private static InvalidSpecException gaveUp(Throwable cause) {
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    return new InvalidSpecException(
        "Spark gave up: %s; points that are finished are kept, and the same command continues with the others"
            .formatted(message.lines().findFirst().orElse("")),
        cause);
  }

  @Override
  public void close() {
    spark.close();
  }
}
