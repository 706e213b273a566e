package org.einloom.sparsity;

/** What becomes of an action that is not needed. */
public enum Kind {
  /** It takes its time, but less energy. */
  GATE,
  /** It takes neither. */
  SKIP
}
