package org.einloom.io.onnx;

/**
 * Says that a shape or a number that a rule needs is not known, and why. Not an error as long as no
 * costed operator depends on it: a detector may well end in operators whose extents depend on data.
 */
final class Unknown extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean inherited;

  Unknown(String reason) {
    this(reason, false);
  }

  /** With {@code inherited}, the reason is that of an input and names the node it began with. */
  Unknown(String reason, boolean inherited) {
    super(reason, null, false, false);
    this.inherited = inherited;
  }

  boolean inherited() {
    return inherited;
  }

  /** What is unknown and why, as a clause. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
