package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.workload.InvalidSpecException;

/** Operators that keep the elements and their order, and give them other ranks. */
final class ReshapeRules {
  private ReshapeRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Reshape", node -> same(node, reshaped(node)));
    rules.put("Flatten", node -> same(node, flattened(node)));
    rules.put("Squeeze", node -> same(node, squeezed(node)));
    rules.put("Unsqueeze", node -> same(node, unsqueezed(node)));
  }

  private static List<Value> same(Node node, Shape shape) {
    return List.of(Value.of(node.type(0), shape, node.input(0).numbers()));
  }

  private static Shape reshaped(Node node) throws Unknown {
    Shape from = node.shape(0);
    List<Long> wanted =
        node.integers("shape", 1)
            .orElseThrow(() -> new InvalidSpecException("has no shape to reshape to"));
    boolean allowZero = node.flag("allowzero", false);
    var sizes = new ArrayList<Long>();
    int open = -1;
    for (int i = 0; i < wanted.size(); i++) {
      long size = wanted.get(i);
      if (size == 0 && !allowZero) {
        if (i >= from.rank()) {
          throw wrong(from, wanted, "0 at place " + i + " copies an extent that is not there");
        }
        sizes.add(from.size(i));
      } else if (size == -1 && open < 0) {
        open = i;
        sizes.add(1L);
      } else if (size < 0) {
        throw wrong(from, wanted, "expected extents and at most one -1");
      } else {
        sizes.add(size);
      }
    }
    Shape shape = new Shape(sizes);
    if (open >= 0) {
      long rest = shape.elements();
      if (rest == 0 || from.elements() % rest != 0) {
        throw wrong(from, wanted, "no extent for -1 gives " + from.elements() + " elements");
      }
      shape = shape.with(open, from.elements() / rest);
    }
    if (shape.elements() != from.elements()) {
      throw wrong(
          from, wanted, "these are " + from.elements() + " and " + shape.elements() + " elements");
    }
    return shape;
  }

  private static InvalidSpecException wrong(Shape from, List<Long> wanted, String why) {
    return new InvalidSpecException(
        "cannot give shape " + from + " the shape " + wanted + ": " + why);
  }

  private static Shape flattened(Node node) throws Unknown {
    Shape from = node.shape(0);
    long axis = node.integer("axis", 1);
    int split = axis == from.rank() ? from.rank() : from.rank() == 0 ? 0 : from.axis(axis);
    return Shape.of(from.elements(0, split), from.elements(split, from.rank()));
  }

  private static Shape squeezed(Node node) throws Unknown {
    Shape from = node.shape(0);
    Optional<List<Long>> axes = node.integers("axes", 1);
    var dropped = new HashSet<Integer>();
    if (axes.isPresent()) {
      for (long axis : axes.get()) {
        int place = from.axis(axis);
        if (from.size(place) != 1) {
          throw new InvalidSpecException(
              "cannot drop axis "
                  + axis
                  + " of shape "
                  + from
                  + ": its extent is "
                  + from.size(place)
                  + "; expected 1");
        }
        dropped.add(place);
      }
    }
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < from.rank(); i++) {
      if (axes.isPresent() ? !dropped.contains(i) : from.size(i) != 1) {
        sizes.add(from.size(i));
      }
    }
    return new Shape(sizes);
  }

  private static Shape unsqueezed(Node node) throws Unknown {
    Shape from = node.shape(0);
    List<Long> axes =
        node.integers("axes", 1).orElseThrow(() -> new InvalidSpecException("has no axes"));
    int rank = from.rank() + axes.size();
    Set<Integer> added = new HashSet<>();
    for (long axis : axes) {
      if (!added.add(Shape.axis(axis, rank))) {
        throw new InvalidSpecException("axes " + axes + " name one axis twice");
      }
    }
    var sizes = new ArrayList<Long>();
    int next = 0;
    for (int i = 0; i < rank; i++) {
      sizes.add(added.contains(i) ? 1L : from.size(next++));
    }
    return new Shape(sizes);
  }
}
