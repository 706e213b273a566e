package org.einloom.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells how long work will take that goes on as it went in the later half of the time so far: it
 * begins slowly, while the program warms up and little is known that saves work.
 */
final class Pace {
  private record Mark(double seconds, double done) {}

  private final Deque<Mark> marks = new ArrayDeque<>();

  Pace() {
    marks.add(new Mark(0, 0));
  }

  /**
   * Takes note of what is done, and says how many seconds are left; infinitely many while nothing
   * is done.
   *
   * @param seconds since the work began; never fewer than before
   */
  double left(double seconds, double done, double total) {
    marks.add(new Mark(seconds, done));
    while (marks.size() > 2 && second().seconds() <= seconds / 2) {
      marks.removeFirst();
    }
    Mark from = marks.getFirst();
    double rate = (done - from.done()) / Math.max(seconds - from.seconds(), 1e-9);
    return rate > 0 ? Math.max(0, total - done) / rate : Double.POSITIVE_INFINITY;
  }

  private Mark second() {
    Mark first = marks.removeFirst();
    Mark second = marks.getFirst();
    marks.addFirst(first);
    return second;
  }
}
