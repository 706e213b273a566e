package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Walks through the steps of a result; section 3 of {@code docs/model.md}. A slot's value is told
 * by how many points have gone into it: 0 when it is empty.
 */
final class ResultStepper extends Stepper {
  /** Parts of a word's sum on their way. */
  private record Parts(long word, long points) {}

  /** By level and instance, the slots. */
  private final List<NavigableMap<Long, TreeMap<Long, Long>>> slots = new ArrayList<>();

  ResultStepper(Compiled compiled, Compiled.Tensor tensor) {
    super(compiled, tensor);
  }

  @Override
  void begin() {
    for (int level = 0; level < levels; level++) {
      slots.add(new TreeMap<>());
      book.largest(level, touched.largest(level));
    }
    for (Map.Entry<Long, long[]> e : touched.tiles(0, 0).entrySet()) {
      for (long word : e.getValue()) {
        slotsOf(0, e.getKey()).put(word, 0L);
      }
    }
  }

  private Map<Long, Long> slotsOf(int level, long instance) {
    return slots.get(level).computeIfAbsent(instance, k -> new TreeMap<>());
  }

  /** How many instances of a level share one of the level above. */
  private long fan(int level) {
    int to = level < levels ? tensor.memory[level] : compiled.architecture.nodes().size();
    return book.instancesBetween(tensor.memory[level - 1], to);
  }

  @Override
  void step(long time, int changed) {
    List<SortedMap<Long, List<Long>>> dropped = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      dropped.add(
          level < changed ? new TreeMap<>() : dropping(level, time, dropped.get(level - 1)));
    }
    for (int level = levels - 1; level >= changed; level--) {
      leave(level, dropped.get(level));
    }
    for (int level = changed; level < levels; level++) {
      enter(level, tiles(level, time));
    }
    compute(tiles(levels, time));
  }

  /** What each instance drops: by its own new tile, or because its parent does. */
  private SortedMap<Long, List<Long>> dropping(
      int level, long time, SortedMap<Long, List<Long>> above) {
    NavigableMap<Long, long[]> tiles = tiles(level, time);
    SortedMap<Long, List<Long>> dropped = new TreeMap<>();
    slots
        .get(level)
        .forEach(
            (instance, held) -> {
              long[] tile = tiles.get(instance);
              List<Long> parent = above.getOrDefault(instance / fan(level), List.of());
              List<Long> words =
                  held.keySet().stream()
                      .filter(w -> tile != null ? !Touched.contains(tile, w) : parent.contains(w))
                      .toList();
              if (!words.isEmpty()) {
                dropped.put(instance, words);
              }
            });
    return dropped;
  }

  private void leave(int level, SortedMap<Long, List<Long>> dropped) {
    SortedMap<Long, List<Parts>> parts = new TreeMap<>();
    dropped.forEach(
        (instance, words) -> {
          List<Parts> list = new ArrayList<>();
          for (long word : words) {
            Long points = slotsOf(level, instance).remove(word);
            if (points == null || points == 0) {
              throw new IllegalStateException("a word leaves without a value");
            }
            book.drain(tensor.memory[level], instance, complete(word, points));
            list.add(new Parts(word, points));
          }
          parts.put(instance, list);
        });
    deliver(level, parts);
  }

  private boolean complete(long word, long points) {
    return points == touched.touches(word);
  }

  /** Takes parts up to the parent, adding them up on the way where the networks do. */
  private void deliver(int level, SortedMap<Long, List<Parts>> parts) {
    SortedMap<Long, List<Parts>> rising = parts;
    int at = level < levels ? tensor.memory[level] : compiled.architecture.nodes().size();
    for (int f : between(level)) {
      rising = regroup(rising, book.instancesBetween(f, at));
      at = f;
      for (Map.Entry<Long, List<Parts>> e : rising.entrySet()) {
        e.getValue().forEach(p -> book.update(f, e.getKey(), complete(p.word, p.points)));
        if (fanout(f).reduce()) {
          TreeMap<Long, Long> sums = new TreeMap<>();
          e.getValue().forEach(p -> sums.merge(p.word, p.points, Long::sum));
          List<Parts> reduced = new ArrayList<>();
          sums.forEach((word, points) -> reduced.add(new Parts(word, points)));
          e.setValue(reduced);
        }
      }
    }
    rising = regroup(rising, book.instancesBetween(tensor.memory[level - 1], at));
    rising.forEach((instance, list) -> list.forEach(p -> store(level - 1, instance, p)));
  }

  private void store(int level, long instance, Parts p) {
    Map<Long, Long> held = slotsOf(level, instance);
    Long points = held.get(p.word);
    if (points == null) {
      throw new IllegalStateException("a word arrives where it is not held");
    }
    book.update(tensor.memory[level], instance, complete(p.word, p.points));
    if (points > 0) {
      book.reads(tensor.memory[level], instance, 1);
    }
    held.put(p.word, points + p.points);
  }

  private void enter(int level, NavigableMap<Long, long[]> tiles) {
    tiles.forEach(
        (instance, tile) -> {
          Map<Long, Long> held = slotsOf(level, instance);
          for (long word : tile) {
            if (!held.containsKey(word)) {
              long points = start(level, instance, word);
              held.put(word, points);
              if (points > 0) {
                book.fills(tensor.memory[level], instance, 1);
              }
            }
          }
        });
  }

  /** Moves the parent's value down, if it has one; instances come in order, the lowest first. */
  private long start(int level, long instance, long word) {
    Map<Long, Long> above = slotsOf(level - 1, instance / fan(level));
    Long points = above.get(word);
    if (points == null) {
      throw new IllegalStateException("a word enters that the parent does not hold");
    }
    if (points == 0) {
      return 0;
    }
    above.put(word, 0L);
    book.reads(tensor.memory[level - 1], instance / fan(level), 1);
    int to = level < levels ? tensor.memory[level] : compiled.architecture.nodes().size();
    for (int f : between(level)) {
      book.reads(f, instance / book.instancesBetween(f, to), 1);
    }
    return points;
  }

  private void compute(NavigableMap<Long, long[]> tiles) {
    SortedMap<Long, List<Parts>> parts = new TreeMap<>();
    tiles.forEach(
        (instance, tile) -> {
          for (long word : tile) {
            long points = start(levels, instance, word);
            parts
                .computeIfAbsent(instance, k -> new ArrayList<>())
                .add(new Parts(word, points + 1));
          }
        });
    deliver(levels, parts);
  }

  @Override
  void end() {
    for (int level = levels - 1; level > 0; level--) {
      SortedMap<Long, List<Long>> all = new TreeMap<>();
      slots.get(level).forEach((instance, held) -> all.put(instance, List.copyOf(held.keySet())));
      leave(level, all);
    }
  }
}
