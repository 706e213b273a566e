package org.einloom.model.sparse;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.density.Density;
import org.einloom.format.Occupancy;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.model.sparse.SparseModel.Tile;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/** What tiles take at the memories that keep them. */
final class Tiles {
  private final Einsum einsum;
  private final Sparsity sparsity;
  private final LoopSet loops;
  private final Chances chances;

  Tiles(Einsum einsum, Sparsity sparsity, LoopSet loops, Chances chances) {
    this.einsum = einsum;
    this.sparsity = sparsity;
    this.loops = loops;
    this.chances = chances;
  }

  /** What a word of a tile at a memory takes, as expected. */
  Size perWord(TensorAccess t, String memory) {
    TensorFormat format = sparsity.format(memory, t);
    if (!format.compresses()) {
      return new Size(0, 1);
    }
    BitSet above = loops.above(memory, t);
    Density density = sparsity.density(t);
    double words = (double) loops.words(t, above);
    var zero = new BitSet();
    return new Size(
        chances.mean(
                t,
                above,
                zero,
                b -> Occupancy.expected(format, density, b).metadataBits(),
                List.of("metadata", memory))
            / words,
        chances.mean(
                t,
                above,
                zero,
                b -> Occupancy.expected(format, density, b).words(),
                List.of("words", memory))
            / words);
  }

  /** By memory and tensor. */
  Map<Held, Tile> all() {
    var tiles = new HashMap<Held, Tile>();
    for (TensorAccess t : einsum.tensors()) {
      for (String memory : loops.memories(t)) {
        BitSet above = loops.above(memory, t);
        long words = loops.words(t, above);
        TensorFormat format = sparsity.format(memory, t);
        var held = new Held(memory, t.name());
        if (format.compresses()) {
          Size each = perWord(t, memory);
          Density density = sparsity.density(t);
          var worst =
              new Size(
                  chances.most(t, above, b -> Occupancy.worst(format, density, b).metadataBits()),
                  chances.most(t, above, b -> Occupancy.worst(format, density, b).words()));
          var expected = new Size(each.metadataBits() * words, each.words() * (double) words);
          tiles.put(held, new Tile(words, expected, worst));
        } else {
          var all = new Size(0, (double) words);
          tiles.put(held, new Tile(words, all, all));
        }
      }
    }
    return tiles;
  }
}
