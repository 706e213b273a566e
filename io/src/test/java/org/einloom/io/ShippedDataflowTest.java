package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.workload.Role.INPUT;
import static org.einloom.workload.Role.OUTPUT;
import static org.einloom.workload.Role.WEIGHT;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.model.DenseModel;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the shipped designs let a mapping do: run any ordinary layer, spread what the hardware can.
 */
class ShippedDataflowTest {
  private static final Einsum CONV =
      einsum(
          "conv",
          tensor("O", OUTPUT, "n", "m", "p", "q"),
          tensor("I", INPUT, "n", "c", "p+r", "q+s"),
          tensor("W", WEIGHT, "m", "c", "r", "s"));

  private static final Einsum DEPTHWISE =
      einsum(
          "depthwise",
          tensor("O", OUTPUT, "n", "c", "p", "q"),
          tensor("I", INPUT, "n", "c", "p+r", "q+s"),
          tensor("W", WEIGHT, "c", "r", "s"));

  private static final Einsum FULLY_CONNECTED =
      einsum(
          "fc", tensor("O", OUTPUT, "m"), tensor("I", INPUT, "c"), tensor("W", WEIGHT, "m", "c"));

  private static final Einsum ATTENTION =
      einsum(
          "attention",
          tensor("S", OUTPUT, "b", "h", "i", "j"),
          tensor("Q", INPUT, "b", "h", "i", "k"),
          tensor("K", WEIGHT, "b", "h", "j", "k"));

  static Stream<Architecture> designs() {
    return Shipped.architectures().keySet().stream().map(Shipped::architecture);
  }

  /** All loops above the smallest tiles that the keep rules allow: what no design may rule out. */
  @ParameterizedTest
  @MethodSource("designs")
  void runsEveryOrdinaryLayer(Architecture design) {
    for (Einsum einsum : List.of(CONV, DEPTHWISE, FULLY_CONNECTED, ATTENTION)) {
      List<MappingNode> nodes = new ArrayList<>();
      String outermost = design.memories().getFirst().name();
      einsum.tensors().forEach(t -> nodes.add(new MappingNode.Storage(outermost, t.name())));
      einsum.variables().forEach(v -> nodes.add(new MappingNode.Temporal(v.name(), 1)));
      for (Memory memory : design.memories().subList(1, design.memories().size())) {
        einsum.tensors().stream()
            .filter(memory.keep()::requires)
            .forEach(t -> nodes.add(new MappingNode.Storage(memory.name(), t.name())));
      }
      var counts = DenseModel.analyze(einsum, design, new LoopTree(nodes)).counts();
      var evaluation = Evaluator.evaluate(einsum, design, counts, Policy.DEFAULT);
      assertThat(evaluation.computes()).isEqualTo(einsum.computes());
      assertThat(evaluation.energyPj()).isPositive();
      assertThat(evaluation.latencyCycles()).isGreaterThanOrEqualTo((double) einsum.computes());
    }
  }

  @Test
  void nvdlaSharesFeaturesAmongKernelsAndAddsUpChannels() {
    Architecture nvdla = Shipped.architecture("nvdla");
    assertThat(spread(nvdla, "Kernels", CONV)).containsExactly("m");
    assertThat(spread(nvdla, "Channels", CONV)).containsExactly("c", "r", "s");
    assertThat(spread(nvdla, "Kernels", DEPTHWISE)).isEmpty();
    assertThat(spread(nvdla, "Channels", DEPTHWISE)).containsExactly("r", "s");
    assertThat(spread(nvdla, "Kernels", ATTENTION)).containsExactly("j");
    assertThat(spread(nvdla, "Channels", ATTENTION)).containsExactly("k");
  }

