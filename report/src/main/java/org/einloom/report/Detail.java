package org.einloom.report;

/**
 * What is shown besides what always is.
 *
 * @param fronts for each layer, the mappings that no other beats in both energy and latency
 */
public record Detail(boolean fronts) {
  /** Nothing more. */
  public static final Detail LEAST = new Detail(false);
}
