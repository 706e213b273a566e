package org.einloom.io.onnx;

import java.util.List;

/** What one operator makes of what is known of its inputs. */
@FunctionalInterface
interface ShapeRule {
  /**
   * What is known of the node's outputs, in their order; outputs that the list leaves out are
   * unknown.
   *
   * @throws Unknown if an input on which the shapes depend is unknown
   * @throws org.einloom.workload.InvalidSpecException if the node contradicts its operator's
   *     specification
   */
  List<Value> infer(Node node) throws Unknown;
}
