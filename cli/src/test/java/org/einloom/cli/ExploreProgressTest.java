package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.einloom.component.Value;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.engine.SearchTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExploreProgressTest {
  private final AtomicLong ns = new AtomicLong();
  private final StringWriter err = new StringWriter();

  private ExploreProgress progress() {
    return new ExploreProgress(
        new PrintWriter(err), Progress.Style.LINES, SearchTime.UNLIMITED, ns::get);
  }

  private static PointResult point(long number) {
    var values = Map.of("x", Value.of((double) number));
    return new PointResult(number, Point.of(values), new PointResult.Infeasible("no"));
  }

  @Test
  @DisplayName("points of a run before are no work of this one, in the rate and the time left")
  void kept() {
    ExploreProgress progress = progress();
    progress.working(0, 100, 0, 0);
    for (long i = 1; i <= 60; i++) {
      ns.addAndGet(1_000_000);
      progress.finished(point(i), i, 100, 3, true);
    }
    ns.set(6_000_000_000L);
    progress.finished(point(61), 61, 100, 3, true);
    for (long i = 62; i <= 81; i++) {
      ns.addAndGet(450_000_000);
      progress.finished(point(i), i, 100, 4, false);
    }
    progress.close();
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            einloom: 0 of 100 points; 0 mapping problems ...
            einloom: 61 of 100 points, all from before, 3 on the front
            einloom: 73 of 100 points, 4 on the front, 1.05 points/s, about 26 s left
            """);
  }

  @Test
  @DisplayName("of many points it is said at once that their bounds come first")
  void many() {
    ExploreProgress progress = progress();
    progress.ranking(5000);
    progress.working(0, 5000, 100, 32);
    ns.set(10_000_000_000L);
    progress.finished(point(1), 100, 5000, 9, false);
    progress.close();
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            einloom: 5000 points; bounds of all of them first ...
            einloom: 0 of 5000 points; 32 mapping problems ...
            einloom: 100 of 5000 points, 9 on the front, 10.0 points/s, at most 9 min left
            """);
  }

  @Test
  @DisplayName("what is solved of points that are not finished counts for the time left")
  void problems() {
    ExploreProgress progress = progress();
    progress.working(0, 12, 12, 192);
    ns.set(10_000_000_000L);
    progress.solving(48, 192);
    ns.set(20_000_000_000L);
    progress.solving(144, 192);
    progress.close();
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            einloom: 0 of 12 points; 192 mapping problems ...
            einloom: 0 of 12 points, about 30 s left; 48 of 192 mapping problems
            einloom: 0 of 12 points, about 5 s left; 144 of 192 mapping problems
            """);
  }
}
