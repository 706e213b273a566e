package org.einloom.explore.wire;

import java.util.Optional;

/** What follows. */
enum Kind {
  TEXT('s'),
  TRUE('t'),
  FALSE('f'),
  INT('i'),
  LONG('l'),
  DOUBLE('d'),
  ENUM('e'),
  PRESENT('p'),
  EMPTY('n'),
  OPTIONAL_INT('I'),
  OPTIONAL_LONG('L'),
  OPTIONAL_DOUBLE('D'),
  LIST('['),
  SET('{'),
  MAP('m'),
  RECORD('r');

  private static final Kind[] BY_CODE = new Kind[128];

  static {
    for (Kind k : values()) {
      BY_CODE[k.code] = k;
    }
  }

  private final char code;

  Kind(char code) {
    this.code = code;
  }

  /** Its byte. */
  char code() {
    return code;
  }

  static Optional<Kind> of(int code) {
    return code < 0 || code >= BY_CODE.length
        ? Optional.empty()
        : Optional.ofNullable(BY_CODE[code]);
  }
}
