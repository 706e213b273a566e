package org.einloom.workload;

/**
 * Something the user gave is wrong. The message says what is wrong, what was expected and, where
 * one is known, a likely fix; readers add file, line and column. Never signals a fault of Einloom's
 * own.
 */
public class InvalidSpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidSpecException(String message) {
    super(message);
  }

  public InvalidSpecException(String message, Throwable cause) {
    super(message, cause);
  }
}
