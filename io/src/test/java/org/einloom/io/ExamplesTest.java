package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** The files in {@code examples/}, each doing what its comments and the documentation say. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");

  @Test
  void everyExampleIsTestedHere() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())).filter(f -> f.endsWith(".yaml")))
          .containsExactlyInAnyOrder(
              "matmul.yaml",
              "conv.yaml",
              "teaching-matmul.mapping.yaml",
              "my-first-design.yaml",
              "crossbar.yaml",
              "two-units.yaml",
              "product-and-pooling.yaml",
              "eyeriss-alexnet.yaml", // EyerissAlexNetTest
              "eyeriss-alexnet.mapping.yaml",
              "teaching.constraints.yaml");
    }
  }

  @Test
  void theMatrixProductRunsAsDocumented() {
    Architecture teaching = Shipped.architecture("teaching");
    Workload workload = WorkloadYaml.read(EXAMPLES.resolve("matmul.yaml"));
    Map<String, LoopTree> mappings =
        MappingYaml.read(EXAMPLES.resolve("teaching-matmul.mapping.yaml"))
            .legal(workload, teaching);
    Einsum einsum = workload.layers().getFirst().einsum();
    LoopTree mapping = mappings.get("matmul");
    assertThat(mapping).isNotNull();
    var counts = DenseModel.analyze(einsum, teaching, mapping).counts();
    Evaluation evaluation = Evaluator.evaluate(einsum, teaching, counts, Policy.DEFAULT);

    assertThat(evaluation.cycles()).isEqualTo(64 * 64 * 64 / 16);
    assertThat(evaluation.utilization()).hasValue(1.0);
    // by hand: every tensor crosses to DRAM once; A goes to the array 4 times, B twice, O comes
    // back
    // once; each PE is sent A's 8 x 64 four times for each half, and so on
    double dram = 200 * 3 * 4096;
    double buffer = 6 * ((4 * 4096 + 2 * 4096 + 4096) + 3 * 4096);
    double array = 2 * (65536 + 32768 + 4096);
    double registers = (3 * 262144) + (65536 + 32768 + 262144);
    double macs = 262144;
    assertThat(evaluation.energyPj()).isEqualTo(dram + buffer + array + registers + macs);
    assertThat(evaluation.energyPj()).isEqualTo(4_317_184);
    assertThat(counts.component("Buffer").occupancy().values())
        .extracting(o -> o.words())
        .containsExactlyInAnyOrder(2048L, 4096L, 2048L);
  }

  @Test
  void theConvolutionsHaveTheShapesTheyDeclare() {
    Workload workload = WorkloadYaml.read(EXAMPLES.resolve("conv.yaml"));
    assertThat(workload.layers()).extracting(Layer::name).containsExactly("conv", "depthwise");
    Einsum conv = workload.layers().getFirst().einsum();
    assertThat(conv.computes()).isEqualTo(16 * 8 * 14 * 14 * 9);
    assertThat(conv.tensor("I").words()).isEqualTo(8 * 14 * 14);
    Einsum depthwise = workload.layers().getLast().einsum();
    assertThat(depthwise.computes()).isEqualTo(16 * 14 * 14 * 9);
    assertThat(depthwise.tensor("O").words()).isEqualTo(conv.output().words());
  }

  @Test
  void theConstraintsAreForTheMatrixProduct() {
    Architecture teaching = Shipped.architecture("teaching");
    Workload workload = WorkloadYaml.read(EXAMPLES.resolve("matmul.yaml"));
    Einsum einsum = workload.layers().getFirst().einsum();
    Constraints asked =
        ConstraintsYaml.read(EXAMPLES.resolve("teaching.constraints.yaml"), teaching).constraints();
    asked.check(workload.name(), List.of(einsum));
    LoopTree given =
        MappingYaml.read(EXAMPLES.resolve("teaching-matmul.mapping.yaml"))
            .legal(workload, teaching)
            .get("matmul");
    assertThat(asked.violatedBy(einsum, teaching, given)).isPresent();
    LoopTree satisfying =
        LoopTreeText.read(
            "weights.txt",
            """
            keep A B O in DRAM
            keep A in Buffer
            for n in 0..64 step 4
              for k in 0..64 step 4
                parallel n on Array.x
                  parallel k on Array.y
                    keep B in RegisterFile
                    for m in 0..64
            """,
            einsum,
            teaching);
    assertThat(asked.violatedBy(einsum, teaching, satisfying)).isEmpty();
  }

  @Test
  void theFirstDesignHasEightMacs() {
    Architecture design = ArchitectureYaml.read(EXAMPLES.resolve("my-first-design.yaml"));
    assertThat(design.instances(design.compute())).isEqualTo(8);
  }

  @Test
  void theCrossbarConvertsEachInputAndEachSumOnce() {
    Architecture crossbar = ArchitectureYaml.read(EXAMPLES.resolve("crossbar.yaml"));
    Workload workload = WorkloadYaml.read(EXAMPLES.resolve("matmul.yaml"));
    Einsum einsum = workload.layers().getFirst().einsum();
    LoopTree mapping =
        LoopTreeText.read(
            "stationary.txt",
            """
            keep A B O in DRAM
            parallel n on Columns.x
              parallel k on Rows.y
                keep B in Cell
                for m in 0..64
            """,
            einsum,
            crossbar);
    var counts = DenseModel.analyze(einsum, crossbar, mapping).counts();
    // an input goes to all 64 columns, and 64 products are one sum
    assertThat(counts.component("DAC").total("A").reads()).isEqualTo(64 * 64);
    assertThat(counts.component("DAC").total("B").reads()).isEqualTo(0);
    assertThat(counts.component("ADC").total("O").updates()).isEqualTo(64 * 64);
    assertThat(counts.component("ADC").classes()).singleElement().matches(c -> c.instances() == 64);
    assertThat(counts.component("Link").total("B").reads()).isEqualTo(64 * 64);
    Evaluation e = Evaluator.evaluate(einsum, crossbar, counts, Policy.DEFAULT);
    double link = 10 * 3 * 4096;
    double converters = 0.2 * 4096 + 2 * 4096;
    double leakage = 500 * e.latencyS() * 1e6;
    assertThat(energy(e, "Link")).isCloseTo(link + leakage, within(1e-6));
    assertThat(energy(e, "DAC") + energy(e, "ADC")).isCloseTo(converters, within(1e-6));
  }

  @Test
  void theProductRunsOnTheArrayAndThePoolingOnTheLanes() {
    Design units =
        ArchitectureYaml.readFile(Source.file(EXAMPLES.resolve("two-units.yaml"))).design();
    Workload workload = WorkloadYaml.read(EXAMPLES.resolve("product-and-pooling.yaml"));
    assertThat(workload.layers())
        .extracting(l -> l.einsum().operation())
        .containsExactly("mac", "max");
    assertThat(workload.layers())
        .extracting(l -> units.offering(l.einsum()).stream().map(p -> p.compute().name()).toList())
        .containsExactly(List.of("MAC"), List.of("Vector"));
    // what is idle is there all the same
    assertThat(units.paths())
        .extracting(Architecture::areaUm2)
        .containsOnly(64 * 500.0 + 16 * 900.0);
  }

  private static double energy(Evaluation evaluation, String component) {
    return evaluation.components().stream()
        .filter(c -> c.node().name().equals(component))
        .mapToDouble(c -> c.energyPj())
        .sum();
  }
}
