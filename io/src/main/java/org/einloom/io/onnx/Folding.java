package org.einloom.io.onnx;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Evaluates operators on {@link Numbers}, for the arithmetic by which graphs compute shapes. */
final class Folding {
  private Folding() {}

  /** Whether a tensor of this shape is small enough to evaluate. */
  static boolean fits(Shape shape) {
    return shape.elements() <= Numbers.LIMIT;
  }

  /**
   * For each element of a small tensor of the shape, in order, what the function makes of its
   * coordinates: the position of the element to take its value from.
   */
  static int[] positions(Shape shape, ToIntFunction<long[]> source) {
    int count = (int) shape.elements();
    int[] positions = new int[count];
    long[] at = new long[shape.rank()];
    for (int i = 0; i < count; i++) {
      positions[i] = source.applyAsInt(at);
      for (int axis = shape.rank() - 1; axis >= 0 && ++at[axis] == shape.size(axis); axis--) {
        at[axis] = 0;
      }
    }
    return positions;
  }

  /**
   * The row-major position of coordinates; those of ranks of extent 1 count as 0 (broadcasting).
   */
  static int position(Shape shape, long[] at, int skipped) {
    int position = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      long coordinate = shape.size(axis) == 1 ? 0 : at[axis + skipped];
      position = position * (int) shape.size(axis) + (int) coordinate;
    }
    return position;
  }

  /** The elements of a small tensor broadcast to a shape. */
  static Numbers broadcast(Numbers numbers, Shape from, Shape to) {
    return numbers.at(positions(to, at -> position(from, at, to.rank() - from.rank())));
  }

  /** Numbers of input {@code i} broadcast to the shape, or null if unknown or too many. */
  static @Nullable Numbers input(Node node, int i, Shape to) {
    Value value = node.input(i);
    return value.numbers() == null || value.shape() == null || !fits(to)
        ? null
        : broadcast(value.numbers(), value.shape(), to);
  }

  static @Nullable Numbers unary(@Nullable Numbers numbers, DoubleUnaryOperator operator) {
    if (numbers == null) {
      return null;
    }
    double[] results = new double[numbers.count()];
    for (int i = 0; i < results.length; i++) {
      results[i] = operator.applyAsDouble(numbers.real(i));
    }
    return Numbers.ofReals(results);
  }

  /** Two tensors of one shape, element by element; null if either is, or on a division by zero. */
  static @Nullable Numbers binary(
      @Nullable Numbers a,
      @Nullable Numbers b,
      LongBinaryOperator integers,
      DoubleBinaryOperator reals) {
    if (a == null || b == null) {
      return null;
    }
    if (!a.integral() || !b.integral()) {
      double[] results = new double[a.count()];
      for (int i = 0; i < results.length; i++) {
        results[i] = reals.applyAsDouble(a.real(i), b.real(i));
      }
      return Numbers.ofReals(results);
    }
    long[] results = new long[a.count()];
    try {
      for (int i = 0; i < results.length; i++) {
        results[i] = integers.applyAsLong(a.integer(i), b.integer(i));
      }
    } catch (ArithmeticException e) {
      return null; // division by zero, or beyond 64 bits: nobody's shape
    }
    return Numbers.ofIntegers(results);
  }

  /** Tensors joined along an axis into one of the shape; null if any is or they are too many. */
  static @Nullable Numbers concatenate(
      List<Shape> shapes, List<@Nullable Numbers> parts, int axis, Shape joined) {
    if (!fits(joined) || parts.stream().anyMatch(p -> p == null)) {
      return null;
    }
    boolean integral = parts.stream().allMatch(p -> p == null || p.integral());
    long[] integers = new long[(int) joined.elements()];
    double[] reals = new double[integers.length];
    int outer = (int) joined.elements(0, axis);
    int written = 0;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < shapes.size(); i++) {
        Numbers part = parts.get(i);
        int run = (int) shapes.get(i).elements(axis, joined.rank());
        for (int e = 0; part != null && e < run; e++, written++) {
          if (integral) {
            integers[written] = part.integer(o * run + e);
          } else {
            reals[written] = part.real(o * run + e);
          }
        }
      }
    }
    return integral ? Numbers.ofIntegers(integers) : Numbers.ofReals(reals);
  }
}
