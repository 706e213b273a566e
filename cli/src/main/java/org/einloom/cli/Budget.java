package org.einloom.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.einloom.explore.engine.SearchTime;

/**
 * Divides the time there is among layers. A layer that begins gets an equal share of what is left;
 * what it leaves passes on to those that begin later. Whatever happens it gets a little, so that
 * every layer has a mapping and a bound.
 */
final class Budget {
  /** A layer's least time; most proofs take less. */
  static final long LEAST_NS = 100_000_000L;

  /** So much longer may a layer search as long as it has no mapping at all. */
  static final long GRACE_NS = SearchTime.GRACE_NS;

  private final LongSupplier nanoTime;
  private final boolean limited;
  private final long endNs;
  private final int threads;
  private double waiting;
  private volatile boolean interrupted;
  private volatile long interruptedNs;

  /**
   * The time begins now.
   *
   * @param limit empty for as long as it takes
   * @param waiting the weights of all searches that will begin, added up
   * @param threads how many at once
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Budget(Optional<Duration> limit, double waiting, int threads, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.limited = limit.isPresent();
    this.endNs = nanoTime.getAsLong() + limit.map(Duration::toNanos).orElse(0L);
    this.threads = threads;
    this.waiting = waiting;
  }

  /** Ends all searches as soon as they have something. */
  void interrupt() {
    interruptedNs = nanoTime.getAsLong();
    interrupted = true;
  }

  /** Whether there is a time limit. */
  boolean limited() {
    return limited;
  }

  boolean interrupted() {
    return interrupted;
  }

  /**
   * The time of a search that begins now.
   *
   * @param weight how much it gets, compared with others
   */
  synchronized Slice begin(double weight) {
    long now = nanoTime.getAsLong();
    double left = Math.max(0, endNs - now);
    double share = waiting <= 0 ? 1 : Math.min(1, threads * weight / waiting);
    waiting -= weight;
    return new Slice(now, now + Math.max(LEAST_NS, (long) (left * share)));
  }

  /** The time of one layer. */
  final class Slice {
    private final long beginNs;
    private final long sliceEndNs;

    private Slice(long beginNs, long sliceEndNs) {
      this.beginNs = beginNs;
      this.sliceEndNs = sliceEndNs;
    }

    /**
     * Whether the layer's search has to end.
     *
     * @param hasMapping whether it has something to show
     */
    boolean over(boolean hasMapping) {
      if (!limited && !interrupted) {
        return false;
      }
      long end = limited ? sliceEndNs : Long.MAX_VALUE;
      if (interrupted) {
        end = Math.min(end, Math.max(interruptedNs, beginNs + LEAST_NS));
      }
      long now = nanoTime.getAsLong();
      return now >= end && (hasMapping || now - end >= GRACE_NS);
    }

    double seconds() {
      return (nanoTime.getAsLong() - beginNs) * 1e-9;
    }
  }
}
