package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.einloom.counts.SparseFlow;
import org.einloom.density.ActualDensity;
import org.einloom.density.BandedDensity;
import org.einloom.density.Box;
import org.einloom.density.Density;
import org.einloom.density.PowerLawDensity;
import org.einloom.format.Occupancy;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.model.sparse.JointPlaces.Factor;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.TensorAccess;

/**
 * What moves of a tensor that is stored compressed, where both what its words take and whether they
 * are needed depend on the place: the mean of the product, not the product of means.
 */
final class PlacedWords {
  private final Sparsity sparsity;
  private final LoopSet loops;
  private final Chances chances;

  PlacedWords(Sparsity sparsity, LoopSet loops, Chances chances) {
    this.sparsity = sparsity;
    this.loops = loops;
    this.chances = chances;
  }

  /**
   * Whether this is so, or some words are asked for more often than others, of a tensor on its way
   * to a place.
   *
   * @param place of the child; the number of its memories for the compute
   */
  boolean needed(TensorAccess t, int place, Link link) {
    List<String> memories = loops.memories(t);
    boolean compressed = memories.stream().anyMatch(m -> sparsity.format(m, t).compresses());
    Density density = sparsity.density(t);
    boolean uneven =
        density instanceof BandedDensity
            || density instanceof ActualDensity
            || density instanceof PowerLawDensity;
    if (!compressed || !uneven) {
      return false;
    }
    boolean windows = t.ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
    if (windows && (place < memories.size() || !chances.jointly())) {
      throw chances.refuse(
          "the density of '"
              + t.name()
              + "' depends on the place, and some of its words are read more often than others");
    }
    boolean others =
        link.done().regions().entrySet().stream()
            .anyMatch(e -> e.getValue().stream().anyMatch(r -> !chances.even(e.getKey(), r)));
    if (others && !chances.jointly()) {
      throw chances.refuse(
          "the density of '" + t.name() + "' depends on the place, and so do those of its leaders");
    }
    return windows || others;
  }

  /**
   * Words that are read.
   *
   * @param words how many if none were left out
   * @param request the loops that choose what is asked for at once
   * @param as the memory as whose format stores them they are counted
   * @param merged loops whose iterations ask for the same
   */
  SparseFlow reads(
      TensorAccess t,
      double words,
      BitSet request,
      String as,
      Link data,
      Link metadata,
      BitSet merged) {
    TensorFormat format = sparsity.format(as, t);
    Density density = sparsity.density(t);
    var stored = new ArrayList<Factor>();
    if (format.leavesOutZeros()) {
      stored.add(factor(t, request, density::expectedOccupied));
      stored.add(
          factor(
              t,
              loops.above(as, t),
              b -> size(format, t, b).words() - density.expectedOccupied(b)));
    } else {
      stored.add(factor(t, loops.above(as, t), b -> size(format, t, b).words()));
    }
    return flow(t, words, as, stored, data, metadata, merged);
  }

  /** Words that fill a memory. */
  SparseFlow fills(TensorAccess t, double words, String memory, Link data) {
    TensorFormat format = sparsity.format(memory, t);
    Factor stored = factor(t, loops.above(memory, t), b -> size(format, t, b).words());
    return flow(t, words, memory, List.of(stored), data, data, new BitSet());
  }

  private SparseFlow flow(
      TensorAccess t,
      double words,
      String as,
      List<Factor> stored,
      Link data,
      Link metadata,
      BitSet merged) {
    Factor bits =
        factor(t, loops.above(as, t), b -> size(sparsity.format(as, t), t, b).metadataBits());
    double all = mean(stored, new Conditions(loops), merged);
    double notSkipped = mean(stored, data.notSkipped(), merged);
    double done = mean(stored, data.done(), merged);
    double bitsNotSkipped = mean(List.of(bits), metadata.notSkipped(), merged);
    double bitsDone = mean(List.of(bits), metadata.done(), merged);
    return new SparseFlow(
        words,
        words * done,
        words * Math.max(0, notSkipped - done),
        words * Math.max(0, all - notSkipped),
        words * bitsDone,
        words * Math.max(0, bitsNotSkipped - bitsDone));
  }

  private double mean(List<Factor> sum, Conditions conditions, BitSet merged) {
    double mean = 0;
    for (Factor f : sum) {
      mean += chances.any(conditions, merged, new BitSet(), Optional.of(f));
    }
    return mean;
  }

  /** A figure of a tile, by word of it. */
  private static Factor factor(TensorAccess t, BitSet fixed, ToDoubleFunction<Box> figure) {
    return new Factor(t, fixed, b -> figure.applyAsDouble(b) / (double) b.words());
  }

  private Size size(TensorFormat format, TensorAccess t, Box tile) {
    return format.compresses()
        ? Occupancy.expected(format, sparsity.density(t), tile)
        : new Size(0, tile.words());
  }
}
