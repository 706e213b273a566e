package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.einloom.arch.Design;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.Coverage;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which networks of the zoo run on which shipped design with all of their operators. */
class OfferedTest {
  private static Design design(String name) {
    return Shipped.resolveArchitectureFile(name).design();
  }

  private static Selection layers(String network, Coverage coverage) {
    return Selection.of(
        Zoo.read(network, OnnxOptions.DEFAULT.withCoverage(coverage)), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"teaching", "eyeriss", "nvdla", "edge-npu"})
  void theseOfferAllOfAll(String design) {
    for (String network : Zoo.names()) {
      assertThatCode(() -> Offered.check(design(design), layers(network, Coverage.ALL)))
          .as(network)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpu-v1", "simba"})
  void theseOfferAllButFunctionsOfTransformers(String design) {
    for (String network : Zoo.names()) {
      boolean refused = network.equals("bert_base") || network.equals("vit_b_16");
      boolean tanh = network.equals("lenet5") && design.equals("simba");
      if (refused || tanh) {
        assertThatThrownBy(() -> Offered.check(design(design), layers(network, Coverage.ALL)))
            .as(network)
            .isInstanceOf(InvalidSpecException.class)
            .hasMessageContaining(tanh ? "offers 'tanh'" : "'exp', which layer")
            .hasMessageContaining("--operators products")
            .hasMessageContaining("take one that offers all: ")
            .hasMessageContaining("edge-npu");
      } else {
        assertThatCode(() -> Offered.check(design(design), layers(network, Coverage.ALL)))
            .as(network)
            .doesNotThrowAnyException();
      }
      assertThatCode(() -> Offered.check(design(design), layers(network, Coverage.PRODUCTS)))
          .as(network)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nvdla, relu, SDP-X",
    "nvdla, tanh, SDP-Y",
    "nvdla, square, CDP",
    "nvdla, mac, MAC",
    "tpu-v1, relu, Activation",
    "simba, relu, GlobalPE"
  })
  void oneEngineEach(String design, String operation, String compute) {
    assertThat(design(design).paths())
        .filteredOn(p -> p.compute().offers(operation))
        .extracting(p -> p.compute().name())
        .containsExactly(compute);
  }
}
