package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;

import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** Gemm and MatMul, and which of two operands is the weight. */
class ProductTest {
  private static Einsum matMul(long[] a, long[] b) {
    return new TestModel().input("a", a).weight("b", b).node("MatMul", "a, b", "y").einsum();
  }

  private static Einsum activations(long[] a, long[] b) {
    return new TestModel().input("a", a).input("b", b).node("MatMul", "a, b", "y").einsum();
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  @Test
  void gemmIsAFullyConnectedLayer() {
    var model = new TestModel().input("x", 4, 6).weight("w", 5, 6).weight("b", 5);
    Einsum e = model.node("Gemm", "x, w, b", "y", integer("transB", 1)).einsum();
    assertThat(e.expression()).isEqualTo("output[n, m] += input[n, c] * weight[m, c]");
    assertThat(e.extent("n")).isEqualTo(4);
    assertThat(e.extent("m")).isEqualTo(5);
    assertThat(e.extent("c")).isEqualTo(6);
    assertThat(model.shape("y")).isEqualTo(Shape.of(4, 5));
  }

  @Test
  void gemmTransposed() {
    Einsum e =
        new TestModel()
            .input("x", 6, 4)
            .weight("w", 6, 5)
            .node("Gemm", "x, w", "y", integer("transA", 1))
            .einsum();
    assertThat(e.expression()).isEqualTo("output[n, m] += input[c, n] * weight[c, m]");
    assertThat(e.extent("n")).isEqualTo(4);
  }

  @Test
  void theConstantOperandIsTheWeightAlsoWhereItComesFirst() {
    Einsum gemm =
        new TestModel().weight("w", 5, 6).input("x", 6, 4).node("Gemm", "w, x", "y").einsum();
    assertThat(gemm.expression()).isEqualTo("output[m, n] += input[c, n] * weight[m, c]");
    assertThat(gemm.extent("m")).isEqualTo(5);
    assertThat(gemm.extent("n")).isEqualTo(4);
    Einsum product =
        new TestModel().weight("w", 5, 6).input("x", 3, 6, 4).node("MatMul", "w, x", "y").einsum();
    assertThat(product.expression()).isEqualTo("output[b, m, n] += input[b, k, n] * weight[m, k]");
  }

  @Test
  void ofTwoActivationsTheSecondIsTheWeight() {
    assertThat(activations(of(2, 3, 4), of(2, 4, 5)).expression())
        .isEqualTo("output[b, m, n] += input[b, m, k] * weight[b, k, n]");
  }

  @Test
  void aConstantStaysOneThroughOperatorsWithoutOtherInputs() {
    Einsum e =
        new TestModel()
            .weight("w", 30)
            .integers("s", 5, 6)
            .input("x", 6, 4)
            .node("Identity", "w", "w0")
            .node("Cast", "w0", "w1", integer("to", 10))
            .node("Reshape", "w1, s", "w2")
            .node("Transpose", "w2", "w3")
            .node("DequantizeLinear", "w3, w", "w4")
            .node("Transpose", "w4", "w5")
            .node("MatMul", "w5, x", "y")
            .einsum();
    assertThat(e.expression()).isEqualTo("output[m, n] += input[k, n] * weight[m, k]");
    assertThat(e.extent("m")).isEqualTo(5);
  }

  @Test
  void aTensorTimesItselfIsTwoOperandsAndSaysSo() {
    Einsum e =
        new TestModel().input("x", 6, 4).node("Gemm", "x, x", "y", integer("transB", 1)).einsum();
    assertThat(e.expression()).isEqualTo("output[n, m] += input[n, c] * weight[m, c]");
    assertThat(e.tensor("weight").tensor()).isEqualTo("input");
    assertThat(matMul(of(2, 2), of(2, 2)).tensor("weight").tensor()).isEqualTo("weight");
  }

  @Test
  void rowsOfABatchAreRows() {
    Einsum e = matMul(of(128, 1, 768), of(768, 64));
    assertThat(e.expression()).isEqualTo("output[m, n] += input[m, k] * weight[k, n]");
    assertThat(e.extent("m")).isEqualTo(128);
    assertThat(matMul(of(2, 3, 4, 5), of(5, 6)).extent("m")).isEqualTo(24);
    assertThat(matMul(of(2, 3, 4, 5), of(1, 1, 5, 6)).extent("m")).isEqualTo(24);
  }

  @Test
  void neighbouringBatchDimensionsOfBothAreOne() {
    Einsum e = activations(of(2, 3, 4, 5), of(2, 3, 5, 6));
    assertThat(e.expression()).isEqualTo("output[b, m, n] += input[b, m, k] * weight[b, k, n]");
    assertThat(e.extent("b")).isEqualTo(6);
    assertThat(activations(of(2, 1, 3, 4, 5), of(2, 1, 3, 5, 6)).extent("b")).isEqualTo(6);
  }

  @Test
  void broadcastDimensionsIndexOneOperand() {
    Einsum e = activations(of(2, 1, 4, 5), of(2, 3, 5, 6));
    assertThat(e.expression())
        .isEqualTo("output[b0, b1, m, n] += input[b0, m, k] * weight[b0, b1, k, n]");
    Einsum f = activations(of(2, 3, 4, 5), of(2, 1, 5, 6));
    assertThat(f.expression()).isEqualTo("output[b, m, n] += input[b, m, k] * weight[b, k, n]");
    assertThat(f.extent("m")).isEqualTo(12);
    Einsum g = activations(of(2, 1, 4, 5), of(3, 5, 6));
    assertThat(g.expression())
        .isEqualTo("output[b0, b1, m, n] += input[b0, m, k] * weight[b1, k, n]");
  }

  @Test
  void vectors() {
    assertThat(matMul(of(5), of(5, 6)).expression())
        .isEqualTo("output[n] += input[k] * weight[k, n]");
    assertThat(matMul(of(4, 5), of(5)).expression())
        .isEqualTo("output[m] += input[m, k] * weight[k]");
    assertThat(matMul(of(5), of(5)).expression()).isEqualTo("output[] += input[k] * weight[k]");
    assertThat(matMul(of(1, 1), of(1, 1)).expression())
        .isEqualTo("output[] += input[k] * weight[k]");
    var model = new TestModel().input("a", 5).input("b", 3, 5, 6);
    assertThat(model.node("MatMul", "a, b", "y").shape("y")).isEqualTo(Shape.of(3, 6));
  }
}
