package org.einloom.model.sparse;

/** Says that whoever asked for counts no longer waits for them. */
public final class StoppedException extends RuntimeException {
  @java.io.Serial private static final long serialVersionUID = 1;

  StoppedException() {
    super("nobody waits for these counts any more", null, false, false);
  }
}
