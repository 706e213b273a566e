package org.einloom.density;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.einloom.workload.InvalidSpecException;

/**
 * Fixed structured sparsity, N:M: along one rank, every group of {@code group} neighbouring words
 * that begins at a multiple of it has exactly {@code occupied} occupied ones, at places that are
 * chosen for each group independently, all alike.
 *
 * @param shape the tensor's extents; that of the rank is a multiple of the group
 * @param rank along which groups lie, 0 the outermost
 * @param occupiedOfGroup N
 * @param group M
 */
public record StructuredDensity(List<Long> shape, int rank, long occupiedOfGroup, long group)
    implements Density {
  public StructuredDensity {
    shape = Checks.shape(shape);
    Checks.rank(shape, rank, "the rank of groups");
    if (group < 1 || shape.get(rank) % group != 0) {
      throw new InvalidSpecException(
          "groups of %d words along rank %d, which has %d; expected a divisor of that"
              .formatted(group, rank, shape.get(rank)));
    }
    Checks.among(occupiedOfGroup, group, "a group of " + group);
  }

  /** How many words of each group that the tile meets it has, by group. */
  private List<Long> overlaps(Box tile) {
    var overlaps = new ArrayList<Long>();
    long at = tile.low().get(rank);
    long end = tile.end(rank);
    while (at < end) {
      long next = Math.min(end, (at / group + 1) * group);
      if (next - at == group) {
        // whole groups in a row are alike
        long whole = (end - at) / group;
        overlaps.addAll(Collections.nCopies((int) Math.min(whole, 1), group));
        at += whole * group;
      } else {
        overlaps.add(next - at);
        at = next;
      }
    }
    return overlaps;
  }

  private static long wholeGroups(Box tile, int rank, long group) {
    long first = Math.ceilDiv(tile.low().get(rank), group);
    return Math.max(0, tile.end(rank) / group - first);
  }

  private long fibers(Box tile) {
    return tile.with(rank, tile.low().get(rank), 1).words();
  }

  @Override
  public double expectedOccupied(Box tile) {
    tile.requireWithin(shape);
    return (double) tile.words() * occupiedOfGroup / group;
  }

  @Override
  public double probabilityEmpty(Box tile) {
    tile.requireWithin(shape);
    if (tile.words() == 0) {
      return 1;
    }
    if (occupiedOfGroup > 0 && wholeGroups(tile, rank, group) > 0) {
      return 0;
    }
    double ofFiber = 1;
    for (long overlap : overlaps(tile)) {
      ofFiber *= Hypergeometric.none(group, occupiedOfGroup, overlap);
    }
    return Math.pow(ofFiber, (double) fibers(tile));
  }

  @Override
  public Distribution occupied(Box tile) {
    tile.requireWithin(shape);
    if (tile.words() == 0) {
      return Distribution.certain(0);
    }
    Distribution ofFiber = Distribution.certain(wholeGroups(tile, rank, group) * occupiedOfGroup);
    for (long overlap : overlaps(tile)) {
      if (overlap < group) {
        ofFiber = ofFiber.plus(Hypergeometric.law(group, occupiedOfGroup, overlap));
      }
    }
    return ofFiber.times(fibers(tile));
  }

  @Override
  public long mostOccupied(Box tile) {
    long ofFiber = wholeGroups(tile, rank, group) * occupiedOfGroup;
    for (long overlap : overlaps(tile)) {
      ofFiber += overlap < group ? Math.min(overlap, occupiedOfGroup) : 0;
    }
    return tile.words() == 0 ? 0 : ofFiber * fibers(tile);
  }

  @Override
  public boolean sameEverywhere(List<Long> extents) {
    long extent = extents.get(rank);
    return occupiedOfGroup == 0
        || occupiedOfGroup == group
        || extent % group == 0
        || group % extent == 0;
  }

  @Override
  public Pattern draw(RandomGenerator random) {
    int words = Pattern.words(shape);
    int stride = 1;
    for (int r = rank + 1; r < shape.size(); r++) {
      stride = Math.multiplyExact(stride, Math.toIntExact(shape.get(r)));
    }
    var occupied = new BitSet();
    for (int word = 0; word < words; word++) {
      if (word / stride % group == 0) {
        for (int i :
            Checks.choose(random, Math.toIntExact(group), Math.toIntExact(occupiedOfGroup))) {
          occupied.set(word + i * stride);
        }
      }
    }
    return new Pattern(shape, occupied);
  }

  @Override
  public String label() {
    return occupiedOfGroup + ":" + group + " along rank " + rank;
  }
}
