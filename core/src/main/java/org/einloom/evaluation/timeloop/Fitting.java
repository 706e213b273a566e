package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/** Whether a mapping fits the hardware. */
final class Fitting {
  private Fitting() {}

  /** Returns when tiles fit the level and its children are there. */
  static void check(
      Nest nest, Architecture architecture, Machine.Level level, NestCounts counts, int p) {
    long needed = 0;
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, LevelCounts> e : counts.levels().get(p).entrySet()) {
      if (e.getValue().kept()) {
        long words = e.getValue().tileWords();
        needed = Checked.add(needed, words, "what '" + level.memory() + "' has to hold");
        parts.add(e.getKey() + " " + words);
      }
    }
    if (level.capacityWords().isPresent() && needed > level.capacityWords().getAsLong()) {
      throw new InvalidSpecException(
          "%s holds %d words; the mapping of '%s' needs %d (%s): use smaller tiles there, let a tensor bypass it, or make it larger"
              .formatted(
                  level.memory(),
                  level.capacityWords().getAsLong(),
                  nest.einsum().name(),
                  needed,
                  String.join(", ", parts)));
    }
    checkChildren(nest, architecture, level, p);
  }

  /** Returns when its children are there. */
  static void checkChildren(Nest nest, Architecture architecture, Machine.Level level, int p) {
    long x = 1;
    long y = 1;
    for (Nest.Loop l : nest.levels().get(p).space()) {
      if (l.axis() == Nest.Axis.X) {
        x = Checked.multiply(x, l.count(), "what is spread along X");
      } else {
        y = Checked.multiply(y, l.count(), "what is spread along Y");
      }
    }
    if (x > level.fan().x() || y > level.fan().y()) {
      throw new InvalidSpecException(
          "the mapping spreads %d x %d below '%s' of architecture '%s', which has %d x %d children (X x Y); use smaller factors there, or another split"
              .formatted(
                  x, y, level.memory(), architecture.name(), level.fan().x(), level.fan().y()));
    }
  }
}
