package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.einloom.density.Box;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Means of products of figures of several tensors over the places where these stand together. Laws
 * of different tensors are independent at every place, but what they say at one place depends on it
 * for all of them, so the mean of the product is not the product of means: it is taken over the
 * loops that move more than one of them, of what each is on average over its own others.
 */
final class JointPlaces {
  /** More places than anybody waits for. */
  private static final long MOST = 20_000_000;

  /**
   * What one tensor contributes.
   *
   * @param fixed the loops that choose a region of it
   * @param figure of that region if it is a tile; of one with gaps, the largest of its tiles
   */
  record Factor(TensorAccess tensor, BitSet fixed, ToDoubleFunction<Box> figure) {}

  private final String einsum;
  private final LoopSet loops;

  JointPlaces(String einsum, LoopSet loops) {
    this.einsum = einsum;
    this.loops = loops;
  }

  /**
   * The mean of the product over all iterations of the fixed loops.
   *
   * @param zero fixed loops that stay at their first iteration
   */
  double mean(List<Factor> factors, BitSet zero) {
    var shared = new BitSet();
    var some = new BitSet();
    for (Factor f : factors) {
      BitSet moving = moving(f, zero);
      var again = (BitSet) moving.clone();
      again.and(some);
      shared.or(again);
      some.or(moving);
    }
    long places = loops.iterations(shared);
    if (places > MOST) {
      throw new InvalidSpecException(
          "'%s' cannot be counted with sparse tensors under this mapping: %d places at which sparse tensors stand together to look at one by one, of at most %d, which is not modelled; use larger tiles or uniform densities"
              .formatted(einsum, places, MOST));
    }
    int[] numbers = shared.stream().toArray();
    var vectors = new ArrayList<double[]>();
    var strides = new ArrayList<int[]>();
    for (Factor f : factors) {
      BitSet own = moving(f, zero);
      own.and(shared);
      vectors.add(vector(f, zero, own));
      strides.add(strides(numbers, own));
    }
    var index = new int[numbers.length];
    double sum = 0;
    for (long n = 0; n < places; n++) {
      double product = 1;
      for (int f = 0; f < vectors.size() && product != 0; f++) {
        product *= vectors.get(f)[at(index, strides.get(f))];
      }
      sum += product;
      next(index, numbers);
    }
    return sum / (double) places;
  }

  private BitSet moving(Factor f, BitSet zero) {
    BitSet moving = loops.relevant(f.tensor());
    moving.and(f.fixed());
    moving.andNot(zero);
    return moving;
  }

  /** By place of the shared loops: the mean over the others that move the tensor. */
  private double[] vector(Factor f, BitSet zero, BitSet shared) {
    BitSet moving = moving(f, zero);
    double[] regions = regions(f, zero, moving);
    int[] numbers = moving.stream().toArray();
    int[] strides = strides(numbers, shared);
    var sums = new double[Math.toIntExact(loops.iterations(shared))];
    var index = new int[numbers.length];
    for (double figure : regions) {
      sums[at(index, strides)] += figure;
      next(index, numbers);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= (double) sums.length / (double) regions.length;
    }
    return sums;
  }

  /** By place of the moving loops: the largest figure of the tiles of the region. */
  private double[] regions(Factor f, BitSet zero, BitSet moving) {
    BitSet gaps = loops.gaps(f.tensor(), f.fixed());
    var tiles = (BitSet) f.fixed().clone();
    tiles.or(gaps);
    var first = (BitSet) zero.clone();
    first.andNot(gaps);
    List<Box> boxes = loops.boxes(f.tensor(), tiles, first);
    gaps.or(moving);
    int[] numbers = gaps.stream().toArray();
    int[] strides = strides(numbers, moving);
    var largest = new double[Math.toIntExact(loops.iterations(moving))];
    var index = new int[numbers.length];
    for (Box box : boxes) {
      int at = at(index, strides);
      largest[at] = Math.max(largest[at], f.figure().applyAsDouble(box));
      next(index, numbers);
    }
    return largest;
  }

  private static int at(int[] index, int[] strides) {
    int at = 0;
    for (int i = 0; i < index.length; i++) {
      at += index[i] * strides[i];
    }
    return at;
  }

  private void next(int[] index, int[] numbers) {
    for (int i = index.length - 1; i >= 0 && ++index[i] == loops.count(numbers[i]); i--) {
      index[i] = 0;
    }
  }

  /** By number in a list of loops: how far apart its iterations are among those of some of them. */
  private int[] strides(int[] numbers, BitSet of) {
    var strides = new int[numbers.length];
    int stride = 1;
    for (int i = numbers.length - 1; i >= 0; i--) {
      if (of.get(numbers[i])) {
        strides[i] = stride;
        stride *= Math.toIntExact(loops.count(numbers[i]));
      }
    }
    return strides;
  }
}
