package org.einloom.arch;

import org.einloom.workload.InvalidSpecException;

/**
 * Something a component does that costs energy and time.
 *
 * @param name {@code read}, {@code write}, {@code update}, {@code compute} or {@code transfer}
 * @param energyPj per action
 * @param widthBits bits moved by one action; words are packed, so a count may be fractional. For a
 *     compute, and where the file gives none, 0: an action then moves exactly one word
 * @param perCycle actions that one instance completes per clock cycle; positive infinity where the
 *     file sets no limit
 */
public record Action(String name, Figure energyPj, long widthBits, double perCycle) {
  public Action {
    if (widthBits < 0) {
      throw new InvalidSpecException(
          "action '" + name + "' has width " + widthBits + "; expected at least 1 bit");
    }
    if (!(perCycle > 0)) {
      throw new InvalidSpecException(
          "action '" + name + "' has throughput " + perCycle + "; expected more than 0 per cycle");
    }
  }
}
