package org.einloom.description;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.mapping.Nest;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * Recognises row-stationary mappings (Y.-H. Chen, J. Emer, V. Sze, "Eyeriss: A Spatial Architecture
 * for Energy-Efficient Dataflow for Convolutional Neural Networks", ISCA 2016, section V): each
 * element works on one-dimensional convolutions, of a row of the filter with a row of the input;
 * the rows of the filter are spread in one direction of the array and the rows of the result in
 * another. Which of the two directions of a picture is called a row does not matter.
 */
final class RowStationary {
  /** A result position and a kernel position that together say where the input is. */
  private record Window(String result, String kernel) {}

  private RowStationary() {}

  /**
   * Whether the mapping is row stationary in these memories.
   *
   * @param memories side by side, below the fanouts that form the array
   */
  static boolean is(Einsum einsum, Architecture path, LoopTree mapping, List<String> memories) {
    int first = memories.stream().mapToInt(path::indexOf).min().orElseThrow();
    boolean elements =
        path.nodes().subList(0, first).stream().anyMatch(Fanout.class::isInstance)
            && path.nodes().subList(first, path.nodes().size()).stream()
                .noneMatch(Fanout.class::isInstance);
    if (!elements || !keepsAll(einsum, mapping, memories)) {
      return false;
    }
    List<Window> windows = windows(einsum);
    for (Window across : windows) {
      for (Window along : windows) {
        if (!across.equals(along)
            && isSpread(einsum, mapping, across)
            && isRowByRow(einsum, mapping, along, memories)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Each element keeps rows of all three. */
  private static boolean keepsAll(Einsum einsum, LoopTree mapping, List<String> memories) {
    Set<String> kept = new HashSet<>();
    mapping.nodes().stream()
        .filter(n -> n instanceof Storage s && memories.contains(s.memory()))
        .forEach(n -> kept.add(((Storage) n).tensor()));
    return einsum.tensors().stream().allMatch(t -> kept.contains(t.name()));
  }

  private static List<Window> windows(Einsum einsum) {
    List<Window> windows = new ArrayList<>();
    for (TensorAccess input : einsum.operands()) {
      for (TensorAccess.Rank rank : input.ranks()) {
        List<String> names = rank.expression().terms().stream().map(Affine.Term::variable).toList();
        if (names.size() == 2) {
          String a = names.get(0);
          String b = names.get(1);
          boolean result = einsum.output().indexedBy(a) && !einsum.output().indexedBy(b);
          if (result && ofWeights(einsum, b)) {
            windows.add(new Window(a, b));
          }
        }
      }
    }
    return windows;
  }

  private static boolean ofWeights(Einsum einsum, String variable) {
    return einsum.operands().stream()
        .anyMatch(t -> t.role() == Role.WEIGHT && t.indexedBy(variable));
  }

  /** Filter rows in one direction of the array, result rows in another. */
  private static boolean isSpread(Einsum einsum, LoopTree mapping, Window w) {
    Set<String> results = directions(einsum, mapping, w.result());
    Set<String> kernels = directions(einsum, mapping, w.kernel());
    Set<String> both = new HashSet<>(results);
    both.addAll(kernels);
    // results may be folded onto the direction of the filter as well
    return !results.isEmpty() && !kernels.isEmpty() && both.size() > 1;
  }

  private static Set<String> directions(Einsum einsum, LoopTree mapping, String variable) {
    Set<String> directions = new HashSet<>();
    for (Nest.Bound b : Nest.of(einsum, mapping).loops()) {
      if (b.loop() instanceof Spatial s && b.count() > 1 && s.variable().equals(variable)) {
        directions.add(s.fanout() + "." + s.dimension());
      }
    }
    return directions;
  }

  /** Positions along a row come one after the other, a whole row of the filter in each element. */
  private static boolean isRowByRow(
      Einsum einsum, LoopTree mapping, Window w, List<String> memories) {
    if (!directions(einsum, mapping, w.result()).isEmpty()
        || !directions(einsum, mapping, w.kernel()).isEmpty()) {
      return false;
    }
    boolean below = false;
    boolean steps = false;
    for (Nest.Bound b : Nest.of(einsum, mapping).loops()) {
      Loop loop = b.loop();
      below = below || isBelow(mapping, b.node(), memories, einsum);
      if (loop instanceof Temporal && b.count() > 1 && loop.variable().equals(w.kernel())) {
        if (!below) {
          return false; // elements hold only a part of the row at a time
        }
        steps = true;
      }
    }
    return steps;
  }

  /** Whether the element's storage of weights stands above that node. */
  private static boolean isBelow(LoopTree mapping, int node, List<String> memories, Einsum einsum) {
    for (int i = 0; i < node; i++) {
      if (mapping.nodes().get(i) instanceof Storage s
          && memories.contains(s.memory())
          && einsum.tensor(s.tensor()).role() == Role.WEIGHT) {
        return true;
      }
    }
    return false;
  }
}
