package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapper.MappingResult.None;

/**
 * Holds what a mapper says before it is done to brute force: what it reports on its way, and what
 * it answers when it is stopped.
 */
final class AnytimeCheck implements SearchMonitor {
  private static final double RELATIVE = 1e-9;

  private final Problem problem;
  private final BruteForce truth;
  private final double best;
  private long asksLeft;
  private double lastBound = Double.NEGATIVE_INFINITY;

  private AnytimeCheck(Problem problem, BruteForce truth, long asks) {
    this.problem = problem;
    this.truth = truth;
    this.asksLeft = asks;
    best =
        truth
            .best(problem.objective())
            .map(p -> problem.objective().value(p.energyPj(), p.latencyS()))
            .orElse(Double.POSITIVE_INFINITY);
  }

  /** Stops the mapper when it has asked so often whether it has to. */
  static void check(Mapper mapper, MapperCheck whole, long asks) {
    var monitor = new AnytimeCheck(whole.problem(), whole.truth(), asks);
    switch (whole.map(mapper, 1, monitor)) {
      case None none -> {
        if (none.proven()) {
          assertThat(monitor.truth.front()).as("a mapping exists; stopped, %s", none).isEmpty();
        }
      }
      case Found found -> monitor.check(found, whole);
    }
  }

  private void check(Found found, MapperCheck whole) {
    Optimality o = found.optimality();
    whole.holds(found.mapping(), found.evaluation());
    found.front().forEach(p -> whole.holds(p.mapping(), p.evaluation()));
    assertThat(o.value())
        .as("value when stopped")
        .isEqualTo(problem.objective().value(found.evaluation()))
        .isGreaterThanOrEqualTo(best * (1 - RELATIVE));
    double bound = o.lowerBound().orElseThrow(() -> new AssertionError("stopped without a bound"));
    assertThat(bound).as("bound when stopped").isLessThanOrEqualTo(best * (1 + RELATIVE));
    switch (o.status()) {
      case OPTIMAL -> {
        assertThat(bound).as("bound of an optimal value").isEqualTo(o.value());
        assertThat(o.value()).as("optimal value").isLessThanOrEqualTo(best * (1 + RELATIVE));
      }
      case BOUNDED -> assertThat(bound).as("bound when stopped").isLessThanOrEqualTo(o.value());
      case UNPROVEN, GIVEN -> throw new AssertionError("stopped, it says " + o.status());
    }
  }

  @Override
  public boolean stop() {
    return asksLeft-- <= 0;
  }

  @Override
  public void report(double value, double lowerBound, long evaluated) {
    assertThat(lowerBound)
        .as("reported bound; the value is %s", value)
        .isLessThanOrEqualTo(best * (1 + RELATIVE))
        .isGreaterThanOrEqualTo(lastBound);
    assertThat(value).as("reported value").isGreaterThanOrEqualTo(best * (1 - RELATIVE));
    lastBound = lowerBound;
  }
}
