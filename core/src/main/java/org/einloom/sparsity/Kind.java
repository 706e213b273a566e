package org.einloom.sparsity;

/** What becomes of an action that is not needed. */
public enum Kind {
  /** It takes its time, but less energy. */
  GATE("gate"),
  /** It takes neither. */
  SKIP("skip");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** What files call it. */
  public String label() {
    return label;
  }
}
