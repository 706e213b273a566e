package org.einloom.io.timeloop;

import org.einloom.io.input.Position;

/**
 * Something that stands in a file and was left without meaning, or was taken in a certain way.
 *
 * @param at where
 * @param text one sentence, without the place
 */
public record Remark(Position at, String text) {
  @Override
  public String toString() {
    return at + ": " + text;
  }
}
