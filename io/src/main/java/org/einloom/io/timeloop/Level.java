package org.einloom.io.timeloop;

import org.einloom.io.input.Position;

/**
 * A component of Timeloop's architecture.
 *
 * @param name without path and range: {@code GLB} for {@code top.GLB[1..16]}
 * @param kind what its class says it is
 * @param type the class that says what it costs: its subclass where it has one
 * @param instances in the whole hardware: the ranges of its own name and of all subtrees that it
 *     stands in, multiplied
 * @param attributes as written
 * @param inherited those of all subtrees that it stands in, the inner before the outer; of no
 *     meaning to Timeloop's model, but to estimates of what it costs
 * @param energyScale what all its energies are multiplied with that are not given in a table
 * @param areaScale the same of its area
 * @param at where it begins
 */
public record Level(
    String name,
    Kind kind,
    String type,
    long instances,
    Attributes attributes,
    Attributes inherited,
    double energyScale,
    double areaScale,
    Position at) {
  /** The key of {@link #energyScale}. */
  public static final String ENERGY_SCALE = "energy_scale";

  /** The key of {@link #areaScale}. */
  public static final String AREA_SCALE = "area_scale";

  /** What a class of Timeloop is to its model. */
  public enum Kind {
    /** Holds tiles. */
    STORAGE,
    /** Does the operation. */
    COMPUTE,
    /** Carries words between levels that name it. */
    NETWORK,
    /** Of no meaning to Timeloop's model, which passes it over. */
    OTHER
  }
}
