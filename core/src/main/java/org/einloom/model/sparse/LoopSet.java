package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.einloom.density.Box;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.Nest;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * The loops of a mapping whose tiles divide, by number from the outermost, those that iterate once
 * left out of all sets. With some of them fixed, the points that remain touch of every tensor a
 * region.
 */
final class LoopSet {
  private final Einsum einsum;
  private final LoopTree mapping;
  private final List<Nest.Bound> loops;

  LoopSet(Einsum einsum, LoopTree mapping) {
    this.einsum = einsum;
    this.mapping = mapping;
    this.loops = Nest.of(einsum, mapping).loops();
  }

  /** Loops over variables that index the tensor. */
  BitSet relevant(TensorAccess tensor) {
    return loops(b -> tensor.indexedBy(b.loop().variable()));
  }

  /** Loops over the children of the fanout. */
  BitSet spread(String fanout) {
    return loops(b -> b.loop() instanceof Spatial s && s.fanout().equals(fanout));
  }

  BitSet temporal() {
    return loops(b -> !(b.loop() instanceof Spatial));
  }

  BitSet all() {
    return loops(b -> true);
  }

  /** Loops above the storage node of a tensor at a memory. */
  BitSet above(String memory, TensorAccess tensor) {
    int node = mapping.nodes().indexOf(new Storage(memory, tensor.name()));
    return loops(b -> b.node() < node);
  }

