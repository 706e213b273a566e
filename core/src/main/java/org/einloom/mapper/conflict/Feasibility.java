package org.einloom.mapper.conflict;

/** Something that knows, or finds out, whether there is a mapping. */
@FunctionalInterface
public interface Feasibility {
  /** What it says. */
  enum Answer {
    /** There is a mapping. */
    EXISTS,
    /** There is none, proven. */
    NONE,
    /** It ran out of time, say. */
    UNKNOWN
  }

  /** Whether there is a mapping; the same at every call. */
  Answer ask(Question question);
}
