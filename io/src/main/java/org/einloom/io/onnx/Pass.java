package org.einloom.io.onnx;

import org.einloom.workload.Einsum;

/**
 * One pass of an operator over its data: it reads whole tensors and writes one.
 *
 * @param part what it is to its operator, the end of the layer's name; empty where an operator is
 *     one pass
 * @param einsum what it computes; its name is replaced by the layer's
 */
record Pass(String part, Einsum einsum) {
  /** The only pass of an operator. */
  static Pass only(Einsum einsum) {
    return new Pass("", einsum);
  }
}
