package org.einloom.io.onnx;

import java.util.List;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a network read with a batch size against the same network read with a batch of 1. Exporters
 * write constants into the shapes of a network, and where such a constant stands for the batch, a
 * -1 beside it takes up the difference: the file reads well and means something else. So a reshape
 * must leave the batch where it is in the order of elements, and a layer must grow with the batch
 * or not at all.
 *
 * @param batch the batch size
 * @param one what is known of the values for a batch of 1
 */
record BatchCheck(long batch, Scope one) {
  /**
   * A rank that is {@code batch} times as large as with a batch of 1.
   *
   * @param before elements of the ranks outside it
   * @param own its extent with a batch of 1
   */
  private record Grown(long before, long own) {}

  /** Checks a node that keeps the order of elements. */
  void reshape(String input, Value from, String output, Value to) {
    Value fromOne = one.find(input);
    Value toOne = one.find(output);
    if (fromOne == null || toOne == null) {
      return;
    }
    Shape a = from.shape();
    Shape b = to.shape();
    Shape a1 = fromOne.shape();
    Shape b1 = toOne.shape();
    if (a == null || b == null || a1 == null || b1 == null || a.equals(a1)) {
      return;
    }
    Grown in = grown(a1, a);
    if (in == null) {
      return; // not a batch in one rank: nothing to hold it against
    }
    Grown out = grown(b1, b);
    if (out == null || !reaches(in, out)) {
      throw new InvalidSpecException(
          "makes "
              + b
              + " of "
              + a
              + " with a batch of "
              + batch
              + ", and "
              + b1
              + " of "
              + a1
              + " with a batch of 1: the batch does not stay in its place");
    }
  }

  private @Nullable Grown grown(Shape one, Shape many) {
    if (one.rank() != many.rank()) {
      return null;
    }
    Grown grown = null;
    for (int i = 0; i < one.rank(); i++) {
      if (one.size(i) != many.size(i)) {
        if (grown != null
            || one.size(i) == 0
            || many.size(i) / one.size(i) != batch
            || many.size(i) % one.size(i) != 0) {
          return null;
        }
        grown = new Grown(one.elements(0, i), one.size(i));
      }
    }
    return grown;
  }

  /**
   * Whether the batch can stand at the same place in both: outside it are all elements of the ranks
   * before, times a part of its own rank where that is a batch merged with something outside it.
   */
  private static boolean reaches(Grown in, Grown out) {
    if (in.before() == 0 || out.before() == 0) {
      return true; // nothing to mix
    }
    long common = gcd(in.before(), out.before());
    return in.own() % (out.before() / common) == 0 && out.own() % (in.before() / common) == 0;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Checks the layers against those with a batch of 1. */
  void layers(List<Layer> many, List<Layer> ones) {
    if (many.size() != ones.size()) {
      throw new InvalidSpecException(
          "has "
              + many.size()
              + " layers with a batch of "
              + batch
              + " and "
              + ones.size()
              + " with a batch of 1");
    }
    for (int i = 0; i < many.size(); i++) {
      long macs = many.get(i).einsum().computes();
      long own = ones.get(i).einsum().computes();
      if (macs != own && macs != Checked.multiply(own, batch, "the number of points")) {
        throw new InvalidSpecException(
            "layer '"
                + many.get(i).name()
                + "' has "
                + macs
                + " points with a batch of "
                + batch
                + " and "
                + own
                + " with a batch of 1");
      }
    }
  }
}
