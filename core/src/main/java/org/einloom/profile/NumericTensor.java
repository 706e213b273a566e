package org.einloom.profile;

import java.util.Arrays;
import java.util.List;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * A tensor with its elements, in row-major order.
 *
 * @param type of the elements
 * @param shape its extents, outermost first; none for a single number
 * @param elements as many as the shape says
 */
public record NumericTensor(NumberType type, List<Long> shape, Elements elements) {
  /** What elements are, as ONNX and NumPy call it. */
  public enum NumberType {
    BOOL(1, true),
    INT8(8, true),
    UINT8(8, true),
    INT16(16, true),
    UINT16(16, true),
    INT32(32, true),
    UINT32(32, true),
    INT64(64, true),
    UINT64(64, true),
    FLOAT16(16, false),
    BFLOAT16(16, false),
    FLOAT32(32, false),
    FLOAT64(64, false);

    private final int bits;
    private final boolean integral;

    NumberType(int bits, boolean integral) {
      this.bits = bits;
      this.integral = integral;
    }

    /** Of one element in the network; 1 for truth values. */
    public int bits() {
      return bits;
    }

    /** Whether elements are whole numbers, as truth values are. */
    public boolean integral() {
      return integral;
    }

    /** {@code float32}. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Elements, held no wider than needed. Not copied: whoever makes them gives them away. */
  public sealed interface Elements {
    /** How many there are. */
    int size();

    /** One of them. Beyond 2^53 integers are rounded. */
    double at(int index);
  }

  /** Of {@link NumberType#FLOAT16}, {@link NumberType#BFLOAT16} and {@link NumberType#FLOAT32}. */
  @SuppressWarnings("ArrayRecordComponent") // millions of numbers
  public record Floats(float[] values) implements Elements {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double at(int index) {
      return values[index];
    }
  }

  /** Of {@link NumberType#FLOAT64}. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Doubles(double[] values) implements Elements {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double at(int index) {
      return values[index];
    }
  }

  /** Of whole numbers; those of 64 bits without a sign are held as if they had one. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Longs(long[] values) implements Elements {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public double at(int index) {
      return values[index];
    }
  }

  public NumericTensor {
    shape = List.copyOf(shape);
    long size = elements(shape);
    if (elements.size() != size) {
      throw new InvalidSpecException(
          "a tensor of shape " + shape + " has " + elements.size() + " elements");
    }
    boolean fits =
        switch (elements) {
          case Longs l -> type.integral();
          case Floats f -> !type.integral() && type != NumberType.FLOAT64;
          case Doubles d -> type == NumberType.FLOAT64;
        };
    if (!fits) {
      throw new IllegalArgumentException(type + " elements as " + elements.getClass());
    }
  }

  /** The product of extents. */
  public static long elements(List<Long> shape) {
    long size = 1;
    for (long extent : shape) {
      size = Checked.multiply(size, extent, "the size of a tensor of shape " + shape);
    }
    return size;
  }

  /** A part of it along its first rank, without that rank's other coordinates. */
  public NumericTensor slice(long from, long extent) {
    long inner = elements(shape.subList(1, shape.size()));
    int start = Math.toIntExact(from * inner);
    int end = Math.toIntExact((from + extent) * inner);
    var sizes = new java.util.ArrayList<>(shape);
    sizes.set(0, extent);
    return new NumericTensor(
        type,
        sizes,
        switch (elements) {
          case Floats f -> new Floats(Arrays.copyOfRange(f.values(), start, end));
          case Doubles d -> new Doubles(Arrays.copyOfRange(d.values(), start, end));
          case Longs l -> new Longs(Arrays.copyOfRange(l.values(), start, end));
        });
  }
}
