package org.einloom.explore.wire;

/** What follows. */
enum Kind {
  TEXT,
  TRUE,
  FALSE,
  INT,
  LONG,
  DOUBLE,
  ENUM,
  PRESENT,
  EMPTY,
  OPTIONAL_INT,
  OPTIONAL_LONG,
  OPTIONAL_DOUBLE,
  LIST,
  SET,
  MAP,
  RECORD
}
