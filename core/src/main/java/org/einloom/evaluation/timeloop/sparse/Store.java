package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.RankFormat.Units;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Kind;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.RankAccess;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;

/** What is being found out of one tensor at one level that keeps it. */
final class Store {
  final int level;
  final boolean output;
  final DenseCounts.OfTensor dense;
  final Tile tile;
  final DensityModel density;
  final Optional<SparseSpec.Format> format;
  final SparseSpec.Level hardware;

  /** How it is written down; there from the start where all is kept as it is. */
  Optional<Fibertree> tree = Optional.empty();

  /** The words of a tile that are not zero, on average, and what is written of it. */
  double occupied;

  List<Units> units = List.of();
  double instances;

  /** By kind, what happens. */
  final Map<Kind, Long> words = new HashMap<>();

  final Map<Kind, List<RankAccess>> metadata = new HashMap<>();
  long temporalReductions;
  long decompressions;
  long compressions;

  Store(
      int level,
      boolean output,
      DenseCounts.OfTensor dense,
      Tile tile,
      DensityModel density,
      Optional<SparseSpec.Format> format,
      SparseSpec.Level hardware) {
    this.level = level;
    this.output = output;
    this.dense = dense;
    this.tile = tile;
    this.density = density;
    this.format = format;
    this.hardware = hardware;
    temporalReductions = dense.temporalReductions();
  }

  boolean isCompressed() {
    return format.map(SparseSpec.Format::isCompressed).orElse(false);
  }

  int ranks() {
    return format.map(f -> f.ranks().size()).orElse(0);
  }

  double share() {
    return occupied / dense.words();
  }

  long dense(Way way) {
    return switch (way) {
      case READ -> dense.reads();
      case FILL -> dense.fills();
      case UPDATE -> dense.updates();
    };
  }

  long words(Way way, Fate fate) {
    return words.getOrDefault(new Kind(way, fate), 0L);
  }

  void words(Way way, Fate fate, long count) {
    words.put(new Kind(way, fate), count);
  }

  List<RankAccess> metadata(Way way, Fate fate) {
    List<RankAccess> known = metadata.get(new Kind(way, fate));
    if (known != null) {
      return known;
    }
    List<RankAccess> none = new ArrayList<>();
    for (int r = 0; r < ranks(); r++) {
      none.add(RankAccess.NONE);
    }
    return none;
  }

  void metadata(Way way, Fate fate, List<RankAccess> ranks) {
    metadata.put(new Kind(way, fate), List.copyOf(ranks));
  }

  long bits(Kind kind) {
    List<RankAccess> ranks = metadata(kind.way(), kind.fate());
    long bits = 0;
    for (int r = 0; r < ranks.size(); r++) {
      bits += bits(r, ranks.get(r).metadata(), ranks.get(r).payloads());
    }
    return bits;
  }

  private long bits(int rank, long metadataWords, long payloads) {
    RankFormat f = format.orElseThrow().ranks().get(rank);
    return Math.addExact(
        Math.multiplyExact(f.metadataBits(), metadataWords),
        Math.multiplyExact(f.payloadBits(), payloads));
  }

  /** The bits of what is written of a tile, rounded up as a whole. */
  long bits(List<Units> held) {
    double bits = 0;
    for (int r = 0; r < held.size(); r++) {
      RankFormat f = format.orElseThrow().ranks().get(r);
      bits += held.get(r).metadata() * f.metadataBits() + held.get(r).payloads() * f.payloadBits();
    }
    return (long) Math.ceil(bits);
  }
}
