package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;

/** One model on its way to a workload. */
final class OnnxImport {
  private final ModelProto model;
  private final Tally tally = new Tally();
  private final Scope values;

  OnnxImport(ModelProto model, ExternalFiles external, OnnxOptions options) {
    this.model = model;
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new InvalidSpecException("holds no graph with nodes; expected an ONNX model");
    }
    var inputs = new GraphInputs(options);
    values = new GraphWalk(external, opsets(), inputs, tally).walk(model.getGraph());
  }

  private Map<String, Long> opsets() {
    Map<String, Long> opsets = new HashMap<>();
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      String domain = opset.getDomain().equals("ai.onnx") ? "" : opset.getDomain();
      opsets.merge(domain, opset.getVersion(), Math::max);
    }
    return opsets;
  }

  /** What is known of the model's values. */
  Scope values() {
    return values;
  }

  /** The workload; a model without a single layer is an error. */
  Workload workload(String name) {
    if (tally.layers().isEmpty()) {
      throw new InvalidSpecException(
          "has no operator that is costed (Conv, ConvTranspose, Gemm, MatMul); it has "
              + tally.notCosted().stream()
                  .map(n -> n.count() + " " + n.operator())
                  .collect(Collectors.joining(", ")));
    }
    return new Workload(
        name,
        tally.layers(),
        tally.notCosted(),
        OptionalLong.of(Parameters.count(model.getGraph())));
  }
}
