package org.einloom.component.expression;

import org.einloom.workload.InvalidSpecException;

/** Something in an expression is wrong. */
public final class ExpressionException extends InvalidSpecException {
  private static final long serialVersionUID = 1L;
  private final int at;

  ExpressionException(int at, String message) {
    super(message);
    this.at = at;
  }

  /** Which character of the expression, from 0. */
  public int at() {
    return at;
  }
}
