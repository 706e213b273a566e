package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.einloom.io.onnx.ExportedLanguageModels.Style;
import org.einloom.workload.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole networks as exporters write them, at several operator sets: nothing is left out, and MACs
 * are those that PyTorch counts. That a network is the one it is called is checked by the number of
 * its parameters and by its multiply-accumulates in thousand millions, as torchvision publishes
 * both with its weights (https://pytorch.org/vision/stable/models.html).
 */
class ExportedNetworksTest {
  private static Stream<Arguments> network(
      String name, long parameters, double published, IntFunction<Exported> exported) {
    return Stream.of(11, 13, 16, 17, 18, 20, 21, 23)
        .map(opset -> Arguments.of(name, opset, parameters, published, exported));
  }

  static Stream<Arguments> networks() {
    return Stream.of(
            network("squeezenet1_0", 1_248_424, 0.819, ExportedImageNetworks::squeezeNet),
            network("googlenet", 6_624_904, 1.498, ExportedImageNetworks::googLeNet),
            network("mobilenet_v3_large", 5_483_032, 0.217, ExportedImageNetworks::mobileNetV3),
            network("efficientnet_b0", 5_288_548, 0.386, ExportedImageNetworks::efficientNet),
            network("shufflenet_v2_x1_0", 2_278_604, 0.145, ExportedImageNetworks::shuffleNet),
            network("regnet_y_400mf", 4_344_144, 0.402, ExportedImageNetworks::regNet),
            network("convnext_tiny", 28_589_128, 4.456, ExportedVisionTransformers::convNext),
            network("swin_t", 28_288_354, 4.491, ExportedVisionTransformers::swin),
            network("densenet169", 14_149_480, 3.36, ExportedImageNetworks::denseNet))
        .flatMap(s -> s);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void nothingIsLeftOutAndMacsAreThoseOfPyTorch(
      String name, int opset, long parameters, double published, IntFunction<Exported> exported) {
    Exported net = exported.apply(opset);
    assertThat(net.parameters()).as("it is that network").isEqualTo(parameters);
    assertThat(net.macs() / 1e9)
        .as("it is that network")
        .isBetween(published - 6e-4, published + 6e-4);
    Workload workload = net.model.readAll();
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.macs()).isEqualTo(net.macs());
    assertThat(net.model.read().macs()).isEqualTo(net.macs());
    List<String> names = workload.layers().stream().map(l -> l.name()).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  private static OnnxOptions sequence(Coverage coverage) {
    return OnnxOptions.DEFAULT
        .withCoverage(coverage)
        .withDimension("batch", 1)
        .withDimension("sequence", ExportedLanguageModels.NEW)
        .withDimension("past_sequence", ExportedLanguageModels.PAST)
        .withDimension("total", ExportedLanguageModels.ALL);
  }

  /**
   * By hand, of a layer: 768 x (2304 + 768 + 3072 + 3072) a token, and 2 x 12 x 64 a pair of
   * positions; then 768 x 50257 a token.
   */
  @ParameterizedTest
  @ValueSource(ints = {11, 13, 14, 16, 17, 18, 20, 21})
  void gpt2WithOpenDimensions(int opset) {
    Exported net = ExportedLanguageModels.gpt2(opset);
    assertThat(net.parameters()).as("it is GPT-2").isEqualTo(124_439_808);
    Workload workload = net.model.read(sequence(Coverage.ALL));
    assertThat(workload.notCosted()).isEmpty();
    long expected = 12 * (3 * 768L * 9216 + 2 * 12 * 3 * 8 * 64) + 3 * 768L * 50257;
    assertThat(net.macs()).isEqualTo(expected);
    assertThat(workload.macs()).isEqualTo(expected);
    assertThat(net.model.read(sequence(Coverage.PRODUCTS)).macs()).isEqualTo(expected);
    assertThat(workload.layers().stream().map(l -> l.operator()))
        .as("what is made of shapes alone costs nothing")
        .doesNotContain("Range", "Shape", "Concat", "Unsqueeze");
  }

  static Stream<Arguments> llamas() {
    return Stream.of(
        Arguments.of(14, Style.DECOMPOSED),
        Arguments.of(17, Style.DECOMPOSED),
        Arguments.of(18, Style.DECOMPOSED),
        Arguments.of(21, Style.DECOMPOSED),
        Arguments.of(23, Style.DECOMPOSED),
        Arguments.of(23, Style.STANDARD),
        Arguments.of(24, Style.STANDARD),
        Arguments.of(14, Style.ONNX_RUNTIME),
        Arguments.of(21, Style.ONNX_RUNTIME));
  }

  /**
   * By hand: 4096 x (4096 + 2 x 1024 + 4096 + 3 x 14336) a token, 2 x 32 x 128 a pair of positions;
   * written out also 64 a token, which make the angles.
   */
  @ParameterizedTest
  @MethodSource("llamas")
  void layerOfLlama3(int opset, Style style) {
    Exported net = ExportedLanguageModels.llama(opset, style);
    assertThat(net.parameters()).as("a layer of Llama 3 8B").isEqualTo(218_112_000);
    OnnxOptions options =
        OnnxOptions.DEFAULT
            .withDimension("s0", 1)
            .withDimension("s1", ExportedLanguageModels.NEW)
            .withDimension("s2", ExportedLanguageModels.PAST);
    Workload workload = net.model.read(options);
    assertThat(workload.notCosted()).isEmpty();
    long expected =
        3 * 4096L * (4096 + 2 * 1024 + 4096 + 3 * 14336)
            + 2 * 32 * 3 * 8 * 128
            + (style == Style.DECOMPOSED ? 64 * 3 : 0);
    assertThat(net.macs()).isEqualTo(expected);
    assertThat(workload.macs()).isEqualTo(expected);
    if (style != Style.DECOMPOSED) { // which has its frequencies as constants, too
      assertThat(workload.parameters()).hasValue(net.parameters());
    }
    assertThat(net.model.read(options.withCoverage(Coverage.PRODUCTS)).macs()).isEqualTo(expected);
  }
}
