package org.einloom.io.onnx;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.workload.Einsum;
import org.jspecify.annotations.Nullable;

/**
 * One pass of an operator over its data: it reads whole tensors and writes one.
 *
 * @param part what it is to its operator, the end of the layer's name; empty where an operator is
 *     one pass
 * @param einsum what it computes; its name is replaced by the layer's
 * @param values what its operands are, in their order: values of the graph, {@link #INPUT}, or
 *     results of passes before; where there are none, the first input of the node
 */
record Pass(String part, Einsum einsum, List<String> values) {
  /** The first input of the node. */
  static final String INPUT = "input";

  private static final Pattern PART = Pattern.compile("part \\d+ of (.*)", Pattern.DOTALL);

  Pass {
    values = List.copyOf(values);
  }

  /** One that reads the first input of the node. */
  Pass(String part, Einsum einsum) {
    this(part, einsum, List.of());
  }

  /** What stands for some words of a value: other parts of it are other operands. */
  static String part(int number, String value) {
    return "part " + number + " of " + value;
  }

  /** The value that this one is a part of; null for a whole one. */
  static @Nullable String whole(String value) {
    Matcher matcher = PART.matcher(value);
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** Whether its points are multiply-accumulates. */
  boolean multiplies() {
    return einsum.operation().equals(Einsum.MAC);
  }

  /** The only pass of an operator. */
  static Pass only(Einsum einsum) {
    return new Pass("", einsum);
  }
}
