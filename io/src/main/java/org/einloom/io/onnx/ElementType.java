package org.einloom.io.onnx;

import java.util.OptionalInt;
import onnx.Onnx.TensorProto.DataType;

/** Element types by their number in {@code TensorProto.DataType}. */
final class ElementType {
  static final int UNKNOWN = DataType.UNDEFINED_VALUE;
  static final int FLOAT = DataType.FLOAT_VALUE;
  static final int INT64 = DataType.INT64_VALUE;
  static final int BOOL = DataType.BOOL_VALUE;

  private ElementType() {}

  /** Whether {@link Numbers} holds them as integers; truth values are. */
  static boolean isIntegral(int type) {
    return switch (type) {
      case DataType.UINT8_VALUE,
          DataType.INT8_VALUE,
          DataType.UINT16_VALUE,
          DataType.INT16_VALUE,
          DataType.INT32_VALUE,
          DataType.INT64_VALUE,
          DataType.BOOL_VALUE,
          DataType.UINT32_VALUE,
          DataType.UINT64_VALUE ->
          true;
      default -> false;
    };
  }

  /**
   * The width that an element type gives the words of a tensor: that of integers and of the float
   * types of quantisation. Empty for floats of 16 bits and more, whose width is that of training
   * and not of the hardware, and for types that hold indices and truth values.
   */
  static OptionalInt quantisedBits(int type) {
    return switch (type) {
      case DataType.UINT2_VALUE, DataType.INT2_VALUE -> OptionalInt.of(2);
      case DataType.UINT4_VALUE, DataType.INT4_VALUE, DataType.FLOAT4E2M1_VALUE ->
          OptionalInt.of(4);
      case DataType.FLOAT6E2M3_VALUE, DataType.FLOAT6E3M2_VALUE -> OptionalInt.of(6);
      case DataType.UINT8_VALUE,
          DataType.INT8_VALUE,
          DataType.FLOAT8E4M3FN_VALUE,
          DataType.FLOAT8E4M3FNUZ_VALUE,
          DataType.FLOAT8E5M2_VALUE,
          DataType.FLOAT8E5M2FNUZ_VALUE,
          DataType.FLOAT8E8M0_VALUE ->
          OptionalInt.of(8);
      case DataType.UINT16_VALUE, DataType.INT16_VALUE -> OptionalInt.of(16);
      case DataType.UINT32_VALUE, DataType.INT32_VALUE -> OptionalInt.of(32);
      default -> OptionalInt.empty();
    };
  }

  /** Whether they are floating-point numbers of any width. */
  static boolean isReal(int type) {
    return switch (type) {
      case DataType.FLOAT_VALUE,
          DataType.FLOAT16_VALUE,
          DataType.DOUBLE_VALUE,
          DataType.BFLOAT16_VALUE,
          DataType.FLOAT8E4M3FN_VALUE,
          DataType.FLOAT8E4M3FNUZ_VALUE,
          DataType.FLOAT8E5M2_VALUE,
          DataType.FLOAT8E5M2FNUZ_VALUE,
          DataType.FLOAT4E2M1_VALUE,
          DataType.FLOAT6E2M3_VALUE,
          DataType.FLOAT6E3M2_VALUE ->
          true;
      default -> false;
    };
  }

  /** Bytes of one element in {@code raw_data}, or 0 for a type that is not evaluated. */
  static int rawBytes(int type) {
    return switch (type) {
      case DataType.UINT8_VALUE, DataType.INT8_VALUE, DataType.BOOL_VALUE -> 1;
      case DataType.UINT16_VALUE,
          DataType.INT16_VALUE,
          DataType.FLOAT16_VALUE,
          DataType.BFLOAT16_VALUE ->
          2;
      case DataType.FLOAT_VALUE, DataType.INT32_VALUE, DataType.UINT32_VALUE -> 4;
      case DataType.DOUBLE_VALUE, DataType.INT64_VALUE, DataType.UINT64_VALUE -> 8;
      default -> 0;
    };
  }

  static String name(int type) {
    DataType known = DataType.forNumber(type);
    return known == null ? "type " + type : known.name();
  }
}
