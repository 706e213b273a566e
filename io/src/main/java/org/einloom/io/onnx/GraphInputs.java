package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import onnx.Onnx.GraphProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** The shapes that a graph declares, with the batch size put in its place. */
final class GraphInputs {
  private final OptionalLong batch;

  /** Symbolic dimensions that turned out to be the batch. */
  private final Map<String, Long> symbols = new HashMap<>();

  /** Whether an extent that the file gives was replaced, so that its other shapes are outdated. */
  private boolean replaced;

  GraphInputs(OnnxOptions options) {
    this.batch = options.batch();
  }

  /** Adds the inputs of a graph that are not initialisers to its scope. */
  void define(GraphProto graph, Scope scope) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !scope.defines(i.getName())).toList();
    boolean placed = false;
    for (ValueInfoProto input : inputs) {
      if (input.getType().hasTensorType() && input.getType().getTensorType().hasShape()) {
        placed |= placeBatch(input.getType().getTensorType().getShape().getDimList());
      }
    }
    if (batch.isPresent() && !placed) {
      throw new InvalidSpecException(
          "no graph input has an open first dimension, or one of 1, that the batch size "
              + batch.getAsLong()
              + " could take the place of; leave the batch size out");
    }
    for (ValueInfoProto input : inputs) {
      scope.define(input.getName(), input(input));
    }
  }

  private boolean placeBatch(List<Dimension> dimensions) {
    if (batch.isEmpty() || dimensions.isEmpty()) {
      return false;
    }
    Dimension first = dimensions.get(0);
    if (isOpen(first)) {
      if (!first.getDimParam().isEmpty()) {
        symbols.put(first.getDimParam(), batch.getAsLong());
      }
      return true;
    }
    return isOne(dimensions) || first.getDimValue() == batch.getAsLong();
  }

  private static boolean isOpen(Dimension dimension) {
    return dimension.getDimValue() <= 0;
  }

  private static boolean isOne(List<Dimension> dimensions) {
    return dimensions.size() > 1 && dimensions.get(0).getDimValue() == 1;
  }

  private Value input(ValueInfoProto input) {
    String what = "graph input '" + input.getName() + "'";
    TypeProto type = input.getType();
    if (!type.hasTensorType()) {
      return Value.unknown(ElementType.UNKNOWN, what + " is no tensor");
    }
    if (!type.getTensorType().hasShape()) {
      throw new InvalidSpecException(what + " has no shape; export the network with fixed extents");
    }
    List<Dimension> dimensions = type.getTensorType().getShape().getDimList();
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < dimensions.size(); i++) {
      sizes.add(extent(what, dimensions, i));
    }
    Shape shape;
    try {
      shape = new Shape(sizes);
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException(what + ": " + e.getMessage(), e);
    }
    return Value.of(type.getTensorType().getElemType(), shape)
        .because(what + " is known only when the network runs");
  }

  private long extent(String what, List<Dimension> dimensions, int axis) {
    Dimension dimension = dimensions.get(axis);
    if (axis == 0 && batch.isPresent() && (isOpen(dimension) || isOne(dimensions))) {
      replaced |= !isOpen(dimension) && batch.getAsLong() != dimension.getDimValue();
      return batch.getAsLong();
    }
    if (!isOpen(dimension)) {
      return dimension.getDimValue();
    }
    Long known = symbols.get(dimension.getDimParam());
    if (known != null) {
      return known;
    }
    String name = dimension.getDimParam().isEmpty() ? "" : " '" + dimension.getDimParam() + "'";
    throw new InvalidSpecException(
        what
            + " has an open extent"
            + name
            + " at axis "
            + axis
            + (axis == 0
                ? "; give the batch size"
                : "; export the network with a fixed extent there"));
  }

  /**
   * The shape that the file itself gives a value, or null if it does not, or not for this batch.
   */
  @Nullable Shape declared(ValueInfoProto info) {
    if (replaced || !info.getType().getTensorType().hasShape()) {
      return null;
    }
    var sizes = new ArrayList<Long>();
    for (Dimension dimension : info.getType().getTensorType().getShape().getDimList()) {
      Long size =
          dimension.hasDimValue()
              ? Long.valueOf(dimension.getDimValue())
              : symbols.get(dimension.getDimParam());
      if (size == null || size < 0) {
        return null;
      }
      sizes.add(size);
    }
    return new Shape(sizes);
  }

  boolean replaced() {
    return replaced;
  }
}
