package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.Solution;
import org.einloom.mapper.Mapper;

/**
 * Sees to it that problems are solved, each once. Families are solved side by side, the problems of
 * one after the other, the easiest first. What a family is asked in one call, and in which order,
 * depends on the problems alone, and so do its answers, whoever works on it.
 */
final class Solver {
  /** Solutions that are kept; the oldest are solved again if they are asked for again. */
  private static final int MOST_SOLUTIONS = 100_000;

  private static final int MOST_FAMILIES = 20_000;

  /** What is begun at once is at least so many tasks, if it is so many problems. */
  private static final int TASKS = 16;

  /** A part of a family that is solved by itself. */
  private record Part(MappingProblem family, int number) {}

  /** A task with those who wait for it. */
  private record Begun(
      Family family, FamilyTask task, List<CompletableFuture<Solution>> solutions) {}

  private final Mapper mapper;
  private final ExploreMonitor monitor;
  private final Workers workers;
  private final SolutionStore store;
  private final SequencedMap<MappingProblem, CompletableFuture<Solution>> solutions =
      new LinkedHashMap<>();
  private final SequencedMap<Part, Family> families = new LinkedHashMap<>();
  private final LongAdder searched = new LongAdder();
  private final LongAdder inferred = new LongAdder();
  private final DoubleAdder cpuS = new DoubleAdder();

  Solver(Mapper mapper, ExploreMonitor monitor, Workers workers, SolutionStore store) {
    this.mapper = mapper;
    this.monitor = monitor;
    this.workers = workers;
    this.store = store;
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
    List<Begun> begun = new ArrayList<>();
    fresh.forEach((key, members) -> divide(key, members, Math.ceilDiv(TASKS, fresh.size()), begun));
    monitor.solving(0, n);
    workers.begin(begun.stream().map(Begun::task).toList(), new Results(begun, n));
    return n;
  }

  /** A task of a family; where there are few families, tasks of parts of it. */
  private void divide(
      MappingProblem key, List<MappingProblem> members, int parts, List<Begun> begun) {
    members.sort(Family.EASIEST_FIRST); // stable
    for (int part = 0; part < Math.min(parts, members.size()); part++) {
      Family family = families.computeIfAbsent(new Part(key, part), k -> new Family(mapper));
      List<MappingProblem> order = new ArrayList<>();
      Map<Integer, Family.Step> known = new LinkedHashMap<>();
      for (int i = part; i < members.size(); i += parts) {
        int place = order.size();
        order.add(members.get(i));
        store.known(members.get(i)).ifPresent(step -> known.put(place, step));
      }
      var task = new FamilyTask(family.knowledge(), order, known);
      begun.add(new Begun(family, task, order.stream().map(this::solution).toList()));
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

  /** Takes what comes of tasks. */
  private final class Results implements Workers.Taker {
    private final List<Begun> begun;
    private final int problems;
    private final AtomicInteger solved = new AtomicInteger();

    Results(List<Begun> begun, int problems) {
      this.begun = begun;
      this.problems = problems;
    }

    @Override
    public void solved(int task, int problem, Family.Step step) {
      Begun b = begun.get(task);
      MappingProblem p = b.task().problems().get(problem);
      Solution s = step.solution();
      b.family().learn(p, step); // one task of a part at a time, its steps one after the other
      boolean earlier = b.task().known().containsKey(problem);
      if (!earlier && (s.proven() || !monitor.stop())) {
        store.put(p, step);
      }
      (s.source() == Solution.Source.SEARCHED ? searched : inferred).increment();
      cpuS.add(earlier ? 0 : s.cpuS());
      monitor.solving(solved.incrementAndGet(), problems);
      b.solutions().get(problem).complete(s);
    }

    @Override
    public void failed(int task, Throwable cause) {
      begun.get(task).solutions().forEach(s -> s.completeExceptionally(cause));
    }
  }

  /** Forgets what is too much, the oldest first. When all that was asked is solved. */
  void forget() {
    while (solutions.size() > MOST_SOLUTIONS) {
      solutions.pollFirstEntry();
    }
    while (families.size() > MOST_FAMILIES) {
      families.pollFirstEntry();
    }
    store.finished();
  }

  Exploration.Work work(long layers) {
    return new Exploration.Work(
        layers, searched.sum() + inferred.sum(), searched.sum(), inferred.sum(), cpuS.sum());
  }
}
