package org.einloom.report;

/**
 * What is shown besides what always is.
 *
 * @param fronts for each layer, the mappings that no other beats in both energy and latency
 * @param explanations for each layer, why it costs what it costs, and how its search went
 */
public record Detail(boolean fronts, boolean explanations) {
  /** Nothing more. */
  public static final Detail LEAST = new Detail(false, false);
}
