package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import onnx.Onnx.GraphProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.ValueInfoProto;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a graph declares, with the batch size and the shapes asked for in their places.
 */
final class GraphInputs {
  private final OnnxOptions options;
  private final OpenDimensions dimensions;

  /** Symbolic dimensions whose extent is known. */
  private final Map<String, Long> symbols = new HashMap<>();

  /** Whether an extent that the file gives was replaced, so that its other shapes are outdated. */
  private boolean replaced;

  private boolean batchPlaced;

  /** What the options ask of the inputs of that graph. */
  GraphInputs(GraphProto graph, OnnxOptions options) {
    this.options = options;
    this.dimensions = OpenDimensions.of(graph, options);
  }

  /** Adds the inputs of a graph that are not initialisers to its scope. */
  void define(GraphProto graph, Scope scope) {
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !scope.defines(i.getName())).toList();
    for (String wanted : options.shapes().keySet()) {
      if (inputs.stream().noneMatch(i -> i.getName().equals(wanted))) {
        throw new InvalidSpecException(
            "a shape is given for input '"
                + wanted
                + "'; the graph's inputs are "
                + inputs.stream().map(ValueInfoProto::getName).toList());
      }
    }
    Map<String, List<Long>> known = new HashMap<>();
    inputs.forEach(i -> known.put(i.getName(), given(i)));
    if (options.batch().isPresent() && !batchPlaced) {
      OpenDimensions.batches(graph, options).stream()
          .findFirst()
          .ifPresent(
              name -> {
                throw OpenDimensions.twoBatches(
                    options.batch().getAsLong(), name, options.dimensions().getOrDefault(name, 0L));
              });
      throw new InvalidSpecException(
          "no graph input has an open first dimension, or one of 1, that the batch size "
              + options.batch().getAsLong()
              + " could take the place of; leave the batch size out");
    }
    // Only now are all symbols known: one input may name what another one fixes.
    List<OpenDimensions.Place> open = new ArrayList<>();
    inputs.forEach(i -> open(i, known.getOrDefault(i.getName(), List.of()), open));
    if (!open.isEmpty()) {
      throw dimensions.missing(open);
    }
    inputs.forEach(
        i -> scope.define(i.getName(), input(i, known.getOrDefault(i.getName(), List.of()))));
  }

  private static String label(ValueInfoProto input) {
    return "graph input '" + input.getName() + "'";
  }

  private static boolean isOpen(Dimension dimension) {
    return dimension.getDimValue() <= 0;
  }

  /**
   * The extents that the file or the options give, 0 where neither does; notes what symbols are.
   */
  private List<Long> given(ValueInfoProto input) {
    List<Dimension> dimensions = OpenDimensions.dimensions(input);
    List<Long> wanted = options.shapes().get(input.getName());
    if (wanted != null
        && input.getType().getTensorType().hasShape()
        && wanted.size() != dimensions.size()) {
      throw new InvalidSpecException(
          label(input)
              + " is given the shape "
              + wanted
              + "; expected "
              + dimensions.size()
              + " extents");
    }
    if (wanted != null) {
      batchPlaced |= !wanted.isEmpty() && options.batch().equals(OptionalLong.of(wanted.get(0)));
      if (dimensions.isEmpty()) {
        return wanted;
      }
    }
    var sizes = new ArrayList<Long>();
    if (!input.getType().getTensorType().hasShape()) {
      for (int axis = 0; axis < this.dimensions.ranks(input.getName()); axis++) {
        sizes.add(this.dimensions.extent(input.getName(), axis));
      }
      return sizes;
    }
    for (int axis = 0; axis < dimensions.size(); axis++) {
      Dimension dimension = dimensions.get(axis);
      long own = Math.max(0, dimension.getDimValue());
      long asked = this.dimensions.extent(input.getName(), axis);
      long size =
          wanted != null
              ? wanted.get(axis)
              : asked != 0 ? asked : axis == 0 ? batch(dimensions) : own;
      if (asked != 0 && asked != size) {
        throw new InvalidSpecException(
            label(input) + " is given a shape and another extent at axis " + axis);
      }
      batchPlaced |= axis == 0 && asked != 0 && options.batch().equals(OptionalLong.of(asked));
      sizes.add(size);
      replaced |= own != 0 && own != size;
      if (own == 0 && size != 0 && !dimension.getDimParam().isEmpty()) {
        Long other = symbols.put(dimension.getDimParam(), size);
        if (other != null && other != size) {
          throw new InvalidSpecException(
              "dimension '"
                  + dimension.getDimParam()
                  + "' is "
                  + other
                  + " in one input and "
                  + size
                  + " in "
                  + label(input));
        }
      }
    }
    return sizes;
  }

  /** The first extent: the batch size where it can be, else the file's own. */
  private long batch(List<Dimension> dimensions) {
    Dimension first = dimensions.get(0);
    if (options.batch().isPresent()) {
      long batch = options.batch().getAsLong();
      boolean takes = isOpen(first) || (dimensions.size() > 1 && first.getDimValue() == 1);
      batchPlaced |= takes || first.getDimValue() == batch;
      if (takes) {
        return batch;
      }
    }
    return Math.max(0, first.getDimValue());
  }

  private Value input(ValueInfoProto input, List<Long> given) {
    var type = input.getType();
    if (!type.hasTensorType()) {
      return Value.unknown(ElementType.UNKNOWN, label(input) + " is no tensor");
    }
    if (!type.getTensorType().hasShape() && given.isEmpty()) {
      throw new InvalidSpecException(
          label(input)
              + " has no shape; give it one, axis by axis: --dim "
              + Words.printable(input.getName())
              + ":0=N ...");
    }
    var sizes = new ArrayList<Long>();
    for (int axis = 0; axis < given.size(); axis++) {
      sizes.add(
          given.get(axis) > 0
              ? given.get(axis)
              : Long.valueOf(symbols.getOrDefault(name(input, axis), 0L)));
    }
    try {
      return Value.of(type.getTensorType().getElemType(), new Shape(sizes))
          .because(label(input) + " is known only when the network runs");
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException(label(input) + ": " + e.getMessage(), e);
    }
  }

  private void open(ValueInfoProto input, List<Long> given, List<OpenDimensions.Place> open) {
    for (int axis = 0; axis < given.size(); axis++) {
      if (given.get(axis) == 0 && !symbols.containsKey(name(input, axis))) {
        open.add(new OpenDimensions.Place(input.getName(), axis));
      }
    }
  }

  /** The name of a dimension; empty if it has none. */
  private static String name(ValueInfoProto input, int axis) {
    List<Dimension> dimensions = OpenDimensions.dimensions(input);
    return axis < dimensions.size() ? dimensions.get(axis).getDimParam() : "";
  }

  /** The shape that the file itself gives a value, or null if none, or one for other inputs. */
  @Nullable Shape declared(ValueInfoProto info) {
    if (replaced || !info.getType().getTensorType().hasShape()) {
      return null;
    }
    var sizes = new ArrayList<Long>();
    for (Dimension dimension : OpenDimensions.dimensions(info)) {
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

  /** Whether the file was made for other inputs than these. */
  boolean replaced() {
    return replaced;
  }
}
