package org.einloom.format;

import java.util.List;
import org.einloom.density.Box;
import org.einloom.density.Pattern;

/** Runs of empty elements in a fiber of a known tensor, and how often they are broken. */
final class Runs {
  private final Pattern pattern;
  private final List<Integer> ranks;
  private final List<Long> element;
  private final long run;

  /** Empty elements since the last occupied one. */
  private long empty;

  private long breaks;

  /**
   * @param ranks along which fibers are cut, of which the last varies fastest
   * @param element extents of what they are cut into
   * @param run empty elements that one entry that breaks a run stands for
   */
  Runs(Pattern pattern, List<Integer> ranks, List<Long> element, long run) {
    this.pattern = pattern;
    this.ranks = ranks;
    this.element = element;
    this.run = run;
  }

  /** What is empty after the last occupied element breaks nothing. */
  long breaks(Box fiber) {
    empty = 0;
    breaks = 0;
    walk(0, fiber);
    return breaks;
  }

  private void walk(int level, Box part) {
    if (pattern.count(part) == 0) {
      empty += Widths.elements(part.extents(), element);
      return;
    }
    if (level == ranks.size()) {
      breaks += empty / run;
      empty = 0;
      return;
    }
    int rank = ranks.get(level);
    long size = element.get(rank);
    for (long x = part.low().get(rank); x < part.end(rank); x += size) {
      walk(level + 1, part.with(rank, x, size));
    }
  }
}
