package org.einloom.mapping;

import org.einloom.workload.InvalidSpecException;

/** A mapping that breaks a rule; knows which of its nodes does. */
public final class InvalidMappingException extends InvalidSpecException {
  private static final long serialVersionUID = 1L;

  private final int node;

  /**
   * @param node index of the offending node in the LoopTree, or -1 when it is the whole
   */
  public InvalidMappingException(int node, String message) {
    super(message);
    this.node = node;
  }

  /** Index of the offending node in the LoopTree, or -1 when it is the whole. */
  public int node() {
    return node;
  }
}
