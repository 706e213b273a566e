package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong ns = new AtomicLong();
  private final StringWriter err = new StringWriter();

  @Test
  void linesAreSparse() {
    Progress progress = new Progress(new PrintWriter(err), Progress.Style.LINES, 2, 80, ns::get);
    Progress.Layer a = progress.begin("a");
    Progress.Layer b = progress.begin("b");
    for (int ms = 0; ms < 10_000; ms += 10) {
      a.update(Objective.ENERGY, 2e6, 1e6 + 50.0 * ms);
      pass(10);
    }
    b.end(optimality(Optimality.Status.OPTIMAL, 1));
    a.end(optimality(Optimality.Status.BOUNDED, 0.75));
    progress.close();
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            einloom: mapping 1 of 2, a: 2.0 s, best 2.00 uJ, bound 1.10 uJ, gap 45.0%
            einloom: mapping 1 of 2, a: 4.0 s, best 2.00 uJ, bound 1.20 uJ, gap 40.0%
            einloom: mapping 1 of 2, a: 8.0 s, best 2.00 uJ, bound 1.40 uJ, gap 30.0%
            einloom: mapping 1 of 2, b: 10.0 s, optimal
            einloom: mapping 2 of 2, a: 10.0 s, gap 25.0%
            """);
  }

  @Test
  void onATerminalOneLineChangesAndIsClearedAtTheEnd() {
    Progress progress = new Progress(new PrintWriter(err), Progress.Style.IN_PLACE, 1, 40, ns::get);
    Progress.Layer a = progress.begin("a");
    a.update(Objective.LATENCY, Double.POSITIVE_INFINITY, 0);
    a.update(Objective.LATENCY, 2, 1); // too soon to be seen
    pass(200);
    a.update(Objective.LATENCY, 2, 1);
    a.end(optimality(Optimality.Status.OPTIMAL, 1));
    progress.close();
    String clear = "\r\u001b[K";
    assertThat(err.toString())
        .isEqualTo(
            clear
                + "einloom: [----------] 1 of 1, a ..."
                + clear
                + "einloom: [----------] 1 of 1, a: no map"
                + clear
                + "einloom: [----------] 1 of 1, a: best 2"
                + clear);
  }

  @Test
  void theBarGrowsWithWhatIsDone() {
    Progress progress = new Progress(new PrintWriter(err), Progress.Style.IN_PLACE, 4, 80, ns::get);
    for (String name : new String[] {"a", "b", "c"}) {
      progress.begin(name).end(optimality(Optimality.Status.OPTIMAL, 1));
    }
    progress.begin("d");
    assertThat(err.toString())
        .contains("[--------------------] 1 of 4, a ...")
        .contains("[=====---------------] 2 of 4, b ...")
        .endsWith("[===============-----] 4 of 4, d ...");
  }

  @Test
  void ofManySearchesNotEachHasALine() {
    Progress progress = new Progress(new PrintWriter(err), Progress.Style.LINES, 1000, 80, ns::get);
    for (int i = 0; i < 1000; i++) {
      Progress.Layer layer = progress.begin("layer" + i);
      pass(10);
      layer.end(optimality(Optimality.Status.OPTIMAL, 1));
    }
    progress.close();
    assertThat(err.toString().lines().count()).isBetween(10L, 12L);
    assertThat(err.toString()).contains("einloom: mapping 1000 of 1000, layer999: 0.0 s, optimal");
  }

  @Test
  void quietIsQuiet() {
    Progress progress = new Progress(new PrintWriter(err), Progress.Style.QUIET, 1, 80, ns::get);
    Progress.Layer a = progress.begin("a");
    pass(5000);
    a.update(Objective.LATENCY, 2, 1);
    a.end(optimality(Optimality.Status.OPTIMAL, 1));
    progress.close();
    assertThat(err.toString()).isEmpty();
  }

  private void pass(long milliseconds) {
    ns.addAndGet(milliseconds * 1_000_000);
  }

  private static Optimality optimality(Optimality.Status status, double bound) {
    return new Optimality(
        status,
        Objective.ENERGY,
        1,
        OptionalDouble.of(bound),
        OptionalLong.of(1),
        OptionalDouble.of(0));
  }
}
