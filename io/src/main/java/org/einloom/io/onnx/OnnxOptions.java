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
 * @param coverage which operators become layers
 */
public record OnnxOptions(OptionalLong batch, Map<String, List<Long>> shapes, Coverage coverage) {
  /** The file as it is. */
  public static final OnnxOptions DEFAULT = new OnnxOptions(OptionalLong.empty());

  public OnnxOptions {
    shapes = Map.copyOf(shapes);
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
  }

  /** With that batch size, if any, and the file's own shapes. */
  public OnnxOptions(OptionalLong batch) {
    this(batch, Map.of(), Coverage.PRODUCTS);
  }

  /** With that batch size. */
  public static OnnxOptions batch(long size) {
    return new OnnxOptions(OptionalLong.of(size));
  }

  /** The same with that shape for an input. */
  public OnnxOptions withShape(String input, long... sizes) {
    var all = new HashMap<>(shapes);
    all.put(input, Shape.of(sizes).sizes());
    return new OnnxOptions(batch, all, coverage);
  }

  /** The same with that coverage. */
  public OnnxOptions withCoverage(Coverage which) {
    return new OnnxOptions(batch, shapes, which);
  }
}
