package org.einloom.io.onnx;

import java.util.Arrays;
import java.util.List;
import org.einloom.workload.InvalidSpecException;

/**
 * The elements of a small tensor in row-major order, integers (and truth values, 0 or 1) as longs,
 * everything else as doubles. Immutable.
 */
final class Numbers {
  /** Tensors with more elements are not evaluated: the arithmetic of shapes needs few. */
  static final int LIMIT = 1024;

  private final long[] integers;
  private final double[] reals;
  private final boolean integral;

  private Numbers(long[] integers, double[] reals, boolean integral) {
    this.integers = integers;
    this.reals = reals;
    this.integral = integral;
  }

  static Numbers ofIntegers(long... values) {
    return new Numbers(values.clone(), new double[0], true);
  }

  static Numbers ofIntegers(List<Long> values) {
    return ofIntegers(values.stream().mapToLong(Long::longValue).toArray());
  }

  static Numbers ofReals(double... values) {
    return new Numbers(new long[0], values.clone(), false);
  }

  boolean integral() {
    return integral;
  }

  int count() {
    return integral ? integers.length : reals.length;
  }

  /** Element {@code i} of an integer tensor. */
  long integer(int i) {
    if (!integral) {
      throw new InvalidSpecException("holds real numbers; expected integers");
    }
    return integers[i];
  }

  double real(int i) {
    return integral ? integers[i] : reals[i];
  }

  List<Long> integers() {
    if (!integral) {
      throw new InvalidSpecException("holds real numbers " + this + "; expected integers");
    }
    return Arrays.stream(integers).boxed().toList();
  }

  /** The elements at the given positions. */
  Numbers at(int[] positions) {
    return integral
        ? ofIntegers(Arrays.stream(positions).mapToLong(p -> integers[p]).toArray())
        : ofReals(Arrays.stream(positions).mapToDouble(p -> reals[p]).toArray());
  }

  @Override
  public String toString() {
    return integral ? Arrays.toString(integers) : Arrays.toString(reals);
  }
}
