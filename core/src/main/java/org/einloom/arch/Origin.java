package org.einloom.arch;

/** How well a cost is founded; every {@link Figure} has one. */
public enum Origin {
  /** Published or measured, with a source. */
  PUBLISHED("as published"),
  /** Nothing, because a rule says so and not because nobody knows: parts that are no hardware. */
  NOTHING("nothing by rule"),
  /** By component class, from published or modelled numbers alone. */
  CLASS("by component class"),
  /** By component class, with some number that is assumed or was not verified. */
  CLASS_WITH_ASSUMPTIONS("by component class with assumptions"),
  /** Marked as an assumption: derived from published figures, or chosen. */
  ASSUMED("derived or assumed"),
  /** Given without a source and not marked as an assumption. */
  UNSOURCED("without a source"),
  /** Left out, by the file or by a component class, and so taken as 0. */
  NOT_GIVEN("not given");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  /** What reports print and results say. */
  public String label() {
    return label;
  }
}
