package org.einloom.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.report.ObjectiveText;

/**
 * Tells how far the search is: a bar in place on a terminal, else a line when a layer is done, and
 * ever rarer ones while it takes long. Several layers may be searched at once.
 */
final class Progress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final long IN_PLACE_EVERY_NS = 100_000_000L;
  private static final long FIRST_LINE_AFTER_NS = 2_000_000_000L;

  /** Of more searches than these, not each that ends has a line: at most one a second has. */
  private static final int FEW = 100;

  private static final long MANY_LINES_EVERY_NS = 1_000_000_000L;
  private static final int LONGEST_BAR = 20;

  /** How progress is shown. */
  enum Style {
    /** One line, overwritten. */
    IN_PLACE,
    /** Lines, for files and pipes. */
    LINES,
    /** Not at all. */
    QUIET
  }

  private final PrintWriter err;
  private final Style style;
  private final int total;
  private final int width;
  private final LongSupplier nanoTime;
  private int done;
  private long nextNs;
  private boolean shown;

  /**
   * @param total searches
   * @param width columns that a line in place may take
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Progress(PrintWriter err, Style style, int total, int width, LongSupplier nanoTime) {
    this.err = err;
    this.style = style;
    this.total = total;
    this.width = width;
    this.nanoTime = nanoTime;
    this.nextNs = nanoTime.getAsLong();
  }

  /** What is known of one layer while it is searched. */
  final class Layer {
    private final String name;
    private final long beginNs = nanoTime.getAsLong();
    private long lineAfterNs = FIRST_LINE_AFTER_NS;

    private Layer(String name) {
      this.name = name;
      synchronized (Progress.this) {
        show(name + " ...");
      }
    }

    /** The best so far, positive infinity for none, and a bound. */
    void update(Objective objective, double value, double lowerBound) {
      synchronized (Progress.this) {
        long now = nanoTime.getAsLong();
        if (style == Style.IN_PLACE) {
          if (now >= nextNs) {
            nextNs = now + IN_PLACE_EVERY_NS;
            show(name + ": " + state(objective, value, lowerBound));
          }
        } else if (now - beginNs >= lineAfterNs) {
          lineAfterNs = 2 * (now - beginNs);
          print(
              done + 1,
              "%s: %s, %s".formatted(name, seconds(now), state(objective, value, lowerBound)));
        }
      }
    }

    /** The layer is done. */
    void end(Optimality o) {
      synchronized (Progress.this) {
        done++;
        long now = nanoTime.getAsLong();
        if (total <= FEW || done == total || now >= nextNs) {
          nextNs = now + MANY_LINES_EVERY_NS;
          double gap = o.gap().orElse(0);
          String how =
              o.status() == Optimality.Status.BOUNDED && gap > 0
                  ? "gap " + ObjectiveText.gap(gap)
                  : o.status().label();
          print(done, "%s: %s, %s".formatted(name, seconds(now), how));
        }
      }
    }

    private String seconds(long now) {
      return String.format(Locale.ROOT, "%.1f s", (now - beginNs) * 1e-9);
    }
  }

  /** A layer begins. */
  Layer begin(String name) {
    return new Layer(name);
  }

  /** Something else to say, on a line of its own. */
  synchronized void say(String message) {
    err.println((shown ? CLEAR_LINE : "") + "einloom: " + message);
    err.flush();
  }

  /** Nothing more to tell; leaves a clean line. */
  @Override
  public synchronized void close() {
    if (shown) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private void show(String what) {
    if (style == Style.IN_PLACE) {
      shown = true;
      String line = "einloom: " + bar() + line(Math.min(total, done + 1), what);
      err.print(CLEAR_LINE + (line.length() < width ? line : line.substring(0, width - 1)));
      err.flush();
    }
  }

  private void print(int number, String what) {
    if (style == Style.LINES) {
      err.println("einloom: mapping " + line(number, what));
      err.flush();
    }
  }

  private String line(int number, String what) {
    return number + " of " + total + ", " + what;
  }

  /** {@code [=====---------------] }; a quarter of the line at most. */
  private String bar() {
    int columns = Math.min(LONGEST_BAR, width / 4);
    int full = (int) ((long) columns * done / total);
    return "[" + "=".repeat(full) + "-".repeat(columns - full) + "] ";
  }

  private static String state(Objective objective, double value, double lowerBound) {
    if (!Double.isFinite(value)) {
      return "no mapping yet, " + bound(objective, lowerBound);
    }
    String best = "best " + ObjectiveText.of(objective, value);
    return value <= lowerBound
        ? best + ", proven, but not yet its front"
        : "%s, %s, gap %s"
            .formatted(
                best,
                bound(objective, lowerBound),
                ObjectiveText.gap((value - Math.max(0, lowerBound)) / value));
  }

  private static String bound(Objective objective, double lowerBound) {
    return lowerBound > 0 ? "bound " + ObjectiveText.of(objective, lowerBound) : "no bound yet";
  }
}
