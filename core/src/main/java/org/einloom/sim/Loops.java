package org.einloom.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.workload.Einsum;

/**
 * The loops of a mapping as they run: the temporal indices count through the steps, the spatial
 * ones name an instance, and together they choose the piece of every rank variable that an instance
 * has to deal with (model.md, section 1).
 */
final class Loops {
  private final long[] extents;
  private final int[] variables;
  private final long[] tiles;
  private final int[] bounds;
  private final boolean[] spatial;
  private final int[] instancesAt;
  private final int[] index;
  private final long[] low;
  private final long[] high;
  private int changed = -1;

  Loops(Einsum einsum, LoopTree mapping) {
    Map<String, Integer> numbers = new HashMap<>();
    extents = new long[einsum.variables().size()];
    for (int v = 0; v < extents.length; v++) {
      numbers.put(einsum.variables().get(v).name(), v);
      extents[v] = einsum.variables().get(v).extent();
    }
    List<Loop> loops =
        mapping.nodes().stream().filter(Loop.class::isInstance).map(Loop.class::cast).toList();
    variables = new int[loops.size()];
    tiles = new long[loops.size()];
    bounds = new int[loops.size()];
    spatial = new boolean[loops.size()];
    long[] outer = extents.clone();
    List<Integer> instances = new ArrayList<>(List.of(1));
    for (int i = 0; i < variables.length; i++) {
      Loop loop = loops.get(i);
      int v = numbers.getOrDefault(loop.variable(), -1);
      variables[i] = v;
      tiles[i] = loop.tile();
      bounds[i] = Math.toIntExact(Math.ceilDiv(outer[v], loop.tile()));
      outer[v] = loop.tile();
      spatial[i] = loop instanceof Spatial;
      if (spatial[i]) {
        instances.add(Math.multiplyExact(instances.getLast(), bounds[i]));
      }
    }
    instancesAt = instances.stream().mapToInt(Integer::intValue).toArray();
    index = new int[variables.length];
    low = new long[extents.length];
    high = new long[extents.length];
  }

  /** How many instances lie below so many spatial loops, the outermost ones. */
  int instances(int spatialLoops) {
    return instancesAt[spatialLoops];
  }

  /** How often a spatial loop iterates over a full tile; the outermost has number 0. */
  int children(int spatialLoop) {
    return instancesAt[spatialLoop + 1] / instancesAt[spatialLoop];
  }

  /**
   * The instance under the outermost {@code to} spatial loops that this instance under {@code from}
   * of them belongs to.
   */
  int ancestor(int instance, int from, int to) {
    return instance / (instancesAt[from] / instancesAt[to]);
  }

  /** Goes on to the next step of the innermost loop; false when there is none. */
  boolean advance() {
    for (int i = index.length - 1; i >= 0; i--) {
      if (!spatial[i]) {
        index[i]++;
        if (index[i] < bounds[i]) {
          changed = i;
          return true;
        }
        index[i] = 0;
      }
    }
    return false;
  }

  /**
   * Whether a node below so many loops, spatial or not, has just begun a step of its own. All have
   * at the start.
   */
  boolean stepBegins(int loopsAbove) {
    return changed < loopsAbove;
  }

  /**
   * Looks at one instance of a node below so many loops in the current step: afterwards {@link
   * #low} and {@link #high} bound the values of every variable that it deals with.
   *
   * @return whether it is active; where it is not, the bounds mean nothing
   */
  boolean locate(int loopsAbove, int instance) {
    int rest = instance;
    for (int i = loopsAbove - 1; i >= 0; i--) {
      if (spatial[i]) {
        index[i] = rest % bounds[i];
        rest /= bounds[i];
      }
    }
    Arrays.fill(low, 0);
    System.arraycopy(extents, 0, high, 0, extents.length);
    for (int i = 0; i < loopsAbove; i++) {
      int v = variables[i];
      low[v] += index[i] * tiles[i];
      if (low[v] >= high[v]) {
        return false;
      }
      high[v] = Math.min(high[v], low[v] + tiles[i]);
    }
    return true;
  }

  /** The first value of every variable; valid until the next call of {@link #locate}. */
  long[] low() {
    return low;
  }

  /** One past the last value of every variable; valid until the next call of {@link #locate}. */
  long[] high() {
    return high;
  }
}
