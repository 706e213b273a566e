package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.einloom.explore.Budget;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.ResultSink;
import org.einloom.explore.Study;
import org.einloom.explore.engine.Drafts.Draft;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.Solution;
import org.einloom.mapper.Mapper;

/**
 * Goes through a study, some points at a time. Which points are cut depends on what was finished
 * before their group began, so the results are the same for any number of threads, and so is the
 * order in which they come; a time limit for layers or an end from outside changes that.
 *
 * <p><b>Cutting.</b> A point is cut if a bound of it ({@link org.einloom.explore.solve.Floor}) is
 * beyond a limit, or if a point that keeps to all limits is at least as good as its bounds in
 * everything that the study asks about, and better in something: then it is better than the point
 * itself, too, which is neither on the front nor the best of a budget.
 *
 * <p>For one run.
 */
public final class Explorer {
  private final Study study;
  private final Mapper mapper;
  private final ResultSink sink;
  private final ExploreMonitor monitor;
  private final boolean cutting;
  private final Judge judge;
  private final Drafts drafts;
  private final Groups groups;
  private final Assembly assembly;
  private final Front stakes = new Front();
  private final Front front = new Front();
  private final SequencedMap<String, Optional<PointResult>> best = new LinkedHashMap<>();
  private long finished;
  private long evaluated;
  private long cut;
  private long infeasible;
  private long kept;
  private long layers;

  /**
   * A run.
   *
   * @param cutting whether to cut points that cannot be an answer; otherwise they are solved
   */
  public Explorer(
      Study study,
      PointBuilder builder,
      Mapper mapper,
      ResultSink sink,
      ExploreMonitor monitor,
      boolean cutting) {
    this.study = study;
    this.mapper = mapper;
    this.sink = sink;
    this.monitor = monitor;
    this.cutting = cutting;
    this.judge = new Judge(study);
    this.drafts = new Drafts(study, builder, judge);
    this.groups = new Groups(drafts, cutting, stakes, sink, monitor);
    this.assembly = new Assembly(study, judge);
    study.budgets().forEach(b -> best.put(b.name(), Optional.empty()));
  }

  /**
   * Goes through all points.
   *
   * @param threads how many searches at once
   */
  public Exploration run(PointSource source, int threads) {
    return run(source, threads, SolutionStore.NONE, Optional.empty());
  }

