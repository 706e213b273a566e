package org.einloom.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * What the heuristic mapper chooses among: one slot of temporal loops per memory, one of spatial
 * loops per dimension of a fanout, in the order of the architecture. Variables, tensors, memories
 * and slots are numbered; slot 0 is below the outermost memory.
 */
final class Space {
  final Einsum einsum;
  final Architecture architecture;
  final List<Slot> slots = new ArrayList<>();
  final List<Memory> memories;
  final List<TensorAccess> tensors;
  final long[] extent;

  /** The memory that a temporal slot belongs to unless a candidate swaps it with a neighbour. */
  final int[] memoryOf;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final boolean[][] indexes;
  private final boolean[][] allowed;

  Space(Einsum einsum, Architecture architecture) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.memories = architecture.memories();
    this.tensors = einsum.tensors();
    this.extent = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    List<Integer> owners = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      switch (node) {
        case Memory m -> {
          slots.add(new Slot.Temporal());
          owners.add(memories.indexOf(m));
        }
        case Fanout f -> {
          for (Fanout.Dimension d : f.dimensions()) {
            slots.add(new Slot.Spatial(f, d));
            owners.add(-1);
          }
        }
        case Toll t -> {}
        case Compute c -> {}
      }
    }
    memoryOf = owners.stream().mapToInt(Integer::intValue).toArray();
    for (int v = 0; v < extent.length; v++) {
      numbers.put(variable(v), v);
    }
    indexes = new boolean[tensors.size()][extent.length];
    allowed = new boolean[slots.size()][extent.length];
    for (int v = 0; v < extent.length; v++) {
      for (int t = 0; t < tensors.size(); t++) {
        indexes[t][v] = tensors.get(t).indexedBy(variable(v));
      }
      for (int s = 0; s < slots.size(); s++) {
        allowed[s][v] = mayLoop(slots.get(s), variable(v));
      }
    }
  }

  int variables() {
    return extent.length;
  }

  String variable(int v) {
    return einsum.variables().get(v).name();
  }

  /** Whether the coordinates of the tensor depend on the variable. */
  boolean indexes(int tensor, int v) {
    return indexes[tensor][v];
  }

  /** Whether a loop over the variable may stand in the slot. */
  boolean allowed(int slot, int v) {
    return allowed[slot][v];
  }

  boolean temporal(int slot) {
    return slots.get(slot) instanceof Slot.Temporal;
  }

  /** Iterations that the slot can take at most: children along its dimension. */
  long size(int slot) {
    return slots.get(slot) instanceof Slot.Spatial s ? s.dimension().size() : Long.MAX_VALUE;
  }

  /**
   * An upper bound of the words that a tile of these sizes touches, tight for the tiles of products
   * and convolutions: in each rank no more than the points, the span, or the whole.
   */
  double words(int tensor, long[] tile) {
    double words = 1;
    for (TensorAccess.Rank rank : tensors.get(tensor).ranks()) {
      double points = 1;
      double span = 1;
      for (Affine.Term term : rank.expression().terms()) {
        double size = tile[numbers.getOrDefault(term.variable(), -1)];
        points *= size;
        span += Math.abs((double) term.coefficient()) * (size - 1);
      }
      words *= Math.min((double) rank.size(), Math.min(points, span));
    }
    return words;
  }

  private boolean mayLoop(Slot slot, String variable) {
    return switch (slot) {
      case Slot.Temporal t -> true;
      case Slot.Spatial s -> tensors.stream().allMatch(t -> s.dimension().allows(t, variable));
    };
  }
}
