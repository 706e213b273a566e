package org.einloom.io.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataLocation;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.InvalidSpecException;

/** What a tensor stored in the file is: its shape, and its elements where they are few. */
final class TensorData {
  /** Real numbers decide shapes only as a few scales or steps. */
  private static final int MAX_EXTERNAL_REALS = 64;

  private TensorData() {}

  /** The tensor as a constant value; elements that are missing, external or many are unknown. */
  static Value read(TensorProto tensor, ExternalFiles external) {
    Shape shape = shape(tensor);
    int type = tensor.getDataType();
    Value value = Value.of(type, shape).constant(true);
    try {
      return new Value(type, shape, numbers(tensor, shape, external), true, "");
    } catch (Unknown e) {
      return value.because(e.reason());
    }
  }

  private static Shape shape(TensorProto tensor) {
    try {
      return new Shape(tensor.getDimsList());
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException("tensor '" + tensor.getName() + "': " + e.getMessage(), e);
    }
  }

  private static Numbers numbers(TensorProto t, Shape shape, ExternalFiles external)
      throws Unknown {
    String what = "the elements of tensor '" + t.getName() + "'";
    int width = ElementType.rawBytes(t.getDataType());
    if (width == 0) {
      throw new Unknown(
          what
              + " have the type "
              + ElementType.name(t.getDataType())
              + ", which is not evaluated");
    }
    if (shape.elements() > Numbers.LIMIT) {
      throw new Unknown(what + " are more than the " + Numbers.LIMIT + " that are evaluated");
    }
    int count = (int) shape.elements();
    if (count == 0) {
      return ElementType.isIntegral(t.getDataType()) ? Numbers.ofIntegers() : Numbers.ofReals();
    }
    if (t.getDataLocation() == DataLocation.EXTERNAL) {
      if (!ElementType.isIntegral(t.getDataType()) && count > MAX_EXTERNAL_REALS) {
        throw new Unknown(what + " are in an external file and not read");
      }
      return decode(ByteString.copyFrom(external.read(t, count * width)), t.getDataType(), count);
    }
    if (!t.getRawData().isEmpty()) {
      if (t.getRawData().size() != count * width) {
        throw new InvalidSpecException(
            "tensor '"
                + t.getName()
                + "' of shape "
                + shape
                + " and type "
                + ElementType.name(t.getDataType())
                + " has "
                + t.getRawData().size()
                + " bytes of elements; expected "
                + count * width);
      }
      return decode(t.getRawData(), t.getDataType(), count);
    }
    return typed(t, count, what);
  }

  private static Numbers decode(ByteString bytes, int type, int count) {
    ByteBuffer in = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long[] integers = new long[count];
    double[] reals = new double[count];
    for (int i = 0; i < count; i++) {
      switch (type) {
        case DataType.UINT8_VALUE, DataType.BOOL_VALUE -> integers[i] = in.get() & 0xFF;
        case DataType.INT8_VALUE -> integers[i] = in.get();
        case DataType.UINT16_VALUE -> integers[i] = in.getShort() & 0xFFFF;
        case DataType.INT16_VALUE -> integers[i] = in.getShort();
        case DataType.UINT32_VALUE -> integers[i] = in.getInt() & 0xFFFF_FFFFL;
        case DataType.INT32_VALUE -> integers[i] = in.getInt();
        case DataType.INT64_VALUE, DataType.UINT64_VALUE -> integers[i] = in.getLong();
        case DataType.FLOAT16_VALUE -> reals[i] = Float.float16ToFloat(in.getShort());
        case DataType.BFLOAT16_VALUE -> reals[i] = Float.intBitsToFloat(in.getShort() << 16);
        case DataType.FLOAT_VALUE -> reals[i] = in.getFloat();
        case DataType.DOUBLE_VALUE -> reals[i] = in.getDouble();
        default -> throw new IllegalStateException("type " + type + " has a width");
      }
    }
    return ElementType.isIntegral(type) ? Numbers.ofIntegers(integers) : Numbers.ofReals(reals);
  }

  /** Elements in the field of their type instead of raw bytes. */
  private static Numbers typed(TensorProto t, int count, String what) throws Unknown {
    int stored =
        switch (t.getDataType()) {
          case DataType.FLOAT_VALUE -> t.getFloatDataCount();
          case DataType.DOUBLE_VALUE -> t.getDoubleDataCount();
          case DataType.INT64_VALUE -> t.getInt64DataCount();
          case DataType.UINT32_VALUE, DataType.UINT64_VALUE -> t.getUint64DataCount();
          default -> t.getInt32DataCount();
        };
    if (stored == 0) {
      throw new Unknown(what + " are not in the file");
    }
    if (stored != count) {
      throw new InvalidSpecException(
          "tensor '"
              + t.getName()
              + "' of shape "
              + t.getDimsList()
              + " has "
              + stored
              + " elements; expected "
              + count);
    }
    long[] integers = new long[count];
    double[] reals = new double[count];
    for (int i = 0; i < count; i++) {
      switch (t.getDataType()) {
        case DataType.FLOAT_VALUE -> reals[i] = t.getFloatData(i);
        case DataType.DOUBLE_VALUE -> reals[i] = t.getDoubleData(i);
        case DataType.FLOAT16_VALUE -> reals[i] = Float.float16ToFloat((short) t.getInt32Data(i));
        case DataType.BFLOAT16_VALUE -> reals[i] = Float.intBitsToFloat(t.getInt32Data(i) << 16);
        case DataType.INT64_VALUE -> integers[i] = t.getInt64Data(i);
        case DataType.UINT32_VALUE, DataType.UINT64_VALUE -> integers[i] = t.getUint64Data(i);
        default -> integers[i] = t.getInt32Data(i);
      }
    }
    return ElementType.isIntegral(t.getDataType())
        ? Numbers.ofIntegers(integers)
        : Numbers.ofReals(reals);
  }
}
