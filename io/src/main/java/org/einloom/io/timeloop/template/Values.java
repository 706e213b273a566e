package org.einloom.io.timeloop.template;

/** The values that there is one of. */
public final class Values {
  /** None. */
  public static final Value NONE = new Value.None();

  /** True. */
  public static final Value TRUE = new Value.Bool(true);

  /** False. */
  public static final Value FALSE = new Value.Bool(false);

  private Values() {}

  /** A truth value. */
  public static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }
}
