package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.einloom.workload.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All operators of the networks that come with Einloom cost something, or are free. */
class ZooOperatorsTest {
  private static final OnnxOptions ALL = OnnxOptions.DEFAULT.withCoverage(Coverage.ALL);

  private static final List<String> PRODUCTS = List.of("Conv", "Gemm", "MatMul");

  @ParameterizedTest
  @MethodSource("org.einloom.io.onnx.Zoo#names")
  void nothingIsLeftOut(String name) {
    Workload workload = Zoo.read(name, ALL);
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.layers().stream().map(l -> l.name())).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("org.einloom.io.onnx.Zoo#names")
  void theProductsAmongThemAreThoseOfProductsAlone(String name) {
    Workload workload = Zoo.read(name, ALL);
    Workload products = Zoo.read(name, OnnxOptions.DEFAULT.withCoverage(Coverage.PRODUCTS));
    assertThat(workload.macs()).isEqualTo(products.macs());
    assertThat(workload.layers().stream().filter(l -> PRODUCTS.contains(l.operator())))
        .containsExactlyElementsOf(products.layers());
    assertThat(products.operations()).isZero();
  }

  /**
   * Counted by hand. LeNet-5: biases 6+16+120+84+10, activations 6*28*28+16*10*10+120+84, windows
   * of 2 by 2 over 6*14*14 and 16*5*5.
   */
  @ParameterizedTest
  @CsvSource({"lenet5, 13048"})
  void operations(String name, long operations) {
    assertThat(Zoo.read(name, ALL).operations()).isEqualTo(operations);
  }
}
