package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.counts.Flows;
import org.einloom.description.LayerDescription;
import org.einloom.description.Level;
import org.einloom.description.MappedLayer;
import org.einloom.description.Sharing;
import org.einloom.description.Stay;
import org.einloom.description.Step;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.onnx.Coverage;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.LayerKind;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** What is said of mappings, counted by hand. */
class DescriptionTest {
  private static final Path EXAMPLES = Path.of("../examples");

  private static LayerDescription describe(Layer layer, Architecture path, LoopTree mapping) {
    Map<String, Map<String, Flows>> flows =
        DenseModel.analyze(layer.einsum(), path, mapping).counts().components().stream()
            .collect(
                Collectors.toMap(
                    c -> c.component(),
                    c ->
                        layer.einsum().tensors().stream()
                            .collect(Collectors.toMap(t -> t.name(), t -> c.total(t.name())))));
    return LayerDescription.of(
        new MappedLayer(
            layer.name(),
            layer.operator(),
            1,
            layer.macs(),
            layer.einsum(),
            path,
            mapping,
            flows,
            1,
            OptionalDouble.empty()));
  }

  private static List<LayerDescription> describe(String workload, String arch, String mapping) {
    Workload w = WorkloadYaml.read(EXAMPLES.resolve(workload));
    Architecture a = Shipped.architecture(arch);
    var trees = Mappings.read(EXAMPLES.resolve(mapping), w, a);
    return w.layers().stream()
        .map(l -> describe(l, a, Optional.ofNullable(trees.get(l.name())).orElseThrow()))
        .toList();
  }

  /** {@code RegisterFile: O 64 [k], ...}. */
  private static String stays(Level level) {
    return level.stays().stream()
        .map(s -> s.tensor() + " " + s.uses() + " " + s.variables())
        .collect(Collectors.joining(", ", level.place() + " " + level.dataflow() + ": ", ""));
  }

  @Test
  void theMappingOfTheFirstExample() {
    LayerDescription d =
        describe("matmul.yaml", "teaching", "teaching-matmul.mapping.yaml").getFirst();
    assertThat(d.steps().stream().map(s -> s.memory() + " " + s.variable() + " " + s.count()))
        .containsExactly(
            "Buffer m 2",
            "Buffer n 4",
            "RegisterFile k 32",
            "RegisterFile k 2",
            "RegisterFile m 8",
            "RegisterFile n 4");
    // O is complete before the next block of it begins; A goes through all n that its PE has; of
    // B every word stays in the buffer, while both halves of m pass
    assertThat(d.levels().stream().map(DescriptionTest::stays))
        .containsExactly(
            "Buffer input stationary: A 4 [n], B 2 [m], O 1 []",
            "RegisterFile output stationary: O 64 [k], B 8 [m], A 4 [n]");
    assertThat(d.spreads().stream().map(s -> s.dimension() + " " + s.used() + "/" + s.size()))
        .containsExactly("x 4/4", "y 4/4");
    assertThat(d.usedComputes()).isEqualTo(16);
    // rows of A go to the four PEs of a row, columns of B to those of a column; nothing is added up
    assertThat(d.sharing().stream().map(s -> s.tensor() + " " + s.factor()))
        .containsExactly("A 4.0", "B 4.0", "O 1.0");
    assertThat(d.routes().stream().map(r -> r.tensor() + r.memories() + r.bypassed()))
        .containsExactly(
            "A[DRAM, Buffer, RegisterFile][]",
            "B[DRAM, Buffer, RegisterFile][]",
            "O[DRAM, Buffer, RegisterFile][]");
  }

  /** Table III of Chen, Krishna, Emer, Sze (JSSC 52(1), 2017), which calls all of them that. */
  @Test
  void theMappingsThatEyerissPublishedAreRowStationary() {
    var layers = describe("eyeriss-alexnet.yaml", "eyeriss", "eyeriss-alexnet.mapping.yaml");
    assertThat(layers).hasSize(5);
    for (LayerDescription d : layers) {
      Level pe = d.levels().getLast();
      assertThat(pe.memories()).containsExactly("IfmapSpad", "FilterSpad", "PsumSpad");
      assertThat(pe.dataflow()).as(d.layer().name()).isEqualTo("row stationary");
      assertThat(d.levels().stream().filter(Level::rowStationary)).hasSize(1);
      assertThat(d.layer().kind().label()).endsWith("convolution");
    }
  }

  private static final Architecture LINE =
      ArchitectureYaml.read(
          "line",
          """
          einloom: 1
          architecture:
            name: line
            clock: 1 GHz
            widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
            nodes:
            - memory: DRAM
            - memory: Buffer
            - fanout: Line
              dimensions: [{name: x, size: 8}]
            - memory: Weights
              keep: [weight]
            - memory: Sums
              may_keep: [output]
            - compute: MAC
          """);

  private static LayerDescription onLine(String expression, String extents, String nest) {
    Einsum einsum =
        WorkloadYaml.read(
                "w",
                """
                einloom: 1
                workload:
                  name: w
                  einsums:
                  - {name: e, expression: "%s", extents: {%s}}
                """
                    .formatted(expression, extents))
            .layers()
            .getFirst()
            .einsum();
    return describe(
        Layer.of("e", "Einsum", einsum), LINE, LoopTreeText.read("nest", nest, einsum, LINE));
  }

