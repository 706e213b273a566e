package org.einloom.io.onnx;

import java.util.List;
import org.einloom.workload.Einsum;

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

  Pass {
    values = List.copyOf(values);
  }

  /** One that reads the first input of the node. */
  Pass(String part, Einsum einsum) {
    this(part, einsum, List.of());
  }

  /** The only pass of an operator. */
  static Pass only(Einsum einsum) {
    return new Pass("", einsum);
  }
}
