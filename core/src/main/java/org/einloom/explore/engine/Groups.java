package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.ResultSink;
import org.einloom.explore.engine.Drafts.Draft;

/**
 * Divides points into groups that are solved at once. Groups are small at first, so that their
 * results soon cut others, and become larger, so that a large study keeps many machines busy. Where
 * one ends depends on what comes of points, not on which of them an earlier run has finished, nor
 * on who works.
 */
final class Groups {
  /** Points of a group that are not cut, at first. */
  static final int FEWEST = 16;

  /** And at last; their drafts are in memory. */
  private static final int MOST = 512;

  /** Of all points evaluated by then a group has one in so many. */
  private static final int SHARE = 4;

  /** Of one group, with those that are cut. */
  private static final int LONGEST = 2048;

  private final Drafts drafts;
  private final boolean cutting;
  private final Front stakes;
  private final ResultSink sink;
  private final ExploreMonitor monitor;

  Groups(Drafts drafts, boolean cutting, Front stakes, ResultSink sink, ExploreMonitor monitor) {
    this.drafts = drafts;
    this.cutting = cutting;
    this.stakes = stakes;
    this.sink = sink;
    this.monitor = monitor;
  }

  /**
   * Points that are solved at once.
   *
   * @param points in their order
   * @param open those that have to be solved
   * @param stages the others
   */
  record Group(
      List<Point> points,
      SequencedMap<Point, Draft.Open> open,
      SequencedMap<Point, Stage> stages) {}

  /**
   * A point of a group.
   *
   * @param whole what comes of it; fails where all is to stop
   * @param earlier whether an earlier run finished it, and there is nothing to put
   */
  record Stage(Point point, CompletableFuture<Assembly.Whole> whole, boolean earlier) {
    static Stage ready(Point point, PointResult.Outcome outcome, boolean earlier) {
      var whole = new Assembly.Whole(outcome, List.of());
      return new Stage(point, CompletableFuture.completedFuture(whole), earlier);
    }
  }

  /** A point that needs no solving, or the draft of one that does. */
  private sealed interface Seen {
    record Ready(PointResult.Outcome outcome, boolean earlier) implements Seen {}

    record Needed(Draft.Open draft) implements Seen {}
  }

  /**
   * The next group.
   *
   * @param from its first point
   * @param evaluated how many points are by now
   * @return empty where all is to stop
   */
  Optional<Group> next(List<Point> order, int from, long evaluated, Executor executor) {
    int wanted = Math.clamp(evaluated / SHARE, FEWEST, MOST);
    var group = new Group(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    int uncut = 0;
    while (uncut < wanted && group.points().size() < LONGEST && !monitor.stop()) {
      int at = from + group.points().size();
      List<Point> some = order.subList(at, Math.min(order.size(), at + wanted - uncut));
      if (some.isEmpty()) {
        break;
      }
      List<CompletableFuture<Seen>> seen = some.stream().map(p -> seen(p, executor)).toList();
      for (int i = 0; i < some.size(); i++) {
        try {
          uncut += add(group, some.get(i), joined(seen.get(i))) ? 1 : 0;
        } catch (CancellationException e) {
          return Optional.empty();
        }
      }
    }
    return monitor.stop() ? Optional.empty() : Optional.of(group);
  }

  /** Whether it is not cut. */
  private static boolean add(Group group, Point p, Seen seen) {
    group.points().add(p);
    return switch (seen) {
      case Seen.Needed n -> {
        group.open().put(p, n.draft());
        yield true;
      }
      case Seen.Ready r -> {
        group.stages().put(p, Stage.ready(p, r.outcome(), r.earlier()));
        yield !(r.outcome() instanceof Cut);
      }
    };
  }

  private CompletableFuture<Seen> seen(Point p, Executor executor) {
    Optional<PointResult> done = sink.done(p); // from one thread at a time
    return done.isPresent()
        ? CompletableFuture.completedFuture(new Seen.Ready(done.get().outcome(), true))
        : CompletableFuture.supplyAsync(() -> seen(p), executor);
  }

  /** From several threads, while nothing else changes. */
  private Seen seen(Point p) {
    if (monitor.stop()) {
      throw new CancellationException();
    }
    return switch (drafts.of(p)) {
      case Draft.Impossible i -> new Seen.Ready(new Infeasible(i.reason()), false);
      case Draft.Open o -> {
        Optional<Cut> cut = cutting ? drafts.cut(o, stakes) : Optional.empty();
        yield cut.isPresent() ? new Seen.Ready(cut.get(), false) : new Seen.Needed(o);
      }
    };
  }

  /** What comes of it, or what went wrong as if it had here. */
  static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case RuntimeException cause -> cause;
        case Error cause -> throw cause;
        case null, default -> e;
      };
    }
  }
}
