package org.einloom.density;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.einloom.workload.InvalidSpecException;

/**
 * A tensor cut into equal blocks, each of which is either full or empty. So many are full, every
 * set of that many as likely as any.
 *
 * @param shape the tensor's extents
 * @param block the extents of a block, which divide those of the tensor
 * @param fullBlocks how many blocks are full
 */
public record BlockDensity(List<Long> shape, List<Long> block, long fullBlocks) implements Density {
  public BlockDensity {
    shape = Checks.shape(shape);
    block = Checks.shape(block);
    Checks.among(fullBlocks, blocks(shape, block), "the blocks");
  }

  /** One with the whole number of full blocks that comes nearest to a share of all. */
  public static BlockDensity ofShare(List<Long> shape, List<Long> block, double density) {
    return new BlockDensity(shape, block, Checks.nearest(density, blocks(shape, block)));
  }

  private static long blocks(List<Long> shape, List<Long> block) {
    if (shape.size() != block.size()) {
      throw new InvalidSpecException(
          "blocks of %d ranks in a tensor of %d".formatted(block.size(), shape.size()));
    }
    long blocks = 1;
    for (int r = 0; r < shape.size(); r++) {
      if (shape.get(r) % block.get(r) != 0) {
        throw new InvalidSpecException(
            "blocks of %s in a tensor of %s; expected divisors".formatted(block, shape));
      }
      blocks *= shape.get(r) / block.get(r);
    }
    return blocks;
  }

  private long blocks() {
    return blocks(shape, block);
  }

  /** How many blocks have so many words in the tile, by words. */
  private TreeMap<Long, Long> met(Box tile) {
    var met = new TreeMap<Long, Long>(Map.of(1L, 1L));
    for (int r = 0; r < shape.size(); r++) {
      long size = block.get(r);
      long low = tile.low().get(r);
      long end = tile.end(r);
      var ofRank = new TreeMap<Long, Long>();
      long firstWhole = Math.ceilDiv(low, size);
      long whole = Math.max(0, end / size - firstWhole);
      ofRank.merge(size, whole, Long::sum);
      if (low < end && low % size != 0) {
        ofRank.merge(Math.min(end, firstWhole * size) - low, 1L, Long::sum);
      }
      if (low < end && end % size != 0 && end / size >= firstWhole) {
        ofRank.merge(end % size, 1L, Long::sum);
      }
      var next = new TreeMap<Long, Long>();
      met.forEach(
          (words, n) ->
              ofRank.forEach(
                  (w, k) -> {
                    if (n * k > 0) {
                      next.merge(words * w, n * k, Long::sum);
                    }
                  }));
      met = next;
    }
    return met;
  }

  private static long sum(TreeMap<Long, Long> met) {
    return met.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public double expectedOccupied(Box tile) {
    tile.requireWithin(shape);
    return (double) tile.words() * fullBlocks / blocks();
  }

  @Override
  public double probabilityEmpty(Box tile) {
    tile.requireWithin(shape);
    return Hypergeometric.none(blocks(), fullBlocks, sum(met(tile)));
  }

  @Override
  public Distribution occupied(Box tile) {
    tile.requireWithin(shape);
    var met = met(tile);
    if (met.isEmpty()) {
      return Distribution.certain(0);
    }
    Distribution full = Hypergeometric.law(blocks(), fullBlocks, sum(met));
    if (met.size() == 1) {
      return full.scaled(met.firstKey());
    }
    var words = new ArrayList<>(met.keySet());
    var counts = new ArrayList<>(met.values());
    Cost.check((double) tile.words() * full.highest() * counts.size());
    var law = new double[Math.toIntExact(tile.words()) + 1];
    for (long j = full.lowest(); j <= full.highest(); j++) {
      split(words, counts, 0, sum(met), j, 0, full.probability(j), law);
    }
    return Distribution.of(0, law);
  }

  /** Shares {@code full} full blocks out among the kinds from {@code kind} on. */
  private static void split(
      List<Long> words,
      List<Long> counts,
      int kind,
      long left,
      long full,
      long occupied,
      double probability,
      double[] law) {
    if (probability == 0) {
      return;
    }
    if (kind == words.size()) {
      law[(int) occupied] += probability;
      return;
    }
    Distribution ofKind = Hypergeometric.law(left, full, counts.get(kind));
    for (long j = ofKind.lowest(); j <= ofKind.highest(); j++) {
      split(
          words,
          counts,
          kind + 1,
          left - counts.get(kind),
          full - j,
          occupied + j * words.get(kind),
          probability * ofKind.probability(j),
          law);
    }
  }

  @Override
  public long mostOccupied(Box tile) {
    long left = fullBlocks;
    long most = 0;
    for (var e : met(tile).descendingMap().entrySet()) {
      long n = Math.min(left, e.getValue());
      most += n * e.getKey();
      left -= n;
    }
    return most;
  }

  @Override
  public boolean sameEverywhere(List<Long> extents) {
    for (int r = 0; r < shape.size(); r++) {
      if (extents.get(r) % block.get(r) != 0 && block.get(r) % extents.get(r) != 0) {
        return fullBlocks == 0 || fullBlocks == blocks();
      }
    }
    return true;
  }

  @Override
  public Pattern draw(RandomGenerator random) {
    var full = new BitSet();
    for (int b : Checks.choose(random, Math.toIntExact(blocks()), Math.toIntExact(fullBlocks))) {
      full.set(b);
    }
    int words = Pattern.words(shape);
    var occupied = new BitSet();
    for (int word = 0; word < words; word++) {
      long number = 0;
      long rest = word;
      long inner = words;
      for (int r = 0; r < shape.size(); r++) {
        inner /= shape.get(r);
        number = number * (shape.get(r) / block.get(r)) + rest / inner / block.get(r);
        rest %= inner;
      }
      occupied.set(word, full.get((int) number));
    }
    return new Pattern(shape, occupied);
  }

  @Override
  public String label() {
    return "blocks of " + block + ", " + Checks.shareText(density());
  }
}
