package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.einloom.arch.Fanout;

/**
 * Counts one tensor by walking through its steps. All points of the iteration space are sorted by
 * the step and the instance of each node that handles them; what a node holds is then read off,
 * step by step.
 */
abstract sealed class Stepper permits OperandStepper, ResultStepper {
  final Compiled compiled;
  final Compiled.Tensor tensor;
  final Touched touched;
  final Book book;

  /** Levels of storage; the computes are one more. */
  final int levels;

  Stepper(Compiled compiled, Compiled.Tensor tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
    levels = tensor.depth.length;
    touched = new Touched(compiled, tensor);
    book = new Book(compiled, tensor);
  }

  /**
   * The tensor's exact counts.
   *
   * @throws org.einloom.workload.InvalidSpecException when there are too many points to walk
   *     through
   */
  static Stepped step(Compiled compiled, Compiled.Tensor tensor) {
    Stepper stepper =
        tensor.result ? new ResultStepper(compiled, tensor) : new OperandStepper(compiled, tensor);
    stepper.run();
    return stepper.book;
  }

  private void run() {
    begin();
    long before = -1;
    for (long time : touched.times()) {
      int changed = levels;
      for (int level = levels - 1; level > 0; level--) {
        if (before < 0 || touched.step(level, time) != touched.step(level, before)) {
          changed = level;
        }
      }
      step(time, changed);
      before = time;
    }
    end();
  }

  abstract void begin();

  /**
   * One step of the computes.
   *
   * @param changed the outermost level below the first for which it is a new step, too
   */
  abstract void step(long time, int changed);

  abstract void end();

  /** The tiles of a level's active instances in the step of that time, by instance. */
  NavigableMap<Long, long[]> tiles(int level, long time) {
    return touched.tiles(level, touched.step(level, time));
  }

  /** The fanouts that traffic between a level and the one above it crosses, innermost first. */
  List<Integer> between(int level) {
    int from = tensor.memory[level - 1];
    int to = level < levels ? tensor.memory[level] : compiled.architecture.nodes().size();
    List<Integer> fanouts = new ArrayList<>();
    for (int i = to - 1; i > from; i--) {
      if (compiled.architecture.nodes().get(i) instanceof Fanout) {
        fanouts.add(i);
      }
    }
    return fanouts;
  }

  Fanout fanout(int node) {
    return (Fanout) compiled.architecture.nodes().get(node);
  }

  /** Collects what belongs to the same instance of a component further out. */
  static <T> SortedMap<Long, List<T>> regroup(SortedMap<Long, List<T>> lists, long instancesEach) {
    SortedMap<Long, List<T>> grouped = new TreeMap<>();
    lists.forEach(
        (instance, list) ->
            grouped.computeIfAbsent(instance / instancesEach, k -> new ArrayList<>()).addAll(list));
    return grouped;
  }
}
