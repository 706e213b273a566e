package org.einloom.io.timeloop;

import java.util.List;
import org.einloom.io.input.Position;

/**
 * Timeloop's mapping, as written.
 *
 * @param directives in file order; their targets and dimensions may still be unknown ones
 * @param at where it begins
 */
public record TimeloopMapping(List<Directive> directives, Position at) {
  public TimeloopMapping {
    directives = List.copyOf(directives);
  }
}