  private BitSet loops(java.util.function.Predicate<Nest.Bound> which) {
    var set = new BitSet();
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).count() > 1 && which.test(loops.get(i))) {
        set.set(i);
      }
    }
    return set;
  }

  /** The memories that keep a tensor, outermost first. */
  List<String> memories(TensorAccess tensor) {
    var memories = new ArrayList<String>();
    for (MappingNode n : mapping.nodes()) {
      if (n instanceof Storage s && s.tensor().equals(tensor.name())) {
        memories.add(s.memory());
      }
    }
    return memories;
  }

  /**
   * What is fixed while an instance of a storage node keeps its tile: the spatial loops above it,
   * and the temporal ones above it as far in as the last that moves the tile.
   */
  BitSet visit(String memory, TensorAccess tensor) {
    BitSet fixed = above(memory, tensor);
    var moving = (BitSet) fixed.clone();
    moving.and(relevant(tensor));
    moving.and(temporal());
    int last = moving.length() - 1;
    BitSet inside = temporal();
    inside.clear(0, last + 1);
    fixed.andNot(inside);
    return fixed;
  }

  /** How often a loop iterates. */
  long count(int loop) {
    return loops.get(loop).count();
  }

  /** How often the loops of a set iterate together. */
  long iterations(BitSet set) {
    return set.stream().mapToLong(i -> loops.get(i).count()).reduce(1, Math::multiplyExact);
  }

  /** How many values a variable takes while these loops are fixed. */
  private long values(String variable, BitSet fixed) {
    long values = 1;
    for (int i = 0; i < loops.size(); i++) {
      if (!fixed.get(i) && loops.get(i).loop().variable().equals(variable)) {
        values *= loops.get(i).count();
      }
    }
    return values;
  }

  /** How many words of a tensor are touched while these loops are fixed. */
  long words(TensorAccess tensor, BitSet fixed) {
    long words = 1;
    for (TensorAccess.Rank r : tensor.ranks()) {
      words = Math.multiplyExact(words, extent(tensor, r.expression(), fixed));
    }
    return words;
  }

  private long extent(TensorAccess tensor, Affine rank, BitSet fixed) {
    if (rank.terms().size() == 1) {
      return values(rank.terms().getFirst().variable(), fixed);
    }
    long reach = 1;
    var terms = new ArrayList<>(rank.terms());
    terms.sort(java.util.Comparator.comparingLong(t -> Math.abs(t.coefficient())));
    for (Affine.Term t : terms) {
      long values = values(t.variable(), fixed);
      if (values > 1 && (!isRange(t.variable(), fixed) || Math.abs(t.coefficient()) > reach)) {
        throw gaps(tensor, rank);
      }
      reach += Math.abs(t.coefficient()) * (values - 1);
    }
    return reach;
  }

  private InvalidSpecException gaps(TensorAccess tensor, Affine rank) {
    return new InvalidSpecException(
        "'%s' cannot be counted with sparse tensors under this mapping: rank '%s' of '%s' is touched with gaps, which is not modelled; spread or order its loops otherwise"
            .formatted(einsum.name(), rank, tensor.name()));
  }

  /** Whether the values that a variable takes are neighbours: its free loops are its innermost. */
  private boolean isRange(String variable, BitSet fixed) {
    boolean free = false;
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).count() > 1 && loops.get(i).loop().variable().equals(variable)) {
        if (free && fixed.get(i)) {
          return false;
        }
        free |= !fixed.get(i);
      }
    }
    return true;
  }

  /** The free loops of a tensor's variables that cut what it touches into several tiles. */
  BitSet gaps(TensorAccess tensor, BitSet fixed) {
    var gaps = new BitSet();
    BitSet own = relevant(tensor);
    for (int i = own.nextSetBit(0); i >= 0; i = own.nextSetBit(i + 1)) {
      for (int j = fixed.nextSetBit(i + 1); j >= 0 && !fixed.get(i); j = fixed.nextSetBit(j + 1)) {
        if (loops.get(i).loop().variable().equals(loops.get(j).loop().variable())) {
          gaps.set(i);
        }
      }
    }
    return gaps;
  }

  /** Whether the words that are touched are a tile. */
  boolean isBox(TensorAccess tensor, BitSet fixed) {
    return tensor.ranks().stream()
        .flatMap(r -> r.expression().terms().stream())
        .allMatch(t -> isRange(t.variable(), fixed));
  }

  /** The extents of the tile that is touched. */
  List<Long> extents(TensorAccess tensor, BitSet fixed) {
    return tensor.ranks().stream().map(r -> extent(tensor, r.expression(), fixed)).toList();
  }

  /** Whether tiles stand on the grid of their own extents. */
  boolean onGrid(TensorAccess tensor) {
    return tensor.ranks().stream()
        .allMatch(
            r ->
                r.expression().offset() == 0
                    && r.expression().terms().size() <= 1
                    && r.expression().terms().stream().allMatch(t -> t.coefficient() == 1));
  }

  /**
   * The tiles that are touched, one for every iteration of the fixed loops that move them.
   *
   * @param zero those of them that stay at their first iteration
   */
  List<Box> boxes(TensorAccess tensor, BitSet fixed, BitSet zero) {
    BitSet moving = relevant(tensor);
    moving.and(fixed);
    moving.andNot(zero);
    int[] counts = moving.stream().toArray();
    if (iterations(moving) > 5_000_000) {
      throw new InvalidSpecException(
          "'%s' cannot be counted with sparse tensors under this mapping: %d places of '%s' to look at one by one, of at most 5,000,000; use larger tiles or a density that is even"
              .formatted(einsum.name(), iterations(moving), tensor.name()));
    }
    List<Long> extents = extents(tensor, fixed);
    var boxes = new ArrayList<Box>();
    var index = new long[loops.size()];
    while (true) {
      var low = new ArrayList<Long>();
      for (TensorAccess.Rank r : tensor.ranks()) {
        low.add(low(r.expression(), index, fixed));
      }
      boxes.add(new Box(low, extents));
      int i = counts.length - 1;
      for (; i >= 0; i--) {
        if (++index[counts[i]] < loops.get(counts[i]).count()) {
          break;
        }
        index[counts[i]] = 0;
      }
      if (i < 0) {
        return boxes;
      }
    }
  }

  private long low(Affine rank, long[] index, BitSet fixed) {
    long low = rank.offset();
    for (Affine.Term t : rank.terms()) {
      long value = 0;
      for (int i = 0; i < index.length; i++) {
        if (loops.get(i).loop().variable().equals(t.variable())) {
          value += index[i] * loops.get(i).loop().tile();
        }
      }
      low += t.coefficient() * value;
      low += t.coefficient() < 0 ? t.coefficient() * (values(t.variable(), fixed) - 1) : 0;
    }
    return low;
  }
}
