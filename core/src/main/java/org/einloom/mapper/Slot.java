package org.einloom.mapper;

import org.einloom.arch.Fanout;

/** A place in the hardware where loops can stand. */
sealed interface Slot {
  /** Temporal loops below the storage of a memory; which one, the candidate says. */
  record Temporal() implements Slot {}

  /** Spatial loops along one dimension of a fanout. */
  record Spatial(Fanout fanout, Fanout.Dimension dimension) implements Slot {}
}
