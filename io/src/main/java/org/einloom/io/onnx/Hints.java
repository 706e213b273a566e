package org.einloom.io.onnx;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a graph before its nodes are visited, because it depends on who reads a
 * value.
 *
 * @param folded normalisations that inference folds into weights
 * @param stored types in which results are written
 * @param conditions values that only decide which branch is taken
 */
record Hints(FoldedNormalizations folded, StoredResults stored, Conditions conditions) {
  static Hints of(GraphProto graph) {
    return new Hints(FoldedNormalizations.of(graph), StoredResults.of(graph), Conditions.of(graph));
  }

  /** The type in which a value is written; null if that is its own. */
  @Nullable Integer stored(String value) {
    return stored.types().get(value);
  }

  /** Whether what the node does is part of what others do, and no pass of its own. */
  boolean isPartOfOthers(Node node, List<Value> results) {
    NodeProto proto = node.proto();
    boolean isWritten =
        StoredTypes.isQuantize(node.called()) && stored.types().containsKey(proto.getInput(0));
    boolean decides =
        proto.getOutputCount() > 0
            && conditions.names().containsAll(proto.getOutputList())
            && Stream.concat(node.inputs().stream(), results.stream())
                .filter(Objects::nonNull)
                .allMatch(v -> v.shape() != null && v.shape().elements() == 1);
    return isWritten || decides;
  }
}
