package org.einloom.constraint;

import java.util.List;

/**
 * Everything a user asks of a mapping; all of it has to hold.
 *
 * @param all in the order they were written
 */
public record Constraints(List<Constraint> all) {
  /** Nothing is asked. */
  public static final Constraints NONE = new Constraints(List.of());

  public Constraints {
    all = List.copyOf(all);
  }
}
