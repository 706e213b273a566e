package org.einloom.evaluation.timeloop.sparse;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.arch.Figure;

/**
 * What Timeloop's files say of sparse tensors, and what hardware does with them.
 *
 * @param densities by tensor; dense where it does not stand
 * @param levels by memory
 * @param compute what the compute does
 */
public record SparseSpec(
    Map<String, Density> densities, SequencedMap<String, Level> levels, Compute compute) {
  public SparseSpec {
    densities = Map.copyOf(densities);
    levels = java.util.Collections.unmodifiableSequencedMap(new java.util.LinkedHashMap<>(levels));
  }

  /** A tensor's density. */
  public Density density(String tensor) {
    return densities.getOrDefault(tensor, Density.dense());
  }

  /** What a read that brings nothing costs. */
  public enum Saving {
    /** Energy is saved, the time is spent. */
    GATED,
    /** Neither. */
    SKIPPED
  }

  /**
   * One memory.
   *
   * @param formats by tensor, how it is written down; as it is where none stands
   * @param optimizations in the order that they are looked at
   * @param storage its store for metadata
   * @param wordBits of a word of data
   * @param decompresses whether it may hold uncompressed what comes compressed
   * @param compresses whether it may send up compressed what it holds uncompressed
   * @param overbooked whether metadata may exceed its store
   * @param energiesPj by Timeloop's name of a fine action, {@code gated_read}, of one access; none
   *     means that it is free
   */
  public record Level(
      Map<String, Format> formats,
      List<Optimization> optimizations,
      MetadataStore storage,
      long wordBits,
      boolean decompresses,
      boolean compresses,
      boolean overbooked,
      Map<String, Figure> energiesPj) {
    public Level {
      formats = Map.copyOf(formats);
      optimizations = List.copyOf(optimizations);
      energiesPj = Map.copyOf(energiesPj);
    }
  }

  /**
   * The store for metadata.
   *
   * @param wordBits of metadata that no format gives a width
   * @param widthBits of an access; 0 if there is no such store
   * @param capacityBits that an instance holds; empty for any number
   */
  public record MetadataStore(long wordBits, long widthBits, OptionalLong capacityBits) {}

  /**
   * How a tensor is written down.
   *
   * @param ranks innermost first
   * @param fromInside whether ranks are matched with loops from the innermost outwards
   */
  public record Format(List<RankFormat> ranks, boolean fromInside) {
    public Format {
      ranks = List.copyOf(ranks);
    }

    /** Whether zeros take no place. */
    public boolean isCompressed() {
      return ranks.stream().anyMatch(r -> r.kind().isCompressed());
    }

    /** As Timeloop prints it, outermost rank first: {@code uop cp}. */
    public String label() {
      return String.join(" ", ranks.reversed().stream().map(r -> r.kind().label()).toList());
    }
  }

  /**
   * Reads that are left out.
   *
   * @param saving how
   * @param options what is read, and which tensors' zeros decide; the one that saves most is taken
   */
  public record Optimization(Saving saving, List<Option> options) {
    public Optimization {
      options = List.copyOf(options);
    }
  }

  /**
   * One choice.
   *
   * @param target whose reads
   * @param conditions the tensors any of which must be empty there
   */
  public record Option(String target, List<String> conditions) {
    public Option {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * What a compute does about zeros.
   *
   * @param gates whether one with a zero operand is gated
   * @param skips whether one with an operand that is not there is skipped
   * @param energiesPj by {@code gated_compute} and {@code skipped_compute}
   */
  public record Compute(boolean gates, boolean skips, Map<String, Figure> energiesPj) {
    public Compute {
      energiesPj = Map.copyOf(energiesPj);
    }
  }
}
