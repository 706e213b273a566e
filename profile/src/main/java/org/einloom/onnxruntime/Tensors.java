package org.einloom.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.NumericTensor.NumberType;
import org.einloom.workload.InvalidSpecException;

/** Tensors of the library and those of Einloom. */
final class Tensors {
  private Tensors() {}

  static Optional<NumberType> type(TensorInfo info) {
    return Optional.ofNullable(
        switch (info.onnxType) {
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> NumberType.BOOL;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> NumberType.INT8;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> NumberType.UINT8;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> NumberType.INT16;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> NumberType.INT32;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> NumberType.INT64;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> NumberType.FLOAT16;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> NumberType.BFLOAT16;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> NumberType.FLOAT32;
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> NumberType.FLOAT64;
          default -> null;
        });
  }

  /** A copy outside of the Java heap. */
  static OnnxTensor toLibrary(OrtEnvironment env, String name, NumericTensor tensor)
      throws OrtException {
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    return switch (tensor.elements()) {
      case NumericTensor.Doubles d ->
          OnnxTensor.createTensor(env, DoubleBuffer.wrap(d.values()), shape);
      case NumericTensor.Floats f -> floats(env, tensor.type(), f.values(), shape);
      case NumericTensor.Longs l -> longs(env, name, tensor.type(), l.values(), shape);
    };
  }

  private static OnnxTensor floats(
      OrtEnvironment env, NumberType type, float[] values, long[] shape) throws OrtException {
    if (type == NumberType.FLOAT32) {
      return OnnxTensor.createTensor(env, FloatBuffer.wrap(values), shape);
    }
    ShortBuffer halves = direct(2 * values.length).asShortBuffer();
    for (float v : values) {
      halves.put(
          type == NumberType.FLOAT16
              ? Float.floatToFloat16(v)
              : (short) (Float.floatToRawIntBits(v) >>> 16)); // they were read from 16 bits
    }
    return OnnxTensor.createTensor(
        env,
        halves.flip(),
        shape,
        type == NumberType.FLOAT16 ? OnnxJavaType.FLOAT16 : OnnxJavaType.BFLOAT16);
  }

  private static OnnxTensor longs(
      OrtEnvironment env, String name, NumberType type, long[] values, long[] shape)
      throws OrtException {
    return switch (type) {
      case INT64 -> OnnxTensor.createTensor(env, LongBuffer.wrap(values), shape);
      case INT32 -> {
        IntBuffer ints = IntBuffer.allocate(values.length);
        Arrays.stream(values).forEach(v -> ints.put((int) v));
        yield OnnxTensor.createTensor(env, ints.flip(), shape);
      }
      case INT16 -> {
        ShortBuffer shorts = ShortBuffer.allocate(values.length);
        Arrays.stream(values).forEach(v -> shorts.put((short) v));
        yield OnnxTensor.createTensor(env, shorts.flip(), shape);
      }
      case INT8, UINT8, BOOL -> {
        ByteBuffer bytes = direct(values.length);
        Arrays.stream(values).forEach(v -> bytes.put((byte) v));
        OnnxJavaType of =
            type == NumberType.INT8
                ? OnnxJavaType.INT8
                : type == NumberType.UINT8 ? OnnxJavaType.UINT8 : OnnxJavaType.BOOL;
        yield OnnxTensor.createTensor(env, bytes.flip(), shape, of);
      }
      default ->
          throw new InvalidSpecException(
              "input '%s' is %s, which ONNX Runtime does not take from Java"
                  .formatted(name, type.label()));
    };
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** A copy in the Java heap. */
  static NumericTensor fromLibrary(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    NumberType type = type(info).orElseThrow();
    List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
    int size = Math.toIntExact(NumericTensor.elements(shape));
    if (size == 0) {
      return new NumericTensor(type, shape, empty(type));
    }
    return new NumericTensor(
        type,
        shape,
        switch (type) {
          case FLOAT32, FLOAT16, BFLOAT16 -> {
            float[] values = new float[size];
            tensor.getFloatBuffer().get(values);
            yield new NumericTensor.Floats(values);
          }
          case FLOAT64 -> {
            double[] values = new double[size];
            tensor.getDoubleBuffer().get(values);
            yield new NumericTensor.Doubles(values);
          }
          default -> new NumericTensor.Longs(whole(tensor, info.onnxType, size));
        });
  }

  private static long[] whole(OnnxTensor tensor, OnnxTensorType type, int size) {
    long[] values = new long[size];
    switch (type) {
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> tensor.getLongBuffer().get(values);
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> {
        IntBuffer from = tensor.getIntBuffer();
        Arrays.setAll(values, from::get);
      }
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> {
        ShortBuffer from = tensor.getShortBuffer();
        Arrays.setAll(values, from::get);
      }
      case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> {
        ByteBuffer from = tensor.getByteBuffer();
        Arrays.setAll(values, i -> from.get(i) & 0xFF);
      }
      default -> {
        ByteBuffer from = tensor.getByteBuffer();
        Arrays.setAll(values, from::get);
      }
    }
    return values;
  }

  private static NumericTensor.Elements empty(NumberType type) {
    return type.integral()
        ? new NumericTensor.Longs(new long[0])
        : type == NumberType.FLOAT64
            ? new NumericTensor.Doubles(new double[0])
            : new NumericTensor.Floats(new float[0]);
  }
}
