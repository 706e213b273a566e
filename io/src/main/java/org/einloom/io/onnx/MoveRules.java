package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** Operators that put elements into another order, or repeat them. */
final class MoveRules {
  private MoveRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Transpose", MoveRules::transpose);
    rules.put("Expand", MoveRules::expand);
    rules.put("Tile", MoveRules::tile);
    rules.put("Concat", MoveRules::concat);
    rules.put("DepthToSpace", node -> List.of(Value.of(node.type(0), depthToSpace(node))));
    rules.put("SpaceToDepth", node -> List.of(Value.of(node.type(0), spaceToDepth(node))));
  }

  private static List<Value> transpose(Node node) throws Unknown {
    Shape from = node.shape(0);
    int rank = from.rank();
    int[] order = new int[rank];
    List<Long> given = node.integers("perm").orElse(List.of());
    if (!given.isEmpty() && given.size() != rank) {
      throw new InvalidSpecException(
          "attribute 'perm' is " + given + ", but its input has shape " + from);
    }
    var used = new boolean[rank];
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < rank; i++) {
      order[i] = given.isEmpty() ? rank - 1 - i : from.axis(given.get(i));
      if (used[order[i]]) {
        throw new InvalidSpecException(
            "attribute 'perm' is " + given + "; expected every axis once");
      }
      used[order[i]] = true;
      sizes.add(from.size(order[i]));
    }
    Shape to = new Shape(sizes);
    Numbers numbers = node.input(0).numbers();
    if (numbers != null) {
      long[] source = new long[rank];
      numbers =
          numbers.at(
              Folding.positions(
                  to,
                  at -> {
                    for (int i = 0; i < rank; i++) {
                      source[order[i]] = at[i];
                    }
                    return Folding.position(from, source, 0);
                  }));
    }
    return List.of(Value.of(node.type(0), to, numbers));
  }

  private static List<Value> expand(Node node) throws Unknown {
    Shape to = Shape.broadcast(List.of(node.shape(0), new Shape(node.integers(1))));
    return List.of(Value.of(node.type(0), to, Folding.input(node, 0, to)));
  }

  private static List<Value> tile(Node node) throws Unknown {
    Shape from = node.shape(0);
    List<Long> repeats = node.integers(1);
    if (node.has(2)) { // before operator set 6: how often, and along which axis
      int axis = from.axis(node.integer(2));
      var along = new ArrayList<Long>(Collections.nCopies(from.rank(), 1L));
      along.set(axis, node.integer(1));
      repeats = along;
    }
    if (repeats.size() != from.rank()) {
      throw new InvalidSpecException(
          "repeats are " + repeats + ", but its input has shape " + from);
    }
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < from.rank(); i++) {
      sizes.add(Checked.multiply(from.size(i), repeats.get(i), "the repeated extent"));
    }
    Shape to = new Shape(sizes);
    Numbers numbers = node.input(0).numbers();
    if (numbers != null && Folding.fits(to)) {
      numbers =
          numbers.at(
              Folding.positions(
                  to,
                  at -> {
                    int position = 0;
                    for (int i = 0; i < from.rank(); i++) {
                      position = position * (int) from.size(i) + (int) (at[i] % from.size(i));
                    }
                    return position;
                  }));
    } else {
      numbers = null;
    }
    return List.of(Value.of(node.type(0), to, numbers));
  }

  private static List<Value> concat(Node node) throws Unknown {
    List<Shape> shapes = node.shapes();
    if (shapes.isEmpty()) {
      throw new InvalidSpecException("has no inputs");
    }
    Shape first = shapes.get(0);
    int axis = first.axis(node.integer("axis", 1)); // 1 was the default before operator set 4
    long sum = 0;
    for (Shape s : shapes) {
      if (s.rank() != first.rank()
          || !s.with(axis, 0).sizes().equals(first.with(axis, 0).sizes())) {
        throw new InvalidSpecException(
            "cannot join shapes "
                + shapes
                + " along axis "
                + axis
                + "; expected equal extents along the others");
      }
      sum = Checked.add(sum, s.size(axis), "the joined extent");
    }
    Shape joined = first.with(axis, sum);
    List<@Nullable Numbers> parts = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.has(i)) {
        parts.add(node.input(i).numbers());
      }
    }
    return List.of(
        Value.of(node.type(0), joined, Folding.concatenate(shapes, parts, axis, joined)));
  }

  private static Shape depthToSpace(Node node) throws Unknown {
    Shape from = image(node.shape(0));
    long block = block(node);
    if (from.size(1) % (block * block) != 0) {
      throw new InvalidSpecException(
          "blocks of " + block + " by " + block + " do not divide the channels of " + from);
    }
    return Shape.of(
        from.size(0),
        from.size(1) / (block * block),
        Checked.multiply(from.size(2), block, "the height"),
        Checked.multiply(from.size(3), block, "the width"));
  }

  private static Shape spaceToDepth(Node node) throws Unknown {
    Shape from = image(node.shape(0));
    long block = block(node);
    if (from.size(2) % block != 0 || from.size(3) % block != 0) {
      throw new InvalidSpecException(
          "blocks of " + block + " by " + block + " do not divide the image of " + from);
    }
    return Shape.of(
        from.size(0),
        Checked.multiply(from.size(1), block * block, "the channels"),
        from.size(2) / block,
        from.size(3) / block);
  }

  private static Shape image(Shape shape) {
    if (shape.rank() != 4) {
      throw new InvalidSpecException(
          "its input has shape " + shape + "; expected [batch, channels, height, width]");
    }
    return shape;
  }

  private static long block(Node node) {
    long block = node.integer("blocksize", 0);
    Window.range("blocksize", block, 1);
    return block;
  }
}
