package org.einloom.io.timeloop.mapspace;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.arch.Fanout;

/** What is left along the axes of a fanout while factors are placed. */
final class Room {
  private final Map<String, Long> sizes = new LinkedHashMap<>();
  private final Map<String, Long> left = new LinkedHashMap<>();

  Room(Optional<Fanout> fanout) {
    fanout.ifPresent(f -> f.dimensions().forEach(d -> sizes.put(d.name(), d.size())));
    left.putAll(sizes);
  }

  /** The axis with most instances left. */
  Axes.Axis widest(List<Axes.Axis> axes) {
    return axes.stream()
        .max(Comparator.comparingLong(a -> left.getOrDefault(a.dimension(), 1L)))
        .orElseThrow();
  }

  /** Whether there is more than one instance along it. */
  boolean isAxis(String dimension) {
    return sizes.getOrDefault(dimension, 1L) > 1;
  }

  /**
   * Places a factor along the first of some axes with room for all of it, or along two.
   *
   * @return by axis, how much of it
   */
  Optional<Map<String, Long>> take(List<String> along, long factor) {
    for (String axis : along) {
      if (left.getOrDefault(axis, 1L) >= factor) {
        return Optional.of(taken(Map.of(axis, factor)));
      }
    }
    for (String a : along) {
      for (String b : along) {
        for (long part = left.getOrDefault(a, 1L); part > 1 && !a.equals(b); part--) {
          if (factor % part == 0 && left.getOrDefault(b, 1L) >= factor / part) {
            return Optional.of(taken(new LinkedHashMap<>(Map.of(a, part, b, factor / part))));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Map<String, Long> taken(Map<String, Long> parts) {
    parts.forEach((axis, part) -> left.merge(axis, part, (l, p) -> l / p));
    return parts;
  }

  /** {@code X}, {@code X (8) and Y (2)}. */
  static String names(Map<String, Long> parts) {
    return parts.size() == 1
        ? parts.keySet().iterator().next()
        : parts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .collect(Collectors.joining(" and "));
  }
}
