package org.einloom.io.onnx;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one value of the graph.
 *
 * @param type the element type, a number of {@code TensorProto.DataType}; 0 if unknown
 * @param shape its extents, or null if unknown
 * @param numbers its elements, or null if unknown or too many
 * @param constant whether it is the same in every inference
 * @param why why the shape, or with a shape the numbers, are unknown; empty if nothing is
 * @param stored the element type that it has in memory, where that is another one: of a value that
 *     is dequantised only to be computed with; 0 otherwise
 */
record Value(
    int type,
    @Nullable Shape shape,
    @Nullable Numbers numbers,
    boolean constant,
    String why,
    int stored) {
  /** One that lies in memory as what it is. */
  Value(int type, @Nullable Shape shape, @Nullable Numbers numbers, boolean constant, String why) {
    this(type, shape, numbers, constant, why, 0);
  }

  static Value of(int type, Shape shape) {
    return new Value(type, shape, null, false, "");
  }

  static Value of(int type, Shape shape, @Nullable Numbers numbers) {
    return new Value(type, shape, numbers, false, "");
  }

  static Value unknown(int type, String why) {
    return new Value(type, null, null, false, why);
  }

  Value constant(boolean isConstant) {
    return new Value(type, shape, numbers, isConstant, why, stored);
  }

  Value because(String reason) {
    return new Value(type, shape, numbers, constant, reason, stored);
  }

  /** The same as it is written in memory, if that is known to be another type. */
  Value stored(@Nullable Integer elements) {
    return elements == null ? this : new Value(type, shape, numbers, constant, why, elements);
  }

  Shape requireShape() throws Unknown {
    if (shape == null) {
      throw new Unknown(why, true);
    }
    return shape;
  }

  Numbers requireNumbers() throws Unknown {
    if (numbers == null) {
      throw new Unknown(why);
    }
    return numbers;
  }
}
