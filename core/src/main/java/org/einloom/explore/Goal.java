package org.einloom.explore;

/**
 * What is to be small, or large.
 *
 * @param maximise whether more is better
 */
public record Goal(Measure measure, boolean maximise) {
  /** Less is better. */
  public static Goal least(Measure measure) {
    return new Goal(measure, false);
  }

  /** A value such that less is better, whichever way the goal goes. */
  public double cost(double value) {
    return maximise ? -value : value;
  }

  /** {@code edp}, {@code accuracy, the more the better}. */
  public String label() {
    return measure.label() + (maximise ? ", the more the better" : "");
  }
}
