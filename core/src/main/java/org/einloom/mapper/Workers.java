package org.einloom.mapper;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Threads that share work, and how much CPU time they spent on it. */
final class Workers implements AutoCloseable {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final LongAdder cpuNs = new LongAdder();
  private final ExecutorService executor;

  Workers(int threads) {
    executor = Executors.newFixedThreadPool(threads);
  }

  /** The results for 0 to n-1, in that order. What a task throws is thrown here. */
  <T> List<T> run(int n, IntFunction<T> task) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int number = i;
      Callable<T> timed = () -> timed(task, number);
      futures.add(executor.submit(timed));
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> f : futures) {
        results.add(f.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while searching", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
    return results;
  }

  private <T> T timed(IntFunction<T> task, int number) {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      return task.apply(number);
    } finally {
      cpuNs.add(THREADS.getCurrentThreadCpuTime() - before);
    }
  }

  /** CPU time of all tasks so far, s. */
  double cpuS() {
    return cpuNs.sum() * 1e-9;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
