package org.einloom.io.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.NumericTensor.NumberType;
import org.einloom.workload.InvalidSpecException;

/** Reads tensors with all of their elements. */
final class StoredTensors {
  private StoredTensors() {}

  /**
   * The tensor; empty where its type is none that is measured: text, complex numbers, numbers of
   * less than 8 bits.
   *
   * @throws InvalidSpecException if elements are missing, too many or too few
   */
  static Optional<NumericTensor> read(TensorProto t, ExternalFiles external) {
    Optional<NumberType> type = type(t.getDataType());
    if (type.isEmpty()) {
      return Optional.empty();
    }
    int width = ElementType.rawBytes(t.getDataType());
    long size = NumericTensor.elements(t.getDimsList());
    if (size * width > Integer.MAX_VALUE) {
      throw wrong(t, "has " + size + " elements; expected less than 2 GiB of them");
    }
    int count = (int) size;
    NumericTensor.Elements elements;
    if (t.getDataLocation() == DataLocation.EXTERNAL) {
      try {
        elements = raw(ByteBuffer.wrap(external.read(t, count * width)), type.get(), count);
      } catch (Unknown e) {
        throw new InvalidSpecException(e.reason(), e);
      }
    } else if (t.getRawData().isEmpty()) {
      elements = typed(t, type.get(), count);
    } else {
      ByteString bytes = t.getRawData();
      if (bytes.size() != count * width) {
        throw wrong(t, "has " + bytes.size() + " bytes; expected " + count * width);
      }
      elements = raw(bytes.asReadOnlyByteBuffer(), type.get(), count);
    }
    return Optional.of(new NumericTensor(type.get(), t.getDimsList(), elements));
  }

  /** The type of that number. */
  static Optional<NumberType> type(int onnx) {
    return Optional.ofNullable(
        switch (onnx) {
          case DataType.BOOL_VALUE -> NumberType.BOOL;
          case DataType.INT8_VALUE -> NumberType.INT8;
          case DataType.UINT8_VALUE -> NumberType.UINT8;
          case DataType.INT16_VALUE -> NumberType.INT16;
          case DataType.UINT16_VALUE -> NumberType.UINT16;
          case DataType.INT32_VALUE -> NumberType.INT32;
          case DataType.UINT32_VALUE -> NumberType.UINT32;
          case DataType.INT64_VALUE -> NumberType.INT64;
          case DataType.UINT64_VALUE -> NumberType.UINT64;
          case DataType.FLOAT16_VALUE -> NumberType.FLOAT16;
          case DataType.BFLOAT16_VALUE -> NumberType.BFLOAT16;
          case DataType.FLOAT_VALUE -> NumberType.FLOAT32;
          case DataType.DOUBLE_VALUE -> NumberType.FLOAT64;
          default -> null;
        });
  }

  private static NumericTensor.Elements raw(ByteBuffer bytes, NumberType type, int count) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (type == NumberType.FLOAT64) {
      double[] values = new double[count];
      in.asDoubleBuffer().get(values);
      return new NumericTensor.Doubles(values);
    }
    if (!type.integral()) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            switch (type) {
              case FLOAT16 -> Float.float16ToFloat(in.getShort());
              case BFLOAT16 -> Float.intBitsToFloat(in.getShort() << 16);
              default -> in.getFloat();
            };
      }
      return new NumericTensor.Floats(values);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case BOOL -> in.get() == 0 ? 0 : 1;
            case UINT8 -> in.get() & 0xFF;
            case INT8 -> in.get();
            case UINT16 -> in.getShort() & 0xFFFF;
            case INT16 -> in.getShort();
            case UINT32 -> in.getInt() & 0xFFFF_FFFFL;
            case INT32 -> in.getInt();
            default -> in.getLong();
          };
    }
    return new NumericTensor.Longs(values);
  }

  /** Elements in the field of their type instead of raw bytes. */
  private static NumericTensor.Elements typed(TensorProto t, NumberType type, int count) {
    int stored =
        switch (type) {
          case FLOAT32 -> t.getFloatDataCount();
          case FLOAT64 -> t.getDoubleDataCount();
          case INT64 -> t.getInt64DataCount();
          case UINT32, UINT64 -> t.getUint64DataCount();
          default -> t.getInt32DataCount();
        };
    if (stored == 0 && count > 0) {
      throw wrong(t, "has no elements in the file: was it saved without weights?");
    }
    if (stored != count) {
      throw wrong(t, "has " + stored + " elements; expected " + count);
    }
    if (type == NumberType.FLOAT64) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = t.getDoubleData(i);
      }
      return new NumericTensor.Doubles(values);
    }
    if (!type.integral()) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] =
            switch (type) {
              case FLOAT16 -> Float.float16ToFloat((short) t.getInt32Data(i));
              case BFLOAT16 -> Float.intBitsToFloat(t.getInt32Data(i) << 16);
              default -> t.getFloatData(i);
            };
      }
      return new NumericTensor.Floats(values);
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case INT64 -> t.getInt64Data(i);
            case UINT32, UINT64 -> t.getUint64Data(i);
            default -> t.getInt32Data(i);
          };
    }
    return new NumericTensor.Longs(values);
  }

  private static InvalidSpecException wrong(TensorProto t, String problem) {
    return new InvalidSpecException(
        "tensor '" + t.getName() + "' of shape " + t.getDimsList() + " " + problem);
  }
}
