package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.einloom.arch.Fanout.Multicast;

/** Walks through the steps of an operand; section 2 of {@code docs/model.md}. */
final class OperandStepper extends Stepper {
  /** By level and instance, the tile held. */
  private final List<Map<Long, long[]>> held = new ArrayList<>();

  OperandStepper(Compiled compiled, Compiled.Tensor tensor) {
    super(compiled, tensor);
  }

  @Override
  void begin() {
    for (int level = 0; level < levels; level++) {
      held.add(new HashMap<>());
      book.largest(level, touched.largest(level));
    }
  }

  @Override
  void step(long time, int changed) {
    for (int level = changed; level <= levels; level++) {
      SortedMap<Long, List<long[]>> requests = new TreeMap<>();
      for (Map.Entry<Long, long[]> e : tiles(level, time).entrySet()) {
        long[] wanted = e.getValue();
        if (level < levels) {
          long[] had = held.get(level).getOrDefault(e.getKey(), Words.EMPTY);
          held.get(level).put(e.getKey(), wanted);
          wanted = Arrays.stream(wanted).filter(w -> !Touched.contains(had, w)).toArray();
          book.fills(tensor.memory[level], e.getKey(), wanted.length);
        }
        if (wanted.length > 0) {
          requests.put(e.getKey(), new ArrayList<>(List.of(wanted)));
        }
      }
      ask(level, requests);
    }
  }

  @Override
  void end() {}

  /** Takes requests up to the parent, merging them on the way. */
  private void ask(int level, SortedMap<Long, List<long[]>> requests) {
    SortedMap<Long, List<long[]>> rising = requests;
    int at = level < levels ? tensor.memory[level] : compiled.architecture.nodes().size();
    for (int f : between(level)) {
      rising = regroup(rising, book.instancesBetween(f, at));
      at = f;
      for (Map.Entry<Long, List<long[]>> e : rising.entrySet()) {
        e.getValue().forEach(set -> book.reads(f, e.getKey(), set.length));
        e.setValue(merge(fanout(f).multicast(), e.getValue()));
      }
    }
    rising = regroup(rising, book.instancesBetween(tensor.memory[level - 1], at));
    rising.forEach(
        (instance, sets) ->
            sets.forEach(set -> book.reads(tensor.memory[level - 1], instance, set.length)));
  }

  private static List<long[]> merge(Multicast multicast, List<long[]> sets) {
    return switch (multicast) {
      case NONE -> sets;
      case TILES -> {
        TreeSet<long[]> different = new TreeSet<>(Arrays::compare);
        different.addAll(sets);
        yield List.copyOf(different);
      }
      case WORDS ->
          List.of(sets.stream().flatMapToLong(Arrays::stream).distinct().sorted().toArray());
    };
  }
}
