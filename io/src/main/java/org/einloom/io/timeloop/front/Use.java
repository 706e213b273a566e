package org.einloom.io.timeloop.front;

/** What a specification is read for. To the front end the constraints of nodes serve both. */
public enum Use {
  /** To evaluate one mapping: constraints and mapping together are the mapping. */
  EVALUATE,
  /** To search: constraints and mapping together are constraints. */
  SEARCH,
  /** As {@link #EVALUATE} where a mapping is given, else as {@link #SEARCH}. */
  AS_GIVEN
}
