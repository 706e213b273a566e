package org.einloom.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The instances of one component, told by the indices of the spatial loops above it, and how they
 * fall into groups of variables whose indices do not influence each other's counts.
 */
final class Instances {
  private final Compiled compiled;

  /** The loops that make instances: spatial loops of fanouts above the component. */
  private final boolean[] fixed;

  /** Group of each variable: variables joined by some rank of some tensor. */
  final int[] groupOf;

  final int groups;

  Instances(Compiled compiled, int architectureNode) {
    this.compiled = compiled;
    fixed = new boolean[compiled.loopVariable.length];
    for (int l = 0; l < fixed.length; l++) {
      fixed[l] = !compiled.temporal(l) && compiled.loopFanout[l] < architectureNode;
    }
    int[] root = new int[compiled.variables];
    for (int v = 0; v < root.length; v++) {
      root[v] = v;
    }
    for (Compiled.Tensor t : compiled.tensors) {
      for (Compiled.Rank r : t.ranks) {
        for (int i = 1; i < r.variable.length; i++) {
          join(root, r.variable[0], r.variable[i]);
        }
      }
    }
    groupOf = new int[root.length];
    int n = 0;
    for (int v = 0; v < root.length; v++) {
      groupOf[v] = root[v] == v ? n++ : groupOf[root[v]];
    }
    groups = Math.max(1, n);
  }

  private static void join(int[] root, int a, int b) {
    int low = Math.min(root[a], root[b]);
    int high = Math.max(root[a], root[b]);
    for (int v = 0; v < root.length; v++) {
      if (root[v] == high) {
        root[v] = low;
      }
    }
  }

  boolean isFixed(int loop) {
    return fixed[loop];
  }

  /**
   * Index vectors of some instances of a group and how many instances each stands for.
   *
   * @param index by loop; zero for loops of other groups
   * @param count instances that count the same
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Choice(long[] index, long count) {}

  /**
   * Index vectors of a group that stand for all of its instances.
   *
   * @param uniform whether an index matters only by being zero or not
   * @param zeroMatters by loop, whether even that matters
   */
  List<Choice> choices(int group, boolean uniform, boolean[] zeroMatters) {
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice(new long[fixed.length], 1));
    for (int l = 0; l < fixed.length; l++) {
      if (!fixed[l] || groupOf[compiled.loopVariable[l]] != group || compiled.loopCount[l] == 1) {
        continue;
      }
      long count = compiled.loopCount[l];
      List<Choice> next = new ArrayList<>();
      for (Choice c : choices) {
        if (uniform && !zeroMatters[l]) {
          next.add(new Choice(c.index, Limits.multiply(c.count, count)));
        } else if (uniform) {
          next.add(c);
          next.add(new Choice(with(c.index, l, 1), Limits.multiply(c.count, count - 1)));
        } else {
          Limits.check(Limits.multiply(choices.size(), count));
          for (long i = 0; i < count; i++) {
            next.add(new Choice(with(c.index, l, i), c.count));
          }
        }
      }
      choices = next;
    }
    if (!uniform) {
      choices.removeIf(c -> !used(group, c.index));
    }
    return choices;
  }

  private static long[] with(long[] index, int loop, long value) {
    long[] copy = index.clone();
    copy[loop] = value;
    return copy;
  }

  /** Whether an instance is active in any step; it is in the first, if at all. */
  private boolean used(int group, long[] index) {
    for (int v = 0; v < compiled.variables; v++) {
      if (groupOf[v] != group) {
        continue;
      }
      long length = compiled.extent[v];
      for (int l : compiled.loopsOf[v]) {
        long start = fixed[l] ? index[l] * compiled.loopTile[l] : 0;
        if (start >= length) {
          return false;
        }
        length = Math.min(compiled.loopTile[l], length - start);
      }
    }
    return true;
  }
}
