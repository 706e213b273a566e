package org.einloom.io.onnx;

import org.einloom.workload.Einsum;

/** What one costed operator computes. */
@FunctionalInterface
interface LayerRule {
  /**
   * A costed operator.
   *
   * @param einsum what it computes
   * @param output the shape of its result
   */
  record Costed(Einsum einsum, Shape output) {}

  /**
   * The node as an Einsum of that name.
   *
   * @throws Unknown if the shape of an operand is unknown
   * @throws org.einloom.workload.InvalidSpecException if the node contradicts its operator's
   *     specification, or computes nothing
   */
  Costed make(Node node, String name) throws Unknown;
}
