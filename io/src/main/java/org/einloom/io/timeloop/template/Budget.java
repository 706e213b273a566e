package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;

/**
 * What templates and expressions of one specification may use up together. Every step of the
 * interpreter, every letter and every member of a list that it makes is counted before it is made,
 * so that time and memory are bounded whatever the text says.
 */
public final class Budget {
  /** Steps of the interpreter; the templates of courses take a few thousand. */
  static final long MOST_STEPS = 500_000;

  /** Letters and members made, all together. */
  static final long MOST_MADE = 32L << 20;

  /** Letters in one text, members of one list. */
  static final long LARGEST = 4L << 20;

  /** Macros, includes and comprehensions inside each other. */
  static final int DEEPEST = 40;

  /** Files read. */
  static final int MOST_FILES = 1_000;

  private long steps;
  private long made;
  private int files;
  private int depth;

  /** One step. */
  void step(Position at) {
    if (++steps > MOST_STEPS) {
      throw at.error(
          "templates and expressions take more than " + MOST_STEPS + " steps",
          "no specification needs that much; is a loop too long?");
    }
  }

  /** Letters or members that are about to be made. */
  void make(long size, Position at) {
    made += size;
    if (size > LARGEST || made > MOST_MADE) {
      throw at.error(
          "a text or list becomes too large",
          "expected at most " + LARGEST + " letters or members, and " + MOST_MADE + " in all");
    }
  }

  /** A list, if it is not too large. */
  Value.Items items(List<? extends Value> values, Position at) {
    Value.Items items = Value.Items.of(values);
    make(values.size(), at);
    check(items.weight(), items.depth(), at);
    return items;
  }

  /** A table, if it is not too large. */
  Value.Table table(Map<? extends Value, ? extends Value> entries, Position at) {
    Value.Table table = Value.Table.of(entries);
    make(entries.size(), at);
    check(table.weight(), table.depth(), at);
    return table;
  }

  /** A text, if it is not too large. */
  Value.Text text(String text, Position at) {
    make(text.length(), at);
    return new Value.Text(text);
  }

  private static void check(long weight, int depth, Position at) {
    if (weight > LARGEST) {
      throw at.error(
          "a list becomes too large", "expected at most " + LARGEST + " letters and members in it");
    }
    if (depth > DEEPEST) {
      throw at.error("more than " + DEEPEST + " lists and tables inside each other");
    }
  }

  /** One more file. */
  void file(Position at) {
    if (++files > MOST_FILES) {
      throw at.error("more than " + MOST_FILES + " files are included");
    }
  }

  /** Goes into something that can contain itself; {@link #leave} comes out. */
  void enter(String what, Position at) {
    if (++depth > DEEPEST) {
      throw at.error(
          "more than " + DEEPEST + " macros and includes inside each other",
          "does " + what + " use itself?");
    }
  }

  /** Comes out again. */
  void leave() {
    depth--;
  }
}
