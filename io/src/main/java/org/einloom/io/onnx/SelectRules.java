package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;

/** Operators that take a part of a tensor by indices. */
final class SelectRules {
  private SelectRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Gather", SelectRules::gather);
    rules.put("GatherElements", node -> List.of(Value.of(node.type(0), node.shape(1))));
    rules.put("GatherND", node -> List.of(Value.of(node.type(0), gatherNd(node))));
    rules.put("TopK", SelectRules::topK);
  }

  private static List<Value> gather(Node node) throws Unknown {
    Shape from = node.shape(0);
    Shape indices = node.shape(1);
    int axis = from.axis(node.integer("axis", 0));
    var sizes = new ArrayList<Long>(from.sub(0, axis));
    sizes.addAll(indices.sizes());
    sizes.addAll(from.sub(axis + 1, from.rank()));
    Shape to = new Shape(sizes);
    Numbers numbers = node.input(0).numbers();
    Numbers chosen = node.input(1).numbers();
    if (numbers == null || chosen == null || !Folding.fits(to)) {
      return List.of(Value.of(node.type(0), to));
    }
    long[] source = new long[from.rank()];
    int[] positions =
        Folding.positions(
            to,
            at -> {
              System.arraycopy(at, 0, source, 0, axis);
              long[] which = new long[indices.rank()];
              System.arraycopy(at, axis, which, 0, indices.rank());
              long index = chosen.integer(Folding.position(indices, which, 0));
              if (index < -from.size(axis) || index >= from.size(axis)) {
                throw new InvalidSpecException(
                    "takes index " + index + " of axis " + axis + " of shape " + from);
              }
              source[axis] = index < 0 ? index + from.size(axis) : index;
              System.arraycopy(at, axis + indices.rank(), source, axis + 1, from.rank() - axis - 1);
              return Folding.position(from, source, 0);
            });
    return List.of(Value.of(node.type(0), to, numbers.at(positions)));
  }

  private static Shape gatherNd(Node node) throws Unknown {
    Shape from = node.shape(0);
    Shape indices = node.shape(1);
    long batch = node.integer("batch_dims", 0);
    long taken = indices.rank() == 0 ? -1 : indices.size(indices.rank() - 1);
    if (batch < 0 || taken < 0 || batch >= indices.rank() || batch + taken > from.rank()) {
      throw new InvalidSpecException(
          "indices of shape "
              + indices
              + " with batch_dims "
              + batch
              + " do not fit shape "
              + from);
    }
    var sizes = new ArrayList<Long>(indices.sub(0, indices.rank() - 1));
    sizes.addAll(from.sub((int) (batch + taken), from.rank()));
    return new Shape(sizes);
  }

  private static List<Value> topK(Node node) throws Unknown {
    Shape from = node.shape(0);
    int axis = from.axis(node.integer("axis", -1));
    long k = node.has(1) ? node.integer(1) : node.integer("k", -1);
    if (k < 0 || k > from.size(axis)) {
      throw new InvalidSpecException(
          "takes the largest " + k + " along axis " + axis + " of shape " + from);
    }
    Shape to = from.with(axis, k);
    return List.of(Value.of(node.type(0), to), Value.of(ElementType.INT64, to));
  }
}