  /**
   * Goes through all points.
   *
   * @param threads how many are at work here
   * @param store keeps solutions of points that are not finished
   * @param workers who solves the problems; empty: the threads that are at work here
   */
  public Exploration run(
      PointSource source, int threads, SolutionStore store, Optional<Workers> workers) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      var solver =
          new Solver(
              mapper,
              monitor,
              workers.orElseGet(() -> new LocalWorkers(mapper, monitor, executor)),
              store);
      boolean complete = true;
      List<PointResult> results = List.of();
      List<Point> points = source.next(results);
      while (complete && !points.isEmpty()) {
        results = new ArrayList<>();
        List<Point> order = source.anyOrder() ? promisingFirst(points, executor) : points;
        for (int from = 0; complete && from < order.size(); ) {
          Optional<Groups.Group> group = groups.next(order, from, evaluated, executor);
          complete =
              group.isPresent() && solve(group.get(), source.most(), solver, executor, results);
          from += group.map(g -> g.points().size()).orElse(0);
          // points of an earlier run alone need nothing of what that one left solved
          if (complete && group.map(g -> !g.open().isEmpty()).orElse(false)) {
            solver.forget();
          }
        }
        points = complete ? source.next(results) : points;
      }
      return exploration(complete, solver);
    } finally {
      executor.shutdownNow();
      executor.close();
    }
  }

  /** What may beat others comes first; the order of equals stays. */
  private List<Point> promisingFirst(List<Point> points, Executor executor) {
    if (points.size() <= Groups.FEWEST || !cutting) {
      return points;
    }
    record Ranked(Point point, double promise) {}
    List<CompletableFuture<Ranked>> ranked =
        points.stream()
            .map(
                p ->
                    CompletableFuture.supplyAsync(
                        () -> new Ranked(p, monitor.stop() ? 0 : drafts.promise(p)), executor))
            .toList();
    monitor.ranking(points.size());
    return ranked.stream()
        .map(CompletableFuture::join)
        .sorted(Comparator.comparingDouble(Ranked::promise))
        .map(Ranked::point)
        .toList();
  }

  /** Whether all of the group are finished; otherwise all is to stop. */
  private boolean solve(
      Groups.Group group, long total, Solver solver, Executor executor, List<PointResult> results) {
    SequencedMap<Point, Draft.Open> open = group.open();
    SequencedMap<Point, Groups.Stage> stages = group.stages();
    List<MappingProblem> problems = new ArrayList<>();
    for (Draft.Open d : open.values()) {
      for (List<Layers.Task> workload : d.tasks()) {
        layers += workload.size();
        workload.forEach(t -> t.paths().forEach(path -> problems.add(path.canonical().problem())));
      }
    }
    int fresh = solver.begin(problems);
    monitor.working(finished, total, open.size(), fresh);
    open.forEach((p, d) -> stages.put(p, new Groups.Stage(p, solved(d, solver, executor), false)));
    for (Point p : group.points()) {
      Groups.Stage stage = Optional.ofNullable(stages.get(p)).orElseThrow();
      Optional<Assembly.Whole> whole = join(stage.whole());
      if (whole.isEmpty()) {
        return false;
      }
      var result = new PointResult(finished, p, whole.get().outcome());
      if (!stage.earlier()) {
        sink.put(result, whole.get().mapped());
      }
      count(result, stage.earlier());
      results.add(result);
      monitor.finished(result, finished, total, front.size(), stage.earlier());
    }
    return true;
  }

  /** The whole of a point as soon as all its problems are solved. */
  private CompletableFuture<Assembly.Whole> solved(Draft.Open d, Solver solver, Executor executor) {
    List<CompletableFuture<Solution>> needed =
        d.tasks().stream()
            .flatMap(List::stream)
            .flatMap(t -> t.paths().stream())
            .map(path -> solver.solution(path.canonical().problem()))
            .toList();
    return CompletableFuture.allOf(needed.toArray(CompletableFuture[]::new))
        .thenApplyAsync(
            all -> {
              if (monitor.stop() && !needed.stream().allMatch(s -> s.join().proven())) {
                throw new CancellationException(); // what it has is not what it would have had
              }
              return assembly.of(d.candidate(), d.tasks(), answers(d, solver));
            },
            executor);
  }

  private static List<List<List<Assembly.Answer>>> answers(Draft.Open d, Solver solver) {
    return d.tasks().stream()
        .map(
            workload ->
                workload.stream()
                    .map(
                        task ->
                            task.paths().stream()
                                .map(
                                    path ->
                                        new Assembly.Answer(
                                            path,
                                            solver.solution(path.canonical().problem()).join()))
                                .toList())
                    .toList())
        .toList();
  }

  /** Empty where all is to stop. */
  private static Optional<Assembly.Whole> join(CompletableFuture<Assembly.Whole> whole) {
    try {
      return Optional.of(Groups.joined(whole));
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  private void count(PointResult result, boolean earlier) {
    finished++;
    kept += earlier ? 1 : 0;
    switch (result.outcome()) {
      case Cut c -> cut++;
      case Infeasible i -> infeasible++;
      case Evaluated e -> {
        evaluated++;
        if (e.broken().isEmpty()) {
          stakes.offer(result, judge.stakes(e.measures()));
          front.offer(result, judge.objectives(e.measures()));
          study.budgets().forEach(b -> offer(b, result, e));
        }
      }
    }
  }

  private void offer(Budget b, PointResult result, Evaluated e) {
    if (!Judge.within(b, e)) {
      return;
    }
    Optional<PointResult> before = best.getOrDefault(b.name(), Optional.empty());
    boolean better =
        before.isEmpty()
            || (before.get().outcome() instanceof Evaluated o
                && Judge.cost(b, e) < Judge.cost(b, o));
    if (better) {
      best.put(b.name(), Optional.of(result));
    }
  }

  private Exploration exploration(boolean complete, Solver solver) {
    return new Exploration(
        complete,
        finished,
        evaluated,
        cut,
        infeasible,
        kept,
        solver.work(layers),
        front.results(),
        best);
  }
}
