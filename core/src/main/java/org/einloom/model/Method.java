package org.einloom.model;

/** How the counts of one tensor were obtained. All ways are exact. */
public enum Method {
  /** Sums over steps and instances were taken in closed form, rank by rank. */
  CLOSED_FORM,
  /**
   * One step of each kind was looked at: all others are the same, moved. So it is where neighbours
   * hand on words and all tiles divide.
   */
  BY_KIND,
  /** No closed form is known for this tensor under this mapping; its steps were walked through. */
  STEPPED
}
