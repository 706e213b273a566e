package org.einloom.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.einloom.explore.PointResult;
import org.einloom.explore.engine.ExploreMonitor;
import org.einloom.explore.engine.SearchTime;

/** Tells how far a study is, and ends it, or the search of a layer that takes too long. */
final class ExploreProgress implements ExploreMonitor, AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int MANY = 1000;
  private static final long LINES_EVERY_NS = 5_000_000_000L;
  private static final long IN_PLACE_EVERY_NS = 200_000_000L;

  private final PrintWriter err;
  private final Progress.Style style;
  private final SearchTime perLayer;
  private final LongSupplier nanoTime;
  private final long beginNs;
  private volatile boolean stopped;
  private long nextNs;
  private long finished;
  private long kept;
  private boolean ranked;
  private long total;
  private int front;
  private int solved;
  private int problems;
  private long before;
  private int working;
  private long workNs = -1;
  private final Pace pace = new Pace();
  private boolean shown;

  /**
   * Begins now.
   *
   * @param perLayer the time of the search of one layer on one design
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  ExploreProgress(
      PrintWriter err, Progress.Style style, SearchTime perLayer, LongSupplier nanoTime) {
    this.err = err;
    this.style = style;
    this.perLayer = perLayer;
    this.nanoTime = nanoTime;
    this.beginNs = nanoTime.getAsLong();
    this.nextNs = beginNs;
  }

  /** Ends the study with what is finished. */
  void interrupt() {
    stopped = true;
    say("ending with the points that are finished; Ctrl-C again quits at once");
  }

  boolean interrupted() {
    return stopped;
  }

  @Override
  public boolean stop() {
    return stopped;
  }

  @Override
  public LayerStop begin() {
    return perLayer.begin(nanoTime);
  }

  @Override
  public synchronized void ranking(long points) {
    ranked = true;
    if (points >= MANY) {
      show("%d points; bounds of all of them first ...".formatted(points));
    }
  }

  @Override
  public synchronized void working(long done, long all, int points, int needed) {
    finished = done;
    total = all;
    before = done - kept;
    working = points;
    if (workNs < 0) {
      workNs = nanoTime.getAsLong();
    }
    if (done == 0) {
      show("%d of %d points; %d mapping problems ...".formatted(done, all, needed));
      due(); // says all there is to say now
    }
  }

  @Override
  public synchronized void solving(int done, int needed) {
    solved = done;
    problems = needed;
    if (done > 0 && due()) {
      show(line());
    }
  }

  @Override
  public synchronized void finished(
      PointResult result, long done, long all, int best, boolean earlier) {
    finished = done;
    kept += earlier ? 1 : 0;
    total = all;
    front = best;
    if (due() || done == all) {
      show(line());
    }
  }

  /** Whether it is time to say something. */
  private boolean due() {
    long now = nanoTime.getAsLong();
    boolean due = now >= nextNs;
    if (due) {
      nextNs = now + (style == Progress.Style.IN_PLACE ? IN_PLACE_EVERY_NS : LINES_EVERY_NS);
    }
    return due;
  }

  private String line() {
    String waiting =
        solved == problems ? "" : "; %d of %d mapping problems".formatted(solved, problems);
    return state() + waiting;
  }

  /**
   * {@code 12 of 48 points, 5 on the front, 0.8 points/s, about 45 s left}. Of points in the order
   * of what they promise, the last are cut and take the least time: what is told is the most.
   */
  private String state() {
    String points = "%d of %d points".formatted(finished, total);
    if (finished > 0) {
      points += finished == kept ? ", all from before" : "";
      points += ", %d on the front".formatted(front);
    }
    double seconds = (nanoTime.getAsLong() - beginNs) * 1e-9;
    if (finished > kept && seconds > 0) {
      points += String.format(Locale.ROOT, ", %.3g points/s", (finished - kept) / seconds);
    }
    return points + left();
  }

  /** What is solved of points that are not finished counts as a share of these. */
  private String left() {
    double share = problems == 0 ? 1 : (double) solved / problems;
    double done = Math.max((double) (finished - kept), (double) before + working * share);
    double seconds =
        pace.left((nanoTime.getAsLong() - workNs) * 1e-9, done, (double) (total - kept));
    return finished == total || Double.isInfinite(seconds)
        ? ""
        : ", %s %s left".formatted(ranked ? "at most" : "about", time(seconds));
  }

  private static String time(double seconds) {
    return seconds < 120
        ? String.format(Locale.ROOT, "%.0f s", Math.ceil(seconds))
        : String.format(Locale.ROOT, "%.0f min", Math.ceil(seconds / 60));
  }

  private void show(String state) {
    switch (style) {
      case QUIET -> {}
      case LINES -> err.println("einloom: " + state);
      case IN_PLACE -> {
        err.print(CLEAR_LINE + state);
        shown = true;
      }
    }
    err.flush();
  }

  private synchronized void say(String message) {
    err.println((shown ? CLEAR_LINE : "") + "einloom: " + message);
    err.flush();
    shown = false;
  }

  @Override
  public synchronized void close() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
      shown = false;
    }
  }
}
