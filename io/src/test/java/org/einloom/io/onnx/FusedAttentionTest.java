package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.real;

import java.util.List;
import java.util.stream.Collectors;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.io.input.InputException;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Attention as one node: its products are MACs, everything between them operations. */
class FusedAttentionTest {
  /** {@code name operation points: words of each tensor}, with nothing left out. */
  private static List<String> passes(TestModel model) {
    Workload workload = model.readAll();
    assertThat(workload.notCosted()).isEmpty();
    if (workload.macs() > 0) {
      assertThat(model.read().macs()).as("with products alone").isEqualTo(workload.macs());
    }
    return workload.layers().stream()
        .map(
            l ->
                "%s %s %d: %s"
                    .formatted(
                        l.name(),
                        l.einsum().operation(),
                        l.einsum().computes(),
                        l.einsum().tensors().stream()
                            .map(TensorAccess::words)
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))))
        .toList();
  }

  /** 2 sequences of 6 positions, 4 heads of 8 words: 2*4*6*6 = 288 scores of 8 MACs each. */
  @Test
  void attentionOfOperatorSet23() {
    assertThat(
            passes(
                new TestModel()
                    .opset(23)
                    .input("q", 2, 4, 6, 8)
                    .input("k", 2, 4, 6, 8)
                    .input("v", 2, 4, 6, 8)
                    .node("Attention", "q, k, v", "y")))
        .containsExactly(
            "y.scores mac 2304: 384 384 288",
            "y.scale mul 288: 288 288",
            "y.max max 288: 288 48",
            "y.exp exp 288: 288 48 288",
            "y.sum add 288: 288 48",
            "y.div div 288: 288 48 288",
            "y.values mac 2304: 288 384 384");
  }

  /** 4 query heads to 2 of keys: their words are half as many, and each is shared by a group. */
  @Test
  void groupsShareKeysAndValuesAlsoWithAPast() {
    TestModel model =
        new TestModel()
            .opset(24)
            .input("q", 1, 3, 32)
            .input("k", 1, 3, 16)
            .input("v", 1, 3, 16)
            .input("mask", 3, 8)
            .input("pk", 1, 2, 5, 8)
            .input("pv", 1, 2, 5, 8)
            .node(
                "Attention",
                "q, k, v, mask, pk, pv",
                "y, present, values, qk",
                integer("q_num_heads", 4),
                integer("kv_num_heads", 2),
                real("softcap", 50));
    assertThat(passes(model))
        .containsExactly(
            "y.scores mac 768: 96 128 96", // 4 heads x 3 queries x 8 keys x 8 words
            "y.scale scale 96: 96 24 96",
            "y.softcap tanh 96: 96 96",
            "y.max max 96: 96 12",
            "y.exp exp 96: 96 12 96",
            "y.sum add 96: 96 12",
            "y.div div 96: 96 12 96",
            "y.values mac 768: 96 128 96");
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 3, 32));
    assertThat(model.shape("present")).isEqualTo(Shape.of(1, 2, 8, 8));
    assertThat(model.shape("qk")).isEqualTo(Shape.of(1, 4, 3, 8));
  }

  @Test
  void theRowsOfAGroupAreOneProductWithTheHeadTheyShare() {
    TestModel model =
        new TestModel()
            .opset(23)
            .input("q", 1, 4, 3, 8)
            .input("k", 1, 2, 5, 8)
            .input("v", 1, 2, 5, 16)
            .node("Attention", "q, k, v", "y");
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 4, 3, 16));
    assertThat(model.readAll().layers().get(0).einsum().expression())
        .isEqualTo("output[i, j, k] += input[i, j, l] * weight[i, k, l]");
    assertThat(model.readAll().layers().get(0).einsum().variables().toString())
        .as("2 shared heads, 2 x 3 rows, 5 keys, 8 words")
        .contains("extent=2")
        .contains("extent=6")
        .contains("extent=5")
        .contains("extent=8");
  }

  @Test
  void multiHeadAttentionOfOnnxRuntime() {
    assertThat(
            passes(
                new TestModel()
                    .input("q", 1, 4, 12)
                    .input("k", 1, 5, 12)
                    .input("v", 1, 5, 12)
                    .weight("b", 36)
                    .typed("pad", DataType.INT32_VALUE, 1, 5)
                    .microsoft(
                        "MultiHeadAttention", "q, k, v, b, pad", "y", integer("num_heads", 3))))
        .containsExactly(
            "y.bias1 add 48: 48 12 48",
            "y.bias2 add 60: 60 12 60",
            "y.bias3 add 60: 60 12 60",
            "y.scores mac 240: 48 60 60",
            "y.scale scale 60: 60 5 60",
            "y.max max 60: 60 12",
            "y.exp exp 60: 60 12 60",
            "y.sum add 60: 60 12",
            "y.div div 60: 60 12 60",
            "y.values mac 240: 60 60 48");
  }

  @Test
  void packedQueriesKeysAndValuesAreThreeOperands() {
    assertThat(
            passes(
                new TestModel()
                    .input("qkv", 1, 4, 3, 3, 4)
                    .microsoft("MultiHeadAttention", "qkv", "y", integer("num_heads", 3))))
        .startsWith("y.scores mac 192: 48 48 48")
        .endsWith("y.values mac 192: 48 48 48");
  }

  /** A step of a decoder: one token, a past of 7, 4 query heads to 2 of keys of 8 words. */
  @Test
  void groupQueryAttentionWithRotaryEmbedding() {
    TestModel model =
        new TestModel()
            .input("q", 1, 1, 32)
            .input("k", 1, 1, 16)
            .input("v", 1, 1, 16)
            .input("pk", 1, 2, 7, 8)
            .input("pv", 1, 2, 7, 8)
            .typed("lens", DataType.INT32_VALUE, 1)
            .typed("total", DataType.INT32_VALUE)
            .weight("cos", 128, 4)
            .weight("sin", 128, 4)
            .microsoft(
                "GroupQueryAttention",
                "q, k, v, pk, pv, lens, total, cos, sin",
                "y, pk2, pv2",
                integer("num_heads", 4),
                integer("kv_num_heads", 2),
                integer("do_rotary", 1));
    assertThat(passes(model))
        .containsExactly(
            "y.query.cos mul 32: 32 4 32",
            "y.query.sin scale 32: 32 32 4 32",
            "y.key.cos mul 16: 16 4 16",
            "y.key.sin scale 16: 16 16 4 16",
            "y.scores mac 256: 32 128 32",
            "y.scale scale 32: 32 32",
            "y.max max 32: 32 4",
            "y.exp exp 32: 32 4 32",
            "y.sum add 32: 32 4",
            "y.div div 32: 32 4 32",
            "y.values mac 256: 32 128 32");
    assertThat(model.shape("pk2")).isEqualTo(Shape.of(1, 2, 8, 8));
  }

  @Test
  void attentionThatMakesItsQueriesItself() {
    TestModel model =
        new TestModel()
            .input("x", 2, 3, 8)
            .weight("w", 8, 24)
            .weight("b", 24)
            .typed("lens", DataType.INT32_VALUE, 2)
            .microsoft("Attention", "x, w, b, lens", "y, past", integer("num_heads", 2));
    assertThat(passes(model))
        .startsWith("y.bias add 24: 24 1", "y.qkv mac 1152: 48 192 144")
        .contains("y.scores mac 144: 48 48 36", "y.values mac 144: 36 48 48");
    assertThat(model.shape("past")).isEqualTo(Shape.of(2, 2, 2, 3, 4));
    assertThat(model.readAll().layers())
        .extracting(l -> l.operator())
        .containsOnly("com.microsoft::Attention");
  }

  @Test
  void quantisedAttentionHasWeightsOfAByte() {
    Workload workload =
        new TestModel()
            .typed("x", DataType.UINT8_VALUE, 1, 3, 8)
            .weight("w", DataType.INT8, 8, 24)
            .weight("b", 24)
            .reals("xs", 0.1)
            .reals("ws", 0.1)
            .microsoft("QAttention", "x, w, b, xs, ws", "y", integer("num_heads", 2))
            .readAll();
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.macs()).isEqualTo(3 * 8 * 24 + 2 * (2 * 3 * 3 * 4));
    assertThat(workload.layers().get(1).einsum().operands())
        .extracting(t -> t.bits().orElse(0))
        .containsExactly(8, 8);
  }

  @Test
  void rotaryEmbeddingOfOperatorSet23AndOfOnnxRuntime() {
    assertThat(
            passes(
                new TestModel()
                    .opset(23)
                    .input("x", 2, 4, 6, 8)
                    .weight("cos", 50, 3)
                    .weight("sin", 50, 3)
                    .typed("ids", DataType.INT64_VALUE, 2, 6)
                    .node(
                        "RotaryEmbedding",
                        "x, cos, sin, ids",
                        "y",
                        integer("rotary_embedding_dim", 6))))
        .containsExactly(
            "y.cos mul 288: 288 36 288", // 2*4*6 heads x 6 words; 2*6 rows of 3
            "y.sin scale 288: 288 288 36 288");
    assertThat(
            passes(
                new TestModel()
                    .input("x", 2, 6, 32)
                    .typed("ids", DataType.INT64_VALUE, 1)
                    .weight("cos", 50, 4)
                    .weight("sin", 50, 4)
                    .microsoft("RotaryEmbedding", "x, ids, cos, sin", "y")))
        .containsExactly("y.cos mul 384: 384 24 384", "y.sin scale 384: 384 384 24 384");
  }

  @Test
  void contradictionsAreErrors() {
    assertThatThrownBy(
            () ->
                new TestModel()
                    .opset(23)
                    .input("q", 1, 4, 6, 8)
                    .input("k", 1, 3, 6, 8)
                    .input("v", 1, 3, 6, 8)
                    .node("Attention", "q, k, v", "y")
                    .readAll())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("4 query heads and 3 heads of keys");
    assertThatThrownBy(
            () ->
                new TestModel()
                    .input("q", 1, 4, 13)
                    .input("k", 1, 4, 13)
                    .input("v", 1, 4, 13)
                    .microsoft("MultiHeadAttention", "q, k, v", "y", integer("num_heads", 3))
                    .readAll())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rows of 13 words, which 3 heads do not divide");
    assertThatThrownBy(
            () ->
                new TestModel()
                    .input("x", 2, 3, 8)
                    .weight("w", 9, 24)
                    .microsoft(
                        "Attention",
                        "x, w",
                        "y",
                        integer("num_heads", 2),
                        ints("qkv_hidden_sizes", 8, 8, 8))
                    .readAll())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("weights [9, 24]");
  }
}
