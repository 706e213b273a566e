package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/** Operators that take a part of a tensor by ranges, or cut it into pieces. */
final class SliceRules {
  private SliceRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Slice", SliceRules::slice);
    rules.put("Split", SliceRules::split);
  }

  /** A range of one axis: {@code count} positions from {@code start} in steps of {@code step}. */
  private record Range(long start, long step, long count) {
    /** Bounds count from the end where negative, and are clamped, as in Python. */
    static Range of(long start, long end, long step, long size) {
      if (step == 0) {
        throw new InvalidSpecException("a slice has step 0");
      }
      if (size == 0) {
        return new Range(0, 1, 0);
      }
      long low = step > 0 ? 0 : -1;
      long high = step > 0 ? size : size - 1;
      long from = Math.clamp(start < 0 ? start + size : start, 0, high);
      long to = Math.clamp(end < 0 ? end + size : end, low, high);
      long distance = step > 0 ? to - from : from - to;
      // -Long.MIN_VALUE is no number, but as a divisor it gives the right answer all the same.
      long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
      return new Range(from, step, distance <= 0 ? 0 : Math.ceilDiv(distance, stride));
    }
  }

  private static List<Value> slice(Node node) throws Unknown {
    Shape from = node.shape(0);
    List<Long> starts = bounds(node, "starts", 1);
    List<Long> ends = bounds(node, "ends", 2);
    Optional<List<Long>> axes = node.integers("axes", 3);
    Optional<List<Long>> steps = node.has(4) ? Optional.of(node.integers(4)) : Optional.empty();
    if (ends.size() != starts.size()
        || axes.map(List::size).orElse(starts.size()) != starts.size()
        || steps.map(List::size).orElse(starts.size()) != starts.size()
        || starts.size() > from.rank()) {
      throw new InvalidSpecException(
          "slices shape "
              + from
              + " from "
              + starts
              + " to "
              + ends
              + ", axes "
              + axes.orElse(List.of())
              + ", steps "
              + steps.orElse(List.of())
              + "; expected lists of one length");
    }
    var ranges = new ArrayList<Range>();
    from.sizes().forEach(size -> ranges.add(new Range(0, 1, size)));
    for (int i = 0; i < starts.size(); i++) {
      int axis = axes.isPresent() ? from.axis(axes.get().get(i)) : i;
      ranges.set(
          axis,
          Range.of(
              starts.get(i),
              ends.get(i),
              steps.isPresent() ? steps.get().get(i) : 1,
              from.size(axis)));
    }
    Shape to = new Shape(ranges.stream().map(Range::count).toList());
    Numbers numbers = node.input(0).numbers();
    if (numbers != null) {
      numbers =
          numbers.at(
              Folding.positions(
                  to,
                  at -> {
                    int position = 0;
                    for (int i = 0; i < from.rank(); i++) {
                      long coordinate = ranges.get(i).start() + at[i] * ranges.get(i).step();
                      position = position * (int) from.size(i) + (int) coordinate;
                    }
                    return position;
                  }));
    }
    return List.of(Value.of(node.type(0), to, numbers));
  }

  private static List<Long> bounds(Node node, String name, int input) throws Unknown {
    return node.integers(name, input)
        .orElseThrow(() -> new InvalidSpecException("has no '" + name + "'"));
  }

  private static List<Value> split(Node node) throws Unknown {
    Shape from = node.shape(0);
    int axis = from.axis(node.integer("axis", 0));
    long size = from.size(axis);
    int parts = node.proto().getOutputCount();
    List<Long> sizes = node.integers("split", 1).orElse(List.of());
    if (sizes.isEmpty()) {
      if (parts == 0 || node.integer("num_outputs", parts) != parts) {
        throw new InvalidSpecException(
            "attribute 'num_outputs' is "
                + node.integer("num_outputs", parts)
                + ", but it has "
                + parts
                + " outputs");
      }
      // Pieces of equal extent, the last one smaller where they do not divide (operator set 18).
      long each = Math.ceilDiv(size, parts);
      var even = new ArrayList<Long>();
      for (int i = 0; i < parts; i++) {
        even.add(Math.max(0, Math.min(each, size - i * each)));
      }
      sizes = even;
    }
    long sum = 0;
    for (long s : sizes) {
      sum = Checked.add(sum, s, "the split extent");
    }
    if (sizes.size() != parts || sum != size || sizes.stream().anyMatch(s -> s < 0)) {
      throw new InvalidSpecException(
          "splits extent "
              + size
              + " of shape "
              + from
              + " into "
              + sizes
              + " for "
              + parts
              + " outputs; expected as many pieces that add up");
    }
    var outputs = new ArrayList<Value>();
    long start = 0;
    for (long s : sizes) {
      Shape part = from.with(axis, s);
      Numbers numbers = node.input(0).numbers();
      if (numbers != null) {
        long begin = start;
        long[] source = new long[from.rank()];
        numbers =
            numbers.at(
                Folding.positions(
                    part,
                    at -> {
                      System.arraycopy(at, 0, source, 0, at.length);
                      source[axis] += begin;
                      return Folding.position(from, source, 0);
                    }));
      }
      outputs.add(Value.of(node.type(0), part, numbers));
      start += s;
    }
    return outputs;
  }
}
