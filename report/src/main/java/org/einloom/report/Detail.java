package org.einloom.report;

import java.util.Optional;

/**
 * What is shown besides what always is.
 *
 * @param fronts for each layer, the mappings that no other beats in both energy and latency
 * @param explanations for each layer, why it costs what it costs, and how its search went
 * @param data for each layer, what was measured of its tensors, if a profile was given
 */
public record Detail(boolean fronts, boolean explanations, Optional<DataUse> data) {
  /** Nothing more. */
  public static final Detail LEAST = new Detail(false, false);

  /** Without measured data. */
  public Detail(boolean fronts, boolean explanations) {
    this(fronts, explanations, Optional.empty());
  }
}