  @Test
  void aWeightStaysWhereverItsStorageStands() {
    String nest =
        """
        keep A W O in DRAM
        keep A in Buffer
        for n in 0..6
          parallel k in 0..8 on Line.x
            HERE
        """;
    String outside = "keep W in Weights\n for m in 0..5";
    String inside = "for m in 0..5\n keep W in Weights";
    for (String order : List.of(outside, inside)) {
      LayerDescription d =
          onLine("O[m,n] += A[m,k] * W[k,n]", "m: 5, n: 6, k: 8", nest.replace("HERE", order));
      assertThat(d.levels().stream().map(DescriptionTest::stays))
          .containsExactly(
              "Buffer input stationary: A 6 [n]", "Weights weight stationary: W 5 [m]");
      // the eight of the line work on one result, and each A is for one of them alone
      assertThat(d.sharing().stream().filter(s -> s.tensor().equals("O")).map(Sharing::factor))
          .containsExactly(8.0);
      assertThat(d.routes().getLast().memories()).containsExactly("DRAM");
      assertThat(d.routes().getLast().bypassed()).containsExactly("Buffer", "Sums");
    }
  }

  @Test
  void aLoopOverTheTensorsOwnVariableEndsItsStay() {
    // n is outside of k, which moves W: W comes again for each n, and stays for m alone
    LayerDescription d =
        onLine(
            "O[m,n,l] += A[m,k] * W[k,l]",
            "m: 5, n: 6, k: 8, l: 2",
            """
            keep A W O in DRAM
            for n in 0..6
              for k in 0..8
                for m in 0..5
                  keep W in Weights
                  for l in 0..2
            """);
    assertThat(d.levels().stream().map(DescriptionTest::stays))
        .containsExactly("Weights weight stationary: W 5 [m]");
    assertThat(d.steps().stream().map(Step::memory).distinct()).containsExactly("DRAM", "Weights");
    assertThat(d.usedComputes()).isEqualTo(1);
  }

  @Test
  void whatIsUsedOnceIsNotStationary() {
    LayerDescription d =
        onLine(
            "O[m] += A[m] * W[m]",
            "m: 16",
            """
            keep A W O in DRAM
            for m in 0..16 step 8
              parallel m in 0..8 on Line.x
                keep W in Weights
                keep O in Sums
            """);
    assertThat(d.levels().stream().map(Level::dataflow)).containsExactly("no reuse");
    assertThat(d.levels().getFirst().place()).isEqualTo("Weights/Sums");
    assertThat(d.levels().getFirst().stays()).extracting(Stay::uses).containsExactly(1L, 1L);
    assertThat(d.sharing().stream().map(Sharing::factor)).containsOnly(1.0);
  }

  @Test
  void kindsOfTheLayersOfNetworks() {
    assertThat(kinds("mobilenet_v2"))
        .containsExactly(
            "3x3 convolution", "3x3 depthwise convolution", "1x1 convolution", "fully connected");
    assertThat(kinds("vit_b_16"))
        .contains("16x16 convolution", "fully connected", "matrix product");
    assertThat(kinds("lenet5")).containsExactly("5x5 convolution", "fully connected");
  }

  private static List<String> kinds(String network) {
    return Zoo.read(network, OnnxOptions.DEFAULT.withCoverage(Coverage.PRODUCTS)).layers().stream()
        .map(l -> LayerKind.of(l.operator(), l.einsum()).label())
        .distinct()
        .toList();
  }

  @Test
  void kindsOfEinsums() {
    assertThat(kind("O[n,m,p] += I[n,c,2*p+r] * W[m,c,r]")).isEqualTo("1x4 convolution");
    assertThat(kind("O[n,c,p,q] += I[n,c,p+r,q+s] * W[c,r,s]"))
        .isEqualTo("4x4 depthwise convolution");
    assertThat(kind("O[g,m,p] += I[g,c,p+r] * W[g,m,c,r]")).isEqualTo("1x4 grouped convolution");
    assertThat(kind("O[m,n] += A[m,k] * B[k,n]")).isEqualTo("fully connected");
    assertThat(kind("O[b,m,n] += A[b,m,k] * B[b,k,n]")).isEqualTo("matrix product");
    assertThat(kind("O[m,n] = A[m,n] * B[m,n]")).isEqualTo("element-wise");
    assertThat(kind("O[m] = A[m,n]")).isEqualTo("reduction");
    assertThat(kind("O[m] = A[2*m+r]")).isEqualTo("pooling");
    assertThat(kind("O[m] += A[m,k] * B[k] * C[k]")).isEqualTo("tensor product");
  }

  private static String kind(String expression) {
    String extents =
        expression
            .chars()
            .mapToObj(c -> String.valueOf((char) c))
            .filter(c -> c.matches("[a-z]"))
            .distinct()
            .map(v -> v + ": 4")
            .collect(Collectors.joining(", "));
    String text =
        """
        einloom: 1
        workload:
          name: w
          einsums:
          - {name: e, expression: "%s", extents: {%s}}
        """
            .formatted(expression, extents);
    Layer layer = WorkloadYaml.read("w", text).layers().getFirst();
    return LayerKind.of(layer.operator(), layer.einsum()).label();
  }
}
