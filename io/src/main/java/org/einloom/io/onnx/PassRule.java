package org.einloom.io.onnx;

import java.util.List;

/**
 * What an operator costs that is no convolution or matrix product: the passes that it takes, one
 * after the other.
 */
@FunctionalInterface
interface PassRule {
  /** Of operators that move nothing: at most they change where elements are looked for. */
  PassRule FREE = (node, results) -> List.of();

  /**
   * The passes in the order in which they run; none if the node moves nothing. It is asked only
   * about nodes whose known inputs and results have elements, and not all of whose results are the
   * same in every inference.
   *
   * @param results what is known of the node's outputs, in their order
   * @throws Unknown if a shape that is needed is unknown, or the node does something that is not
   *     costed: it is then named among what is not costed
   * @throws org.einloom.workload.InvalidSpecException if the node contradicts its operator's
   *     specification
   */
  List<Pass> passes(Node node, List<Value> results) throws Unknown;
}
