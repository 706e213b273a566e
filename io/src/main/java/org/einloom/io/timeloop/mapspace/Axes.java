package org.einloom.io.timeloop.mapspace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.Remark;

/**
 * Which dimensions may lie along which axis of a fanout.
 *
 * @param all the axes that there are
 */
record Axes(List<Axis> all) {
  /**
   * One axis.
   *
   * @param dimension of the fanout
   * @param mayTake dimensions of the problem
   */
  record Axis(String dimension, Set<String> mayTake) {}

  Axes {
    all = List.copyOf(all);
  }

  /**
   * The first {@code split} dimensions of the permutation lie along X, all others along Y; what the
   * permutation does not name comes after it, in any order.
   */
  static Axes of(
      List<String> dimensions,
      List<String> permutation,
      OptionalInt split,
      Optional<Fanout> fanout,
      List<Remark> remarks,
      Position at) {
    Set<String> alongX = new LinkedHashSet<>(dimensions);
    Set<String> alongY = new LinkedHashSet<>(dimensions);
    boolean both = fanout.isPresent() && fanout.get().dimensions().size() > 1;
    if (split.isPresent()) {
      int first = Math.min(split.getAsInt(), dimensions.size());
      if (first <= permutation.size()) {
        alongX.retainAll(permutation.subList(0, first));
        alongY.removeAll(alongX);
      } else {
        permutation.forEach(alongY::remove);
        if (first == dimensions.size()) {
          alongY.clear();
        } else if (both) {
          remarks.add(
              new Remark(
                  at,
                  "of the dimensions that 'permutation' does not name, any may lie along X or Y"));
        }
      }
    } else if (both && !permutation.isEmpty()) {
      remarks.add(
          new Remark(
              at, "without a 'split', the order of loops in space asks nothing: it has no cost"));
    }
    List<Axis> axes = new ArrayList<>();
    for (Fanout.Dimension d : fanout.map(Fanout::dimensions).orElse(List.of())) {
      boolean y = d.name().toLowerCase(Locale.ROOT).endsWith("y");
      axes.add(new Axis(d.name(), y ? alongY : alongX));
    }
    return new Axes(axes);
  }
}
