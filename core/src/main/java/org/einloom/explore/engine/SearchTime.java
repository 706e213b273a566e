package org.einloom.explore.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long the search of one layer on one design may take.
 *
 * @param most empty: as long as it takes
 */
public record SearchTime(Optional<Duration> most) {
  /** So much longer may a layer search as long as it has no mapping at all. */
  public static final long GRACE_NS = 2_000_000_000L;

  /** As long as it takes. */
  public static final SearchTime UNLIMITED = new SearchTime(Optional.empty());

  /**
   * When a search has to end that begins now.
   *
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  public ExploreMonitor.LayerStop begin(LongSupplier nanoTime) {
    if (most.isEmpty()) {
      return hasMapping -> false;
    }
    long end = nanoTime.getAsLong() + most.get().toNanos();
    return hasMapping -> {
      long over = nanoTime.getAsLong() - end;
      return over >= 0 && (hasMapping || over >= GRACE_NS);
    };
  }
}
