package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.einloom.workload.InvalidSpecException;

/**
 * How to read an ONNX model.
 *
 * @param batch the batch size: takes the place of the first dimension of every graph input where
 *     that is open (symbolic), or 1 in an input of two or more dimensions. Empty: the file's own;
 *     an open dimension is then an error
 * @param shapes shapes of graph inputs by their names, in place of those that the file gives them
 * @param dimensions extents of single dimensions of graph inputs, by the name that the file gives a
 *     dimension, or by input and axis ({@code x:1}, {@code x:-1} is the last); {@code batch} is the
 *     batch size where no dimension is called so
 * @param coverage which operators become layers
 */
public record OnnxOptions(
    OptionalLong batch,
    Map<String, List<Long>> shapes,
    Map<String, Long> dimensions,
    Coverage coverage) {
  /** The file as it is. */
  public static final OnnxOptions DEFAULT = new OnnxOptions(OptionalLong.empty());

  public OnnxOptions {
    shapes = Map.copyOf(shapes);
    dimensions = Map.copyOf(dimensions);
    if (batch.isPresent() && batch.getAsLong() < 1) {
      throw new InvalidSpecException(
          "the batch size is " + batch.getAsLong() + "; expected at least 1");
    }
    shapes.forEach(
        (input, shape) -> {
          if (shape.stream().anyMatch(size -> size < 1)) {
            throw new InvalidSpecException(
                "the shape of input '"
                    + input
                    + "' is "
                    + shape
                    + "; expected extents of at least 1");
          }
        });
    dimensions.forEach(
        (name, extent) -> {
          if (extent < 1) {
            throw new InvalidSpecException(
                "dimension '" + name + "' is given the extent " + extent + "; expected at least 1");
          }
        });
  }

  /** With that batch size, if any, the file's own shapes, and all operators. */
  public OnnxOptions(OptionalLong batch) {
    this(batch, Map.of(), Map.of(), Coverage.ALL);
  }

  /** With that batch size. */
  public static OnnxOptions batch(long size) {
    return new OnnxOptions(OptionalLong.of(size));
  }

  /** The same with that shape for an input. */
  public OnnxOptions withShape(String input, long... sizes) {
    var all = new HashMap<>(shapes);
    all.put(input, Shape.of(sizes).sizes());
    return new OnnxOptions(batch, all, dimensions, coverage);
  }

  /** The same with that extent for a dimension, in place of one given before. */
  public OnnxOptions withDimension(String name, long extent) {
    var all = new HashMap<>(dimensions);
    all.put(name, extent);
    return withDimensions(all);
  }

  /** The same with these extents for dimensions, in place of all given before. */
  public OnnxOptions withDimensions(Map<String, Long> extents) {
    return new OnnxOptions(batch, shapes, extents, coverage);
  }

  /** The same without an extent for that dimension. */
  OnnxOptions withoutDimension(String name) {
    var all = new HashMap<>(dimensions);
    all.remove(name);
    return withDimensions(all);
  }

  /** The same with another batch size. */
  OnnxOptions withBatch(OptionalLong size) {
    return new OnnxOptions(size, shapes, dimensions, coverage);
  }

  /** The same with that coverage. */
  public OnnxOptions withCoverage(Coverage which) {
    return new OnnxOptions(batch, shapes, dimensions, which);
  }
}
