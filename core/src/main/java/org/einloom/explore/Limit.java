package org.einloom.explore;

/**
 * What a point has to keep to.
 *
 * @param measure of what
 * @param least the smallest value allowed; negative infinity for none
 * @param most the largest value allowed; positive infinity for none
 * @param origin where it was written and what it says, for messages
 */
public record Limit(Measure measure, double least, double most, String origin) {
  /** Whether a value is within. */
  public boolean allows(double value) {
    return value >= least && value <= most;
  }
}
