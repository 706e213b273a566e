package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TooLargeException;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;

/** One model on its way to a workload. */
final class OnnxImport {
  private final ModelProto model;
  private final ExternalFiles external;

  OnnxImport(ModelProto model, ExternalFiles external) {
    this.model = Functions.inline(model);
    this.external = external;
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new InvalidSpecException("holds no graph with nodes; expected an ONNX model");
    }
  }

  /**
   * A walk through the model.
   *
   * @param values what is known of its values
   * @param tally its layers and other operators
   */
  record Walked(Scope values, Tally tally) {}

  Walked walk(OnnxOptions given) {
    OnnxOptions options = OpenDimensions.withBatch(model.getGraph(), given);
    OptionalLong batch = options.batch();
    OnnxOptions one = options.withBatch(batch.isPresent() ? OptionalLong.of(1) : batch);
    for (String name : OpenDimensions.batches(model.getGraph(), options)) {
      long size = options.dimensions().getOrDefault(name, 1L);
      if (batch.isPresent() && batch.getAsLong() != size) {
        return walk(options, null); // two batches: what grows with which cannot be told
      }
      batch = OptionalLong.of(size);
      one = one.withDimension(name, 1);
    }
    return batch.orElse(1) == 1 ? walk(options, null) : checked(options, batch.getAsLong(), one);
  }

  /** The model with a batch, held against the same with a batch of 1 if it can be read so. */
  private Walked checked(OnnxOptions options, long batch, OnnxOptions ofOne) {
    Walked one = tried(ofOne);
    if (one == null) {
      return walk(options, null);
    }
    var check = new BatchCheck(batch, one.values());
    try {
      Walked many = walk(options, check);
      check.layers(many.tally().layers(), one.tally().layers());
      return many;
    } catch (InvalidSpecException e) {
      if (TooLargeException.isBehind(e)) {
        throw new InvalidSpecException(
            e.getMessage() + "; a batch of " + batch + " is too large for it", e);
      }
      throw new InvalidSpecException(
          e.getMessage()
              + "; with a batch of 1 the file reads well, so its own batch size is written"
              + " into its constants: leave the batch size out, or export the network with an open"
              + " batch dimension",
          e);
    }
  }

  /** The model with a batch of 1, or null if it does not take it: nothing to compare with then. */
  private @Nullable Walked tried(OnnxOptions options) {
    try {
      return walk(options, null);
    } catch (InvalidSpecException e) {
      return null;
    }
  }

  private Walked walk(OnnxOptions options, @Nullable BatchCheck check) {
    var walk =
        new GraphWalk(
            external,
            opsets(),
            new GraphInputs(model.getGraph(), options),
            new Tally(),
            check,
            options.coverage());
    Scope values = walk.walk(model.getGraph());
    return new Walked(values, walk.tally());
  }

  private Map<String, Long> opsets() {
    Map<String, Long> opsets = new HashMap<>();
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      String domain = opset.getDomain().equals("ai.onnx") ? "" : opset.getDomain();
      opsets.merge(domain, opset.getVersion(), Math::max);
    }
    return opsets;
  }

  /** The workload; a model without a single layer is an error. */
  Workload workload(String name, OnnxOptions options) {
    Tally tally = walk(options).tally();
    if (tally.layers().isEmpty()) {
      throw new InvalidSpecException(
          (options.coverage() == Coverage.ALL
                  ? "has no operator that is costed; it has "
                  : "has no operator that is costed (Conv, ConvTranspose, Gemm, MatMul); it has ")
              + tally.notCosted().stream()
                  .map(n -> n.count() + " " + n.operator())
                  .collect(Collectors.joining(", ")));
    }
    return new Workload(
        name,
        tally.layers(),
        tally.notCosted(),
        OptionalLong.of(Parameters.count(model.getGraph())),
        tally.provenance().links(model.getGraph()));
  }
}
