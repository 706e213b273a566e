package org.einloom.io.onnx;

import java.util.Map;
import java.util.Set;

/**
 * Which fields of an ONNX file are copied out of it, by number as in {@code onnx.proto}. What is in
 * none of the lists (documentation, metadata, training, device placement, fields of the future) is
 * left behind.
 */
enum WireSchema {
  DIMENSION(Set.of(1, 2), Map.of()),
  TENSOR_SHAPE(Set.of(), Map.of(1, DIMENSION)),
  TENSOR_TYPE(Set.of(1), Map.of(2, TENSOR_SHAPE)),
  /** Of the kinds of types only tensors; a value of another kind is left without a type. */
  TYPE(Set.of(), Map.of(1, TENSOR_TYPE)),
  VALUE_INFO(Set.of(1), Map.of(2, TYPE)),
  ENTRY(Set.of(1, 2), Map.of()),
  /** Its elements (fields 4 to 7 and 9 to 11) are bulk: kept only where they are few. */
  TENSOR(Set.of(1, 2, 8, 14), Map.of(13, ENTRY)),
  SPARSE_TENSOR(Set.of(3), Map.of(1, TENSOR)),
  /** Fields 6 and 11 hold graphs: {@link #message} closes the circle. */
  ATTRIBUTE(Set.of(1, 2, 3, 4, 7, 8, 9, 20, 21), Map.of(5, TENSOR, 10, TENSOR, 22, SPARSE_TENSOR)),
  NODE(Set.of(1, 2, 3, 4, 7), Map.of(5, ATTRIBUTE)),
  GRAPH(
      Set.of(2),
      Map.of(
          1, NODE, 5, TENSOR, 11, VALUE_INFO, 12, VALUE_INFO, 13, VALUE_INFO, 15, SPARSE_TENSOR)),
  OPERATOR_SET(Set.of(1, 2), Map.of()),
  FUNCTION(Set.of(1, 10), Map.of(7, NODE)),
  MODEL(Set.of(1, 2, 3), Map.of(7, GRAPH, 8, OPERATOR_SET, 25, FUNCTION));

  private static final Set<Integer> BULK = Set.of(4, 5, 6, 7, 9, 10, 11);

  private final Set<Integer> kept;
  private final Map<Integer, WireSchema> messages;

  WireSchema(Set<Integer> kept, Map<Integer, WireSchema> messages) {
    this.kept = Set.copyOf(kept);
    this.messages = Map.copyOf(messages);
  }

  /** Whether the field is copied as it is. */
  boolean keeps(int field) {
    return kept.contains(field);
  }

  /** Whether the field holds elements of a tensor. */
  boolean isBulk(int field) {
    return this == TENSOR && BULK.contains(field);
  }

  /** The kind of message in the field, or itself for a field without one. */
  WireSchema message(int field) {
    return this == ATTRIBUTE && (field == 6 || field == 11)
        ? GRAPH
        : messages.getOrDefault(field, this);
  }
}
