package org.einloom.model;

/** How the counts of one tensor were obtained. Both ways are exact. */
public enum Method {
  /** Sums over steps and instances were taken in closed form, rank by rank. */
  CLOSED_FORM,
  /** No closed form is known for this tensor under this mapping; its steps were walked through. */
  STEPPED
}
