package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.ExportedLanguageModels.Style;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The design with a full vector unit runs every layer of every exported network. */
class ExportedOnDesignTest {
  private static final OnnxOptions OPTIONS =
      OnnxOptions.DEFAULT
          .withDimension("batch", 1)
          .withDimension("sequence", ExportedLanguageModels.NEW)
          .withDimension("past_sequence", ExportedLanguageModels.PAST)
          .withDimension("total", ExportedLanguageModels.ALL);

  private static final OnnxOptions LAYER =
      OnnxOptions.DEFAULT
          .withDimension("s0", 1)
          .withDimension("s1", ExportedLanguageModels.NEW)
          .withDimension("s2", ExportedLanguageModels.PAST);

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("squeezenet", ExportedImageNetworks.squeezeNet(13), OnnxOptions.DEFAULT),
        Arguments.of("googlenet", ExportedImageNetworks.googLeNet(17), OnnxOptions.DEFAULT),
        Arguments.of("mobilenet_v3", ExportedImageNetworks.mobileNetV3(18), OnnxOptions.DEFAULT),
        Arguments.of("efficientnet", ExportedImageNetworks.efficientNet(17), OnnxOptions.DEFAULT),
        Arguments.of("shufflenet", ExportedImageNetworks.shuffleNet(18), OnnxOptions.DEFAULT),
        Arguments.of("regnet", ExportedImageNetworks.regNet(17), OnnxOptions.DEFAULT),
        Arguments.of("densenet169", ExportedImageNetworks.denseNet(17), OnnxOptions.DEFAULT),
        Arguments.of("convnext", ExportedVisionTransformers.convNext(16), OnnxOptions.DEFAULT),
        Arguments.of("swin", ExportedVisionTransformers.swin(20), OnnxOptions.DEFAULT),
        Arguments.of("gpt2", ExportedLanguageModels.gpt2(14), OPTIONS),
        Arguments.of("llama", ExportedLanguageModels.llama(18, Style.DECOMPOSED), LAYER),
        Arguments.of("llama 23", ExportedLanguageModels.llama(23, Style.STANDARD), LAYER),
        Arguments.of("llama ort", ExportedLanguageModels.llama(21, Style.ONNX_RUNTIME), LAYER));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void everyLayerHasALegalMapping(String name, Exported net, OnnxOptions options) {
    List<Architecture> paths = Shipped.resolveArchitectureFile("edge-npu").design().paths();
    var seen = new HashSet<Layer.Computation>();
    for (Layer layer : net.model.read(options).layers()) {
      if (seen.add(layer.computation())) {
        Einsum einsum = layer.einsum();
        List<Architecture> able =
            paths.stream().filter(p -> p.compute().offers(einsum.operation())).toList();
        assertThat(able).as("%s: %s", layer.name(), einsum.operation()).isNotEmpty();
        able.forEach(p -> runs(layer, p));
      }
    }
  }

  /** All loops above the smallest tiles that the keep rules allow. */
  private static void runs(Layer layer, Architecture path) {
    Einsum einsum = layer.einsum();
    List<MappingNode> nodes = new ArrayList<>();
    String outermost = path.memories().getFirst().name();
    einsum.tensors().forEach(t -> nodes.add(new MappingNode.Storage(outermost, t.name())));
    einsum.variables().forEach(v -> nodes.add(new MappingNode.Temporal(v.name(), 1)));
    for (Memory memory : path.memories().subList(1, path.memories().size())) {
      einsum.tensors().stream()
          .filter(memory.keep()::requires)
          .forEach(t -> nodes.add(new MappingNode.Storage(memory.name(), t.name())));
    }
    var counts = DenseModel.analyze(einsum, path, new LoopTree(nodes)).counts();
    var evaluation = Evaluator.evaluate(einsum, path, counts, Policy.DEFAULT);
    assertThat(evaluation.computes()).as(layer.name()).isEqualTo(einsum.computes());
    assertThat(evaluation.energyPj()).as(layer.name()).isPositive();
  }
}
