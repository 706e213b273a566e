package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.NotCosted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The networks that come with Einloom, against counts made elsewhere: MACs by PyTorch's
 * FlopCounterMode (convolutions and matrix products alone), trainable parameters by PyTorch.
 */
class ZooTest {
  private static final OnnxOptions PRODUCTS = OnnxOptions.DEFAULT.withCoverage(Coverage.PRODUCTS);

  @ParameterizedTest
  @CsvSource({
    "lenet5, 416520",
    "alexnet, 714188480",
    "vgg16, 15470264320",
    "resnet18, 1814073344",
    "resnet50, 4089184256",
    "mobilenet_v2, 300774272",
    "densenet121, 2834161664",
    "vit_b_16, 17563828224"
  })
  void macsEqualPyTorchs(String name, long macs) {
    assertThat(Zoo.read(name, OnnxOptions.DEFAULT).macs()).isEqualTo(macs);
  }

  /** PyTorch also ran the pooler (768 to 768, one token), whose result the file does not have. */
  @Test
  void macsOfBertEqualPyTorchsWithoutThePooler() {
    assertThat(Zoo.read("bert_base", OnnxOptions.DEFAULT).macs())
        .isEqualTo(11_174_215_680L - 768 * 768)
        .isEqualTo(12L * (4 * 128 * 768 * 768 + 2 * 128 * 768 * 3072 + 2 * 12 * 128 * 128 * 64));
  }

  @ParameterizedTest
  @CsvSource({
    "lenet5, 61706",
    "alexnet, 61100840",
    "vgg16, 138357544",
    "vit_b_16, 86567656",
  })
  void parametersEqualPyTorchs(String name, long parameters) {
    assertThat(Zoo.read(name, OnnxOptions.DEFAULT).parameters()).hasValue(parameters);
  }

