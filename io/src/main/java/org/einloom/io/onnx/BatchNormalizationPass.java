package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;

/**
 * Batch normalisation at inference, whose statistics are constants: {@code x*scale[c] + shift[c]},
 * one pass. Directly behind a convolution or {@code Gemm} that nothing else reads it is none of its
 * own: {@link FoldedNormalizations}.
 */
final class BatchNormalizationPass {
  private BatchNormalizationPass() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put(
        "BatchNormalization",
        (node, results) -> {
          if (node.flag("training_mode", false)) {
            throw new Unknown("in training mode its statistics are those of the batch");
          }
          Shape shape = node.shape(0);
          PassDraft draft = PassDraft.over(shape).read(node, 0);
          int channels = Math.min(1, shape.rank() - 1);
          Axes axis = Axes.of(channels);
          // Scale and shift are made of four vectors once, and are new tensors of their size.
          draft.read("scale", true, axis).read("shift", true, axis);
          return List.of(draft.write("", Operation.SCALE, draft.all()));
        });
  }
}
