package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.einloom.workload.Affine;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.TensorAccess.Rank;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

class WorkloadYamlTest {
  @Test
  void readsAPaddedConvolution() {
    Einsum conv =
        einsum(
            """
            extents: {m: 64, c: 3, p: 112, r: 7}
            expression: "O[m,p] += I[c, 2*p + r - 3] * W[m,c,r]"
            shapes: {I: [3, 224]}
            bits: {I: 4, O: 2 B}
            """);

    assertThat(conv.variables())
        .containsExactly(
            new RankVariable("m", 64),
            new RankVariable("c", 3),
            new RankVariable("p", 112),
            new RankVariable("r", 7));
    assertThat(conv.output())
        .isEqualTo(
            new TensorAccess(
                "O",
                "O",
                Role.OUTPUT,
                List.of(new Rank(Affine.of("m"), 64), new Rank(Affine.of("p"), 112)),
                OptionalInt.of(16)));
    assertThat(conv.operands())
        .containsExactly(
            new TensorAccess(
                "I",
                "I",
                Role.INPUT,
                List.of(
                    new Rank(Affine.of("c"), 3),
                    new Rank(new Affine(List.of(new Term(2, "p"), new Term(1, "r")), -3), 224)),
                OptionalInt.of(4)),
            new TensorAccess(
                "W",
                "W",
                Role.WEIGHT,
                List.of(
                    new Rank(Affine.of("m"), 64),
                    new Rank(Affine.of("c"), 3),
                    new Rank(Affine.of("r"), 7)),
                OptionalInt.empty()));
  }

  @Test
  void understandsEveryWayToWriteARank() {
    String[] ways = {"2p+r-3", "2*p + r - 3", "p*2+r-3", "-3+2p+r", "r + 1 + 2p - 4", "+r+2p-3"};
    for (String way : ways) {
      Einsum einsum =
          einsum(
              """
              extents: {p: 5, r: 3}
              expression: "O[p] = I[%s] * W[r]"
              """
                  .formatted(way));
      Rank rank = einsum.operands().getFirst().ranks().getFirst();
      assertThat(rank.expression().offset()).as(way).isEqualTo(-3);
      assertThat(rank.expression().terms())
          .as(way)
          .containsExactlyInAnyOrder(new Term(2, "p"), new Term(1, "r"));
      assertThat(rank.size()).as("2*4 + 2 - 3, plus 1, of " + way).isEqualTo(8);
    }
  }

  @Test
  void infersShapesFromTheLargestCoordinateTouched() {
    Einsum einsum =
        einsum(
            """
            extents: {i: 4, j: 6}
            expression: "s = A[i - j + 5, 3, j] * B[2i]"
            """);
    assertThat(einsum.output().ranks()).as("a scalar").isEmpty();
    assertThat(einsum.tensor("A").ranks()).extracting(Rank::size).containsExactly(9L, 4L, 6L);
    assertThat(einsum.tensor("B").ranks()).extracting(Rank::size).containsExactly(7L);
  }

  @Test
  void makesATensorUsedTwiceTwoOperandsOfOneShape() {
    Einsum gram =
        einsum(
            """
            extents: {m: 4, n: 6, k: 8}
            expression: "O[m,n] += A[m,k] * A[n,k] * A[m,k] * S[]"
            bits: {A: 4}
            roles: {A: weight, "A#2": input}
            """);
    assertThat(gram.operands())
        .extracting(TensorAccess::name)
        .containsExactly("A", "A#2", "A#3", "S");
    assertThat(gram.operands())
        .extracting(TensorAccess::tensor)
        .containsExactly("A", "A", "A", "S");
    assertThat(gram.operands())
        .extracting(TensorAccess::role)
        .containsExactly(Role.WEIGHT, Role.INPUT, Role.WEIGHT, Role.INPUT);
    assertThat(gram.tensor("A").ranks()).extracting(Rank::size).containsExactly(6L, 8L);
    assertThat(gram.tensor("A#2").ranks()).extracting(Rank::size).containsExactly(6L, 8L);
    assertThat(gram.tensor("A#2").bits()).hasValue(4);
  }

  @Test
  void takesTheSecondOperandForTheWeight() {
    Einsum einsum =
        einsum(
            """
            extents: {i: 2}
            expression: "O[i] += A[i] * B[i] * C[i]"
            """);
    assertThat(einsum.operands())
        .extracting(TensorAccess::role)
        .containsExactly(Role.INPUT, Role.WEIGHT, Role.INPUT);
  }

  @Test
  void repeatsLayersUnderNamesOfTheirOwn() {
    Workload workload =
        WorkloadYaml.read(
            "w.yaml",
            """
            einloom: 1
            workload:
              name: twice
              einsums:
              - {name: a, repeats: 3, extents: {i: 2}, expression: "O[i] += A[i]"}
              - {name: b, extents: {i: 5}, expression: "O[i] += A[i]"}
            """);
    assertThat(workload.layers()).extracting(Layer::name).containsExactly("a", "a#2", "a#3", "b");
    assertThat(workload.distinctLayers()).extracting(d -> d.repeats()).containsExactly(3L, 1L);
    assertThat(workload.macs()).isEqualTo(3 * 2 + 5);
  }

  private static Einsum einsum(String body) {
    String text = "einloom: 1\nworkload:\n  name: w\n  einsums:\n  - name: e\n" + body.indent(4);
    return WorkloadYaml.read("w.yaml", text).layers().getFirst().einsum();
  }
}
