package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a mapping of sparse tensors makes the hardware do, by Timeloop's rules.
 *
 * @param levels by level, innermost first, what one instance does for each tensor that it keeps
 * @param computes of all instances
 */
public record SparseCounts(List<SequencedMap<String, OfTensor>> levels, Computes computes) {
  public SparseCounts {
    List<SequencedMap<String, OfTensor>> copies = new ArrayList<>();
    levels.forEach(l -> copies.add(Collections.unmodifiableSequencedMap(new LinkedHashMap<>(l))));
    levels = List.copyOf(copies);
  }

  /** Which way words go. */
  public enum Way {
    /** Out of a level. */
    READ,
    /** Into it, from above. */
    FILL,
    /** Into it, from below. */
    UPDATE
  }

  /** What becomes of an access. */
  public enum Fate {
    /** It happens; Timeloop calls it random. */
    ACTUAL,
    /** It costs its time, and little energy. */
    GATED,
    /** It costs no time. */
    SKIPPED
  }

  /** One way and fate. */
  public record Kind(Way way, Fate fate) {
    /** As Timeloop calls it: {@code gated_read}. */
    public String label() {
      return prefix() + suffix();
    }

    /** The same of metadata: {@code gated_metadata_read}. */
    public String metadataLabel() {
      return prefix() + "metadata_" + suffix();
    }

    private String prefix() {
      return switch (fate) {
        case ACTUAL -> "random_";
        case GATED -> "gated_";
        case SKIPPED -> "skipped_";
      };
    }

    private String suffix() {
      return way.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** All of them. */
    public static List<Kind> all() {
      List<Kind> all = new ArrayList<>();
      for (Way way : Way.values()) {
        for (Fate fate : Fate.values()) {
          all.add(new Kind(way, fate));
        }
      }
      return all;
    }
  }

  /** Accesses to what is written of a rank. */
  public record RankAccess(long metadata, long payloads) {
    static final RankAccess NONE = new RankAccess(0, 0);

    RankAccess plus(RankAccess o) {
      return new RankAccess(metadata + o.metadata, payloads + o.payloads);
    }

    RankAccess minus(RankAccess o) {
      return new RankAccess(metadata - o.metadata, payloads - o.payloads);
    }

    /** A share of each, rounded down. */
    RankAccess share(double p) {
      return new RankAccess((long) Math.floor(metadata * p), (long) Math.floor(payloads * p));
    }
  }

  /**
   * What one instance of a level does for a tensor.
   *
   * @param densityLabel of the tensor, as Timeloop calls it
   * @param formatLabel of what is written down, outermost rank first; {@code none}
   * @param density of what the level's tiles hold, on average; empty tiles left out where the level
   *     above knows of them
   * @param instances in use on average, fewer where empty tiles are not sent
   * @param words by kind
   * @param metadata by kind and rank, innermost first; empty lists without a format
   * @param metadataBits by kind
   * @param tileWords of the largest tile, zeros counted
   * @param heldWords the most that are held of a tile
   * @param heldMetadata the same by rank, innermost first
   * @param heldMetadataBits the same in bits
   * @param blockShare by which accesses to blocks exceed those to words divided by their size
   * @param decompressions words that come compressed and are held as they are
   * @param compressions the same on the way up
   * @param temporalReductions additions to what is held
   * @param addressGenerations addresses, of accesses that are not skipped
   */
  public record OfTensor(
      String densityLabel,
      String formatLabel,
      double density,
      double instances,
      Map<Kind, Long> words,
      Map<Kind, List<RankAccess>> metadata,
      Map<Kind, Long> metadataBits,
      long tileWords,
      long heldWords,
      List<RankAccess> heldMetadata,
      long heldMetadataBits,
      double blockShare,
      long decompressions,
      long compressions,
      long temporalReductions,
      long addressGenerations) {
    public OfTensor {
      words = Map.copyOf(words);
      metadata = Map.copyOf(metadata);
      metadataBits = Map.copyOf(metadataBits);
      heldMetadata = List.copyOf(heldMetadata);
    }

    /** Words of a kind. */
    public long words(Way way, Fate fate) {
      return words.getOrDefault(new Kind(way, fate), 0L);
    }

    /** Bits of metadata of a kind. */
    public long metadataBits(Way way, Fate fate) {
      return metadataBits.getOrDefault(new Kind(way, fate), 0L);
    }

    /** Whether anything is written of it. */
    public boolean hasFormat() {
      return !heldMetadata.isEmpty();
    }
  }

  /**
   * Computes.
   *
   * @param algorithmic of dense tensors
   * @param actual that happen
   * @param gated that cost their time
   * @param skipped that are known of, and cost none
   */
  public record Computes(long algorithmic, long actual, long gated, long skipped) {
    Computes withGated(long others) {
      return new Computes(algorithmic, actual, others, skipped);
    }
  }
}