  /**
   * The exporter folds a batch normalisation into the convolution before it: of scale and shift,
   * two per channel, one is left, the bias of the convolution. All biases of convolutions in these
   * networks have come about so.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet50, 25557032",
    "mobilenet_v2, 3504872",
    "densenet121, 7978856"
  })
  void parametersLackTheFoldedScales(String name, long parameters) throws IOException {
    GraphProto graph = model(name).getGraph();
    long folded =
        graph.getNodeList().stream()
            .filter(n -> n.getOpType().equals("Conv") && n.getInputCount() == 3)
            .mapToLong(n -> outputChannels(graph, n.getInput(1)))
            .sum();
    assertThat(folded).isPositive();
    assertThat(Zoo.read(name, OnnxOptions.DEFAULT).parameters()).hasValue(parameters - folded);
  }

  private static long outputChannels(GraphProto graph, String weight) {
    return graph.getInitializerList().stream()
        .filter(t -> t.getName().equals(weight))
        .findFirst()
        .orElseThrow()
        .getDims(0);
  }

  private static ModelProto model(String name) throws IOException {
    try (InputStream in = ZooTest.class.getResourceAsStream("/org/einloom/zoo/" + name + ".onnx")) {
      return ModelProto.parseFrom(in);
    }
  }

  @ParameterizedTest
  @MethodSource("org.einloom.io.onnx.Zoo#names")
  void shapesReachTheOutputsThatTheFileDeclares(String name) throws IOException {
    ModelProto model = model(name);
    GraphProto graph = model.getGraph();
    var stripped = model.toBuilder();
    stripped.getGraphBuilder().clearOutput().clearValueInfo();
    Scope values =
        new OnnxImport(stripped.build(), new ExternalFiles(null))
            .walk(OnnxOptions.DEFAULT)
            .values();
    for (var output : graph.getOutputList()) {
      assertThat(values.find(output.getName()).shape().sizes())
          .isEqualTo(
              output.getType().getTensorType().getShape().getDimList().stream()
                  .map(d -> d.getDimValue())
                  .toList());
    }
    for (var node : graph.getNodeList()) {
      for (String value : node.getOutputList()) {
        assertThat(values.find(value).shape()).as(value).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.einloom.io.onnx.Zoo#names")
  void everyOperatorThatCostsIsALayerOrIsNamed(String name) throws IOException {
    Workload workload = Zoo.read(name, PRODUCTS);
    // what would cost something, were it not left out, and nothing that is free
    assertThat(workload.notCosted().stream().map(NotCosted::operator))
        .containsExactlyElementsOf(
            Zoo.read(name, OnnxOptions.DEFAULT).layers().stream()
                .map(Layer::operator)
                .filter(o -> !Set.of("Conv", "Gemm", "MatMul").contains(o))
                .collect(Collectors.toCollection(TreeSet::new)));
    for (NotCosted n : workload.notCosted()) {
      if (!n.operator().equals("Bias")) {
        assertThat(n.count())
            .as(n.operator())
            .isLessThanOrEqualTo(
                model(name).getGraph().getNodeList().stream()
                    .filter(node -> node.getOpType().equals(n.operator()))
                    .count());
      }
    }
    var names = new HashSet<String>();
    for (Layer layer : workload.layers()) {
      assertThat(names.add(layer.name())).isTrue();
      assertThat(layer.einsum().tensors().stream().map(TensorAccess::name))
          .containsExactly("input", "weight", "output");
      assertThat(layer.einsum().tensors().stream().map(TensorAccess::role))
          .containsExactly(Role.INPUT, Role.WEIGHT, Role.OUTPUT);
    }
  }

  @Test
  void resnet18ReadsAsTheFieldWritesIt() {
    Workload resnet = Zoo.read("resnet18", PRODUCTS);
    assertThat(resnet.layers()).hasSize(21);
    assertThat(resnet.layers().get(0).einsum().expression())
        .isEqualTo(
            "output[n, m, p, q] += input[n, c, 2*p + r - 3, 2*q + s - 3] * weight[m, c, r, s]");
    assertThat(resnet.layers().get(0).name()).isEqualTo("/conv1/Conv");
    assertThat(resnet.distinctLayers().stream().map(d -> d.repeats()))
        .containsExactly(1L, 4L, 1L, 3L, 1L, 1L, 3L, 1L, 1L, 3L, 1L, 1L);
    assertThat(resnet.notCosted())
        .containsExactly(
            new NotCosted("Add", 8),
            new NotCosted("Bias", 21),
            new NotCosted("GlobalAveragePool", 1),
            new NotCosted("MaxPool", 1),
            new NotCosted("Relu", 17));
  }

  @Test
  void attentionIsAProductOfTwoActivations() {
    Workload vit = Zoo.read("vit_b_16", PRODUCTS);
    assertThat(vit.layers().stream().map(Layer::operator).distinct())
        .containsExactly("Conv", "MatMul", "Gemm");
    Layer scores =
        vit.layers().stream().filter(l -> l.name().endsWith("MatMul_1")).findFirst().orElseThrow();
    assertThat(scores.einsum().expression())
        .isEqualTo("output[b, m, n] += input[b, m, k] * weight[b, k, n]");
    assertThat(scores.einsum().extent("b")).isEqualTo(12);
    assertThat(scores.einsum().extent("m")).isEqualTo(197);
    assertThat(scores.einsum().extent("n")).isEqualTo(197);
    assertThat(scores.einsum().extent("k")).isEqualTo(64);
  }

  @Test
  void depthwiseConvolutionsHaveNoChannelLoop() {
    Workload mobilenet = Zoo.read("mobilenet_v2", PRODUCTS);
    assertThat(
            mobilenet.layers().stream()
                .map(l -> l.einsum().output().toString())
                .filter(o -> o.contains("g")))
        .hasSize(17)
        .containsOnly("output[n, g, p, q]");
  }

  @ParameterizedTest
  @CsvSource({"lenet5", "alexnet", "vgg16", "resnet18", "resnet50", "mobilenet_v2", "densenet121"})
  void aBatchMultipliesTheWork(String name) {
    Workload one = Zoo.read(name, PRODUCTS);
    Workload many = Zoo.read(name, OnnxOptions.batch(16).withCoverage(Coverage.PRODUCTS));
    assertThat(many.macs()).isEqualTo(16 * one.macs());
    assertThat(many.parameters()).isEqualTo(one.parameters());
    assertThat(many.layers().stream().map(l -> l.einsum().extent("n"))).containsOnly(16L);
  }

  @Test
  void aBatchThatTheFileDoesNotTakeIsRefused() {
    assertThatThrownBy(() -> Zoo.read("bert_base", OnnxOptions.batch(8)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("node '/m/encoder/layer.0/attention/self/Reshape' (Reshape)")
        .hasMessageContaining("export the network with an open batch dimension");
    assertThatThrownBy(() -> Zoo.read("vit_b_16", OnnxOptions.batch(8)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("node '/Reshape' (Reshape)")
        .hasMessageContaining("export the network with an open batch dimension");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Zoo.read("resnet19", OnnxOptions.DEFAULT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "'resnet19': no shipped network has this name; shipped are "
                + String.join(", ", Zoo.names())
                + "; did you mean 'resnet18'?");
    assertThat(Zoo.names()).isEqualTo(Arrays.stream(Zoo.names().toArray()).sorted().toList());
  }
}
