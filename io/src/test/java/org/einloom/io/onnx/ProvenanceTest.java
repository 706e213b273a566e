package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.graph;
import static org.einloom.io.onnx.TestModel.info;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.nodeProto;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import org.einloom.workload.Layer;
import org.einloom.workload.Links;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Which layer feeds which, and what leaves the network. */
class ProvenanceTest {
  private static final OnnxOptions ALL =
      new OnnxOptions(OptionalLong.empty(), Map.of(), Map.of(), Coverage.ALL);

  private static TestModel model() {
    return new TestModel().input("x", 1, 4, 6, 6).weight("w", 4, 4, 1, 1);
  }

  @Test
  void aChainOfLayers() {
    assertThat(
            links(
                model()
                    .node("Conv", "x, w", "a")
                    .node("Relu", "a", "b")
                    .node("Conv", "b, w", "c")
                    .output("c", 1, 4, 6, 6)))
        .containsExactly("a(-, -)", "b(a)", "c(b, -) leaves");
  }

  @Test
  void aResultThatIsReadTwiceAndLeaves() {
    assertThat(
            links(
                model()
                    .node("Conv", "x, w", "a")
                    .node("Relu", "a", "b")
                    .node("Add", "b, a", "c")
                    .output("c", 1, 4, 6, 6)
                    .output("b", 1, 4, 6, 6)))
        .containsExactly("a(-, -)", "b(a) leaves", "c(b, a) leaves");
  }

  @Test
  void wordsInAnotherOrderAreStillTheWholeResult() {
    assertThat(
            links(
                new TestModel()
                    .input("x", 1, 4, 6, 6)
                    .weight("w", 4, 4, 1, 1)
                    .weight("v", 144, 3)
                    .node("Conv", "x, w", "a")
                    .node("Transpose", "a", "t", ints("perm", 0, 2, 3, 1))
                    .node("Flatten", "t", "f")
                    .node("Gemm", "f, v", "g")
                    .output("g", 1, 3)))
        .containsExactly("a(-, -)", "g(a, -) leaves");
  }

  @Test
  void slicesAndConcatenationsArePartsOfWhatTheyAreMadeOf() {
    assertThat(
            links(
                model()
                    .weight("v", 4, 2, 1, 1)
                    .weight("u", 4, 8, 1, 1)
                    .node("Conv", "x, w", "a")
                    .node("Split", "a", "s0, s1", integer("axis", 1))
                    .node("Conv", "s1, v", "b")
                    .node("Concat", "a, b", "ab", integer("axis", 1))
                    .node("Conv", "ab, u", "c")
                    .output("s0", 1, 2, 6, 6)
                    .output("c", 1, 4, 6, 6)))
        .containsExactly("a(-, -) leaves in part", "b(parts of a, -)", "c(parts of a b, -) leaves");
  }

  @Test
  void behindOperatorsThatAreNotCostedAreParts() {
    TestModel model =
        model()
            .node("Conv", "x, w", "a")
            .node("Relu", "a", "b")
            .node("Conv", "b, w", "c")
            .output("c", 1, 4, 6, 6);
    assertThat(links(model.read())).containsExactly("a(-, -)", "c(parts of a, -) leaves");
  }

  @Test
  void thePassesOfAnOperatorFeedEachOther() {
    assertThat(
            links(
                new TestModel()
                    .input("x", 4, 6)
                    .weight("w", 6, 6)
                    .node("MatMul", "x, w", "a")
                    .node("Softmax", "a", "s")
                    .output("s", 4, 6)))
        .containsExactly(
            "a(-, -)", "s.max(a)", "s.exp(a, s.max)", "s.sum(s.exp)", "s.div(s.exp, s.sum) leaves");
  }

  @Test
  void biasesAndFoldedNormalisationsAreNoPartOfTheWay() {
    assertThat(
            links(
                model()
                    .weight("z", 4)
                    .node("Conv", "x, w, z", "a")
                    .node("Conv", "a, w", "b")
                    .node("BatchNormalization", "b, z, z, z, z", "n")
                    .node("Relu", "n", "r")
                    .output("r", 1, 4, 6, 6)))
        .containsExactly("a(-, -)", "a.bias(-)", "b(a, -)", "n.bias(-)", "r(b) leaves");
  }

  @Test
  void bothOperandsMayBeResults() {
    assertThat(
            links(
                new TestModel()
                    .input("x", 6, 6)
                    .weight("w", 6, 6)
                    .node("MatMul", "x, w", "q")
                    .node("MatMul", "w, x", "k")
                    .node("MatMul", "q, k", "p")
                    .output("p", 6, 6)))
        .containsExactly("q(-, -)", "k(-, -)", "p(q, k) leaves");
  }

  @Test
  void whatABranchMakesIsWhatTheNodeMakes() {
    var then =
        GraphProto.newBuilder()
            .addNode(nodeProto("Conv", "inner", "a, w", "i"))
            .addOutput(info("i", 1, 1, 4, 6, 6));
    assertThat(
            links(
                model()
                    .scalar("one", 1)
                    .node("Conv", "x, w", "a")
                    .node("If", "one", "b", graph("then_branch", then), graph("else_branch", then))
                    .node("Conv", "b, w", "c")
                    .output("c", 1, 4, 6, 6)))
        .containsExactly("a(-, -)", "inner(a, -)", "c(inner, -) leaves");
  }

  private static List<String> links(TestModel model) {
    return links(model.read(ALL));
  }

  /** Each layer with the layers that its operands come from. */
  private static List<String> links(Workload w) {
    List<String> lines = new ArrayList<>();
    List<String> names = w.layers().stream().map(Layer::name).toList();
    for (int i = 0; i < names.size(); i++) {
      Links.Ends ends = w.links().layers().get(i);
      lines.add(
          names.get(i)
              + ends.operands().stream()
                  .map(
                      s ->
                          switch (s) {
                            case Links.Outside o -> "-";
                            case Links.Result r -> names.get(r.layer());
                            case Links.Parts p ->
                                p.layers().stream()
                                    .map(names::get)
                                    .collect(Collectors.joining(" ", "parts of ", ""));
                          })
                  .collect(Collectors.joining(", ", "(", ")"))
              + switch (ends.leaves()) {
                case NOT -> "";
                case PARTLY -> " leaves in part";
                case WHOLE -> " leaves";
              });
    }
    return lines;
  }
}
