package org.einloom.component;

/** How well a number in a derivation is founded; the worst of its numbers is that of a figure. */
public enum Standing {
  /** Found in the source that is named. */
  PUBLISHED("published"),
  /** What a model computes that was checked against a reference, or exact arithmetic. */
  MODELLED("modelled"),
  /** Said to be in the source that is named, but not found there by us. */
  REMEMBERED("remembered, not verified"),
  /** Chosen, for the reason given. */
  ASSUMED("assumption"),
  /** What the user's own file says. */
  GIVEN("given by the user");

  private final String label;

  Standing(String label) {
    this.label = label;
  }

  /** What reports print. */
  public String label() {
    return label;
  }

  /** Whether a figure that rests on this is to be shown as an assumption. */
  public boolean isAssumption() {
    return this == REMEMBERED || this == ASSUMED;
  }
}
