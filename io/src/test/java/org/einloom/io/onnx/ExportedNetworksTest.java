package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.einloom.workload.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
}
