package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * The extents of a tensor, outermost first; none for a scalar. An extent may be 0 (an empty
 * tensor), and the number of elements fits a {@code long}.
 */
record Shape(List<Long> sizes) {
  static final Shape SCALAR = new Shape(List.of());

  /** More ranks than any network has; what a hostile file may ask of index arithmetic ends here. */
  private static final int MAX_RANK = 32;

  Shape {
    sizes = List.copyOf(sizes);
    if (sizes.size() > MAX_RANK) {
      throw new InvalidSpecException(
          "a tensor of " + sizes.size() + " ranks; expected at most " + MAX_RANK);
    }
    for (long size : sizes) {
      if (size < 0) {
        throw new InvalidSpecException("extent " + size + " in shape " + sizes + " is negative");
      }
    }
    product(sizes, 0, sizes.size());
  }

  static Shape of(long... sizes) {
    return new Shape(Arrays.stream(sizes).boxed().toList());
  }

  int rank() {
    return sizes.size();
  }

  long size(int axis) {
    return sizes.get(axis);
  }

  /** Number of elements. */
  long elements() {
    return product(sizes, 0, sizes.size());
  }

  /** Number of elements of the ranks {@code from .. to-1}. */
  long elements(int from, int to) {
    return product(sizes, from, to);
  }

  /** The ranks {@code from .. to-1}. */
  List<Long> sub(int from, int to) {
    return sizes.subList(from, to);
  }

  Shape with(int axis, long size) {
    var changed = new ArrayList<Long>(sizes);
    changed.set(axis, size);
    return new Shape(changed);
  }

  Shape without(int axis) {
    var changed = new ArrayList<Long>(sizes);
    changed.remove(axis);
    return new Shape(changed);
  }

  /** An axis that counts from the end where negative, as one that counts from the start. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new InvalidSpecException(
          "axis "
              + axis
              + " of a tensor of "
              + rank
              + " ranks; expected "
              + -rank
              + " to "
              + (rank - 1));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  int axis(long axis) {
    return axis(axis, rank());
  }

  /** The common shape of several under the broadcasting rule of ONNX (that of NumPy). */
  static Shape broadcast(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < rank; i++) {
      long size = 1;
      for (Shape s : shapes) {
        int axis = i - (rank - s.rank());
        long own = axis < 0 ? 1 : s.size(axis);
        if (own != 1 && size != 1 && own != size) {
          throw new InvalidSpecException(
              "shapes "
                  + shapes
                  + " cannot be broadcast together: "
                  + size
                  + " and "
                  + own
                  + " meet in one rank; expected equal extents or 1");
        }
        size = own == 1 ? size : own;
      }
      sizes.add(size);
    }
    return new Shape(sizes);
  }

  private static long product(List<Long> sizes, int from, int to) {
    if (sizes.subList(from, to).contains(0L)) {
      return 0;
    }
    long product = 1;
    for (int i = from; i < to; i++) {
      product = Checked.multiply(product, sizes.get(i), "the number of elements of " + sizes);
    }
    return product;
  }

  @Override
  public String toString() {
    return sizes.toString();
  }
}