  @Test
  void tpuHasOutputChannelsAcrossAndReductionsDown() {
    Architecture tpu = Shipped.architecture("tpu-v1");
    assertThat(spread(tpu, "Columns", CONV)).containsExactly("m");
    assertThat(spread(tpu, "Rows", CONV)).containsExactly("c", "r", "s");
    assertThat(spread(tpu, "Columns", FULLY_CONNECTED)).containsExactly("m");
    assertThat(spread(tpu, "Rows", FULLY_CONNECTED)).containsExactly("c");
    assertThat(spread(tpu, "Rows", DEPTHWISE)).containsExactly("r", "s");
  }

  @Test
  void simbaHasVectorsOfInputsAndLanesOfOutputs() {
    Architecture simba = Shipped.architecture("simba");
    assertThat(spread(simba, "Lanes", CONV)).containsExactly("m");
    assertThat(spread(simba, "Vector", CONV)).containsExactly("c", "r", "s");
    assertThat(spread(simba, "Chiplet", CONV)).containsExactly("n", "m", "p", "q", "c", "r", "s");
    assertThat(spread(simba, "Package", CONV)).containsExactly("n", "m", "p", "q", "c", "r", "s");
  }

  @Test
  void theEdgeNpuHasAnArrayOfFixedWeightsAndLanesForTheRest() {
    Architecture array = Shipped.architecture("edge-npu");
    assertThat(spread(array, "Columns", CONV)).containsExactly("m");
    assertThat(spread(array, "Rows", CONV)).containsExactly("c", "r", "s");
    List<Architecture> paths = Shipped.resolveArchitectureFile("edge-npu").design().paths();
    assertThat(paths).hasSize(3);
    assertThat(paths.stream().filter(p -> p.compute().offers(Einsum.MAC)))
        .as("products with little to share run on the vector unit")
        .extracting(p -> p.compute().name())
        .containsExactly("MAC", "Vector");
    assertThat(spread(paths.get(1), "VectorLanes", DEPTHWISE))
        .containsExactly("n", "c", "p", "q", "r", "s");
  }

  @Test
  void eyerissAddsUpAlongColumnsOnlyAndSpreadsAnything() {
    Architecture eyeriss = Shipped.architecture("eyeriss");
    assertThat(spread(eyeriss, "Columns", CONV)).containsExactly("n", "m", "p", "q", "c", "r", "s");
    assertThat(spread(eyeriss, "Rows", CONV)).containsExactly("n", "m", "p", "q", "c", "r", "s");
    assertThat(((Fanout) eyeriss.node("Columns")).reduce()).isFalse();
    assertThat(((Fanout) eyeriss.node("Rows")).reduce()).isTrue();
  }

  /** The variables that may be spread along the fanout's only dimension. */
  private static List<String> spread(Architecture design, String fanout, Einsum einsum) {
    var dimensions = ((Fanout) design.node(fanout)).dimensions();
    assertThat(dimensions).hasSize(1);
    return einsum.variables().stream()
        .map(RankVariable::name)
        .filter(v -> einsum.tensors().stream().allMatch(t -> dimensions.getFirst().allows(t, v)))
        .toList();
  }

  /** Extents are 2, so that an input rank {@code p+r} has 3 values. */
  private static Einsum einsum(String name, TensorAccess output, TensorAccess... operands) {
    var variables =
        Stream.concat(Stream.of(output), Stream.of(operands))
            .flatMap(t -> t.ranks().stream())
            .flatMap(r -> r.expression().terms().stream())
            .map(Affine.Term::variable)
            .distinct()
            .map(v -> new RankVariable(v, 2))
            .toList();
    return new Einsum(name, variables, List.of(operands), output);
  }

  private static TensorAccess tensor(String name, Role role, String... ranks) {
    var read = new ArrayList<TensorAccess.Rank>();
    for (String rank : ranks) {
      var terms = Stream.of(rank.split("\\+")).map(v -> new Affine.Term(1, v)).toList();
      read.add(new TensorAccess.Rank(new Affine(terms, 0), terms.size() + 1));
    }
    return new TensorAccess(name, name, role, read, OptionalInt.empty());
  }
}
