package org.einloom.model;

import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Flows;

/** The counts of a tensor whose steps were walked through. */
interface Stepped {
  /** The flows of one instance of a memory or fanout, told by its indices per loop. */
  Flows flows(int component, long[] index);

  /** The largest tile at a storage level. */
  Occupancy occupancy(int level);
}
