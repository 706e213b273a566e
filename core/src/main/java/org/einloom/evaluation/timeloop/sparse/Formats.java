package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.evaluation.timeloop.sparse.SparseNest.Loop;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Matches the formats of a tensor with the loops of its levels.
 *
 * <p>A compressed tile cannot be cut where it lies, so what is sent to a level below must be
 * written as that level has it: the inner ranks are those of the level below, and the level's own
 * loops go into the others. A tensor that is not compressed is written by its own level alone.
 */
final class Formats {
  private final SparseNest nest;
  private final TensorAccess tensor;
  private final Molds molds;
  private final boolean exact;
  private final List<Store> stores;

  /** For one tensor, by its levels that keep it, innermost first. */
  Formats(SparseNest nest, TensorAccess tensor, List<Store> stores, boolean exact) {
    this.exact = exact;
    this.nest = nest;
    this.tensor = tensor;
    this.stores = stores;
    molds = new Molds(nest);
  }

  void match() {
    for (int i = 0; i < stores.size(); i++) {
      Store here = stores.get(i);
      Optional<Store> below = i == 0 ? Optional.empty() : Optional.of(stores.get(i - 1));
      try {
        match(here, below);
      } catch (InvalidSpecException e) {
        throw new InvalidSpecException(
            "'%s' at '%s': %s"
                .formatted(tensor.name(), nest.levels().get(here.level).memory(), e.getMessage()),
            e);
      }
    }
  }

  private void match(Store here, Optional<Store> below) {
    below.ifPresent(b -> checkTransfer(here, b));
    boolean cut = here.isCompressed() && below.isPresent() && below.get().dense.words() > 1;
    int inner = cut ? innerRanks(here, below.orElseThrow()) : 0;
    int first = below.map(b -> b.level + 1).orElse(0);
    List<Loop> loops = new ArrayList<>();
    List<Tile> tiles = new ArrayList<>();
    for (int l = first; l <= here.level; l++) {
      List<Loop> all = nest.levels().get(l).loops();
      for (int i = 0; i < all.size(); i++) {
        if (tensor.indexedBy(all.get(i).dimension())) {
          loops.add(all.get(i));
          tiles.add(Molds.tile(tensor, molds.upTo(l, i)));
        }
      }
    }
    if (!cut) {
      widen(loops, molds.below(first));
    }
    Tile word = Molds.tile(tensor, Molds.point());
    RankMatching matching = new RankMatching(loops, tiles, word, here.format);
    if (here.format.map(SparseSpec.Format::fromInside).orElse(false)) {
      matching.fromInside(inner);
    } else {
      matching.fromOutside(inner);
    }
    here.tree = Optional.of(tree(here, matching, cut ? below : Optional.empty(), word));
  }

  /** Without cutting, the innermost loop over a dimension is all that is inside, too. */
  private static void widen(List<Loop> loops, Map<String, Long> inside) {
    for (int i = 0; i < loops.size(); i++) {
      Loop l = loops.get(i);
      loops.set(i, l.times(inside.getOrDefault(l.dimension(), 1L)));
      inside.put(l.dimension(), 1L);
    }
  }

  private Fibertree tree(Store here, RankMatching matching, Optional<Store> below, Tile word) {
    List<List<Loop>> ranks = new ArrayList<>();
    List<Tile> tiles = new ArrayList<>();
    if (below.isPresent()) {
      Fibertree child = below.get().tree.orElseThrow();
      ranks.addAll(child.loops());
      tiles.addAll(child.tiles());
    } else {
      tiles.add(word);
    }
    ranks.addAll(matching.matched);
    tiles.addAll(matching.tiles);
    int expected = here.format.map(f -> f.ranks().size()).orElse(1);
    if (ranks.size() != expected) {
      throw new InvalidSpecException(
          "its representation_format has %d ranks, but the loops make %d; flattened_rankIDs that name no loop are not matched"
              .formatted(expected, ranks.size()));
    }
    List<Long> shapes = ranks.stream().map(r -> Molds.tile(tensor, Molds.of(r)).words()).toList();
    return new Fibertree(
        here.format.map(SparseSpec.Format::ranks).orElse(List.of()),
        ranks,
        tiles,
        shapes,
        here.format.map(SparseSpec.Format::fromInside).orElse(false),
        exact);
  }

  private int innerRanks(Store here, Store below) {
    List<RankFormat> own = here.format.orElseThrow().ranks();
    int inner = below.format.map(f -> f.ranks().size()).orElse(1);
    if (inner > own.size()) {
      throw new InvalidSpecException(
          "it has %d ranks, and the level below, '%s', %d: a compressed tile is cut when it is written, so its inner ranks must be those of the level below"
              .formatted(own.size(), name(below), inner));
    }
    for (int r = 0; below.isCompressed() && r < inner; r++) {
      RankFormat.Kind other = below.format.orElseThrow().ranks().get(r).kind();
      if (own.get(r).kind() != other) {
        throw new InvalidSpecException(
            "rank %d, from the innermost, is %s, and at the level below, '%s', %s: a compressed tile is cut when it is written, so its inner ranks must be those of the level below"
                .formatted(r, own.get(r).kind(), name(below), other));
      }
    }
    return inner;
  }

  private void checkTransfer(Store here, Store below) {
    if (here.isCompressed() && !below.isCompressed()) {
      if (!below.hardware.decompresses()) {
        throw new InvalidSpecException(
            "it is compressed there and not at '%s', which does not decompress; give that the attribute decompression_supported: true, or a format"
                .formatted(name(below)));
      }
      if (below.output && !below.hardware.compresses()) {
        throw new InvalidSpecException(
            "it is compressed there and not at '%s', which does not compress results; give that the attribute compression_supported: true, or a format"
                .formatted(name(below)));
      }
    }
    if (!here.isCompressed() && below.isCompressed()) {
      throw new InvalidSpecException(
          "it is not compressed there, and is at '%s' below: compression on the way down is not modelled; give it a format there, too"
              .formatted(name(below)));
    }
  }

  private String name(Store store) {
    return nest.levels().get(store.level).memory();
  }
}
