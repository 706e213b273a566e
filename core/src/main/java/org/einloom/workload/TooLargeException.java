package org.einloom.workload;

/** A count that the user's sizes lead to is more than a {@code long} holds. */
public class TooLargeException extends InvalidSpecException {
  private static final long serialVersionUID = 1L;

  public TooLargeException(String message) {
    super(message);
  }

  /** Whether this, or what led to it, is one. */
  public static boolean isBehind(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof TooLargeException) {
        return true;
      }
    }
    return false;
  }
}
