package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.Solution;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.SearchMonitor;

/**
 * Solves problems, each once. Families are solved side by side, the problems of one after the
 * other, the easiest first. What a family is asked in one call, and in which order, depends on the
 * problems alone, and so do its answers, however many threads there are.
 */
final class Solver {
  /** Solutions that are kept; the oldest are solved again if they are asked for again. */
  private static final int MOST_SOLUTIONS = 100_000;

  private static final int MOST_FAMILIES = 20_000;

  /** What is begun at once is at least so many tasks, if it is so many problems. */
  private static final int TASKS = 16;

  /** A part of a family that is solved by itself. */
  private record Part(MappingProblem family, int number) {}

  private final Mapper mapper;
  private final ExploreMonitor monitor;
  private final Executor executor;
  private final SequencedMap<MappingProblem, CompletableFuture<Solution>> solutions =
      new LinkedHashMap<>();
  private final SequencedMap<Part, Family> families = new LinkedHashMap<>();
  private final LongAdder searched = new LongAdder();
  private final LongAdder inferred = new LongAdder();
  private final DoubleAdder cpuS = new DoubleAdder();

  Solver(Mapper mapper, ExploreMonitor monitor, Executor executor) {
    this.mapper = mapper;
    this.monitor = monitor;
    this.executor = executor;
  }

  /**
   * Begins to solve what is not solved yet. From one thread at a time, and when all that was asked
   * before is solved.
   *
   * @return how many problems are new
   */
  int begin(List<MappingProblem> problems) {
    var fresh = new LinkedHashMap<MappingProblem, List<MappingProblem>>();
    int n = 0;
    for (MappingProblem p : problems) {
      if (!solutions.containsKey(p)) {
        solutions.put(p, new CompletableFuture<>());
        fresh.computeIfAbsent(Family.key(p), k -> new ArrayList<>()).add(p);
        n++;
      }
    }
    fresh.forEach((key, members) -> begin(key, members, Math.ceilDiv(TASKS, fresh.size())));
    return n;
  }

  /** Begins with a family; where there are few, with parts of it side by side. */
  private void begin(MappingProblem key, List<MappingProblem> members, int parts) {
    members.sort(Family.EASIEST_FIRST); // stable
    for (int part = 0; part < Math.min(parts, members.size()); part++) {
      Family family = families.computeIfAbsent(new Part(key, part), k -> new Family(mapper));
      List<Map.Entry<MappingProblem, CompletableFuture<Solution>>> order = new ArrayList<>();
      for (int i = part; i < members.size(); i += parts) {
        order.add(Map.entry(members.get(i), solution(members.get(i))));
      }
      executor.execute(() -> solve(family, order));
    }
  }

  /** The solution of a problem that was begun; may fail, and ends early when all is to stop. */
  CompletableFuture<Solution> solution(MappingProblem p) {
    CompletableFuture<Solution> solution = solutions.get(p);
    if (solution == null) {
      throw new IllegalArgumentException("a problem that was not begun");
    }
    return solution;
  }

  private void solve(
      Family family, List<Map.Entry<MappingProblem, CompletableFuture<Solution>>> order) {
    for (var e : order) {
      if (monitor.stop()) {
        e.getValue().completeExceptionally(new CancellationException());
        continue;
      }
      try {
        Solution s = family.solve(e.getKey(), search());
        (s.source() == Solution.Source.SEARCHED ? searched : inferred).increment();
        cpuS.add(s.cpuS());
        e.getValue().complete(s);
      } catch (RuntimeException | Error failure) {
        e.getValue().completeExceptionally(failure);
      }
    }
  }

  private SearchMonitor search() {
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

  /** Forgets what is too much, the oldest first. When all that was asked is solved. */
  void forget() {
    while (solutions.size() > MOST_SOLUTIONS) {
      solutions.pollFirstEntry();
    }
    while (families.size() > MOST_FAMILIES) {
      families.pollFirstEntry();
    }
  }

  Exploration.Work work(long layers) {
    return new Exploration.Work(
        layers, searched.sum() + inferred.sum(), searched.sum(), inferred.sum(), cpuS.sum());
  }
}
