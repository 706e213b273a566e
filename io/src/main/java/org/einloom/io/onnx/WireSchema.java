package org.einloom.io.onnx;

/**
 * Which fields of an ONNX file are copied out of it, by number as in {@code onnx.proto}. What is
 * not named here (documentation, metadata, training, device placement, fields of the future) is
 * left behind.
 */
enum WireSchema {
  DIMENSION,
  TENSOR_SHAPE,
  TENSOR_TYPE,
  /** Of the kinds of types only tensors; a value of another kind is left without a type. */
  TYPE,
  VALUE_INFO,
  ENTRY,
  /** Its elements are bulk: kept only where they are few. */
  TENSOR,
  SPARSE_TENSOR,
  ATTRIBUTE,
  NODE,
  GRAPH,
  OPERATOR_SET,
  FUNCTION,
  MODEL;

  /** Whether the field, which is no message, is copied as it is. */
  boolean keeps(int field) {
    return switch (this) {
      case DIMENSION, ENTRY, OPERATOR_SET -> field == 1 || field == 2;
      case TENSOR_SHAPE, TYPE -> false;
      case TENSOR_TYPE, VALUE_INFO -> field == 1;
      case TENSOR -> field == 1 || field == 2 || field == 8 || field == 14;
      case SPARSE_TENSOR -> field == 3;
      case ATTRIBUTE -> in(field, 1, 4) || in(field, 7, 9) || in(field, 20, 21);
      case NODE -> in(field, 1, 4) || field == 7 || field == 8;
      case GRAPH -> field == 2;
      case FUNCTION -> field == 1 || in(field, 4, 6) || field == 10 || field == 13;
      case MODEL -> in(field, 1, 3);
    };
  }

  private static boolean in(int field, int from, int to) {
    return from <= field && field <= to;
  }

  /** Whether the field holds elements of a tensor. */
  boolean isBulk(int field) {
    return this == TENSOR && (in(field, 4, 7) || in(field, 9, 11));
  }

  /** The kind of message in the field, or itself for a field without one that is copied. */
  WireSchema message(int field) {
    return switch (this) {
      case TENSOR_SHAPE -> field == 1 ? DIMENSION : this;
      case TENSOR_TYPE -> field == 2 ? TENSOR_SHAPE : this;
      case TYPE -> field == 1 ? TENSOR_TYPE : this;
      case VALUE_INFO -> field == 2 ? TYPE : this;
      case TENSOR -> field == 13 ? ENTRY : this;
      case SPARSE_TENSOR -> field == 1 ? TENSOR : this;
      case ATTRIBUTE ->
          switch (field) {
            case 5, 10 -> TENSOR;
            case 6, 11 -> GRAPH;
            case 22 -> SPARSE_TENSOR;
            default -> this;
          };
      case NODE -> field == 5 ? ATTRIBUTE : this;
      case GRAPH ->
          switch (field) {
            case 1 -> NODE;
            case 5 -> TENSOR;
            case 11, 12, 13 -> VALUE_INFO;
            case 15 -> SPARSE_TENSOR;
            default -> this;
          };
      case FUNCTION ->
          switch (field) {
            case 7 -> NODE;
            case 9 -> OPERATOR_SET;
            case 11 -> ATTRIBUTE;
            default -> this;
          };
      case MODEL ->
          switch (field) {
            case 7 -> GRAPH;
            case 8 -> OPERATOR_SET;
            case 25 -> FUNCTION;
            default -> this;
          };
      case DIMENSION, ENTRY, OPERATOR_SET -> this;
    };
  }
}
