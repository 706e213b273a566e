package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Idle;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.description.MappedLayer;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.result.MappedResultFile;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
  @TempDir Path folder;

  private String result(String command) {
    String file = folder.resolve("r.json").toString();
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(List.of("--json", file));
    Cli.run(all.toArray(String[]::new)).succeeded();
    return file;
  }

  private String eyeriss() {
    return result(
        "evaluate ../examples/eyeriss-alexnet.yaml --arch eyeriss"
            + " --mapping ../examples/eyeriss-alexnet.mapping.yaml");
  }

  @Test
  void saysWhatEyerissIsKnownFor() {
    String text = Cli.run("explain", eyeriss()).succeeded().out().replaceAll("\\s+", " ");
    assertThat(text)
        .contains(
            "order of computation: all 5 layers are row stationary at"
                + " IfmapSpad/FilterSpad/PsumSpad.")
        .contains("Columns.x spreads")
        .contains("data attributes: none are used")
        .contains("times the least")
        .contains("CONV1: 11x11 convolution")
        .contains("Rows adds up 11 results into one");
  }

  @Test
  void saysWhatMeasuredValuesWereUsedFor() throws IOException {
    Path arch =
        Files.writeString(
            folder.resolve("gated.yaml"),
            """
            einloom: 1
            architecture:
              name: gated
              technology: 45nm
              clock: 1 GHz
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
              nodes:
              - memory: DRAM
                actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}
              - {compute: MAC, component: {class: mac, format: int8, zero_gating: yes}}
            """);
    String file =
        result(
            "map ../examples/small.onnx --profile ../examples/small.profile.json --arch " + arch);
    assertThat(Cli.run("explain", file).succeeded().out().replaceAll("\\s+", " "))
        .contains("data attributes: measured values set MAC zeros, which energies depend on");
  }

  @Test
  void saysWhatIsCountedAsSparse() {
    String file =
        result(
            "evaluate ../examples/sparse/matmul.yaml --arch ../examples/sparse/accelerator.yaml"
                + " --mapping ../examples/sparse/mapping.txt --sparsity"
                + " ../examples/sparse/sparsity.yaml");
    assertThat(Cli.run("explain", file).succeeded().out().replaceAll("\\s+", " "))
        .contains("words and computes are those expected of sparse tensors")
        .doesNotContain("neither skipped nor compressed");
  }

  @Test
  void oneLayerOnly() {
    String file = eyeriss();
    String text = Cli.run("explain", file, "--layer", "CONV3").succeeded().out();
    assertThat(text).startsWith("CONV3: ").doesNotContain("CONV2").doesNotContain("flexibility");
    assertThat(Cli.run("explain", file, "--layer", "CONV33").refused())
        .contains("the result has no layer 'CONV33'")
        .endsWith("did you mean 'CONV3'?");
  }

  @Test
  void programsGetTheNumbers() {
    JsonNode json = parse(Cli.run("explain", eyeriss(), "--json", "-").succeeded().out());
    assertThat(json.at("/dataflows").size()).isGreaterThan(1);
    assertThat(json.at("/layers/0/levels/0/stays/0/uses").asLong()).isPositive();
    assertThat(json.at("/layers/0/usedComputes").asLong())
        .isLessThanOrEqualTo(json.at("/layers/0/computes").asLong())
        .isPositive();
    long words = 0;
    for (JsonNode t : json.at("/layers/0/traffic")) {
      words += t.get("memory").asString().equals("DRAM") ? t.get("words").asLong() : 0;
      assertThat(t.get("compulsory").asLong()).isLessThanOrEqualTo(t.get("words").asLong());
    }
    assertThat(words).isPositive();
  }

  /** What it says of traffic is what --explain says while mapping. */
  @Test
  void agreesWithTheExplanationOfTheSearch() throws IOException {
    String file = result("map lenet5 --arch eyeriss --explain --objective energy");
    JsonNode searched = parse(Files.readString(Path.of(file)));
    JsonNode described = parse(Cli.run("explain", file, "--json", "-").succeeded().out());
    for (int i = 0; i < searched.get("layers").size(); i++) {
      assertThat(described.get("layers").get(i).get("traffic"))
          .isEqualTo(searched.get("layers").get(i).at("/explanation/traffic"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "teaching",
        "eyeriss",
        "nvdla",
        "tpu-v1",
        "simba",
        "../examples/crossbar.yaml",
        "../examples/two-units.yaml",
        "../examples/my-first-design.yaml"
      })
  void theDesignInAResultIsTheDesign(String arch) {
    String file = result("map ../examples/matmul.yaml --objective energy --arch " + arch);
    Design read = MappedResultFile.read(Path.of(file)).design();
    Design original = Shipped.resolveArchitectureFile(arch).design();
    assertThat(read.paths()).hasSameSizeAs(original.paths());
    for (int i = 0; i < read.paths().size(); i++) {
      assertThat(read.paths().get(i)).isEqualTo(plain(original.paths().get(i)));
    }
  }

  /** Without derivations, which are under 'figures'. */
  private static Architecture plain(Architecture a) {
    return new Architecture(
        a.name(),
        a.clockHz(),
        a.technology(),
        a.widths(),
        a.nodes().stream().map(ExplainCommandTest::plain).toList(),
        a.idle().stream().map(i -> new Idle(plain(i.node()), i.instances())).toList());
  }

  private static Node plain(Node node) {
    return switch (node) {
      case Memory m -> {
        var actions = new LinkedHashMap<String, Action>();
        m.actions().forEach((k, v) -> actions.put(k, plain(v)));
        yield new Memory(
            m.name(),
            m.capacityBits(),
            m.keep(),
            actions,
            m.sharedPort(),
            plain(m.areaUm2()),
            plain(m.leakageUw()));
      }
      case Toll t -> {
        var actions = new LinkedHashMap<String, Action>();
        t.actions().forEach((k, v) -> actions.put(k, plain(v)));
        yield new Toll(
            t.name(),
            t.tensors(),
            actions,
            t.sharedPort(),
            plain(t.areaUm2()),
            plain(t.leakageUw()));
      }
      case Fanout f ->
          new Fanout(
              f.name(),
              f.dimensions(),
              f.multicast(),
              f.reduce(),
              f.transfer().map(ExplainCommandTest::plain),
              plain(f.areaUm2()),
              plain(f.leakageUw()));
      case Compute c ->
          new Compute(
              c.name(),
              c.operations(),
              plain(c.compute()),
              plain(c.areaUm2()),
              plain(c.leakageUw()));
    };
  }

  private static Action plain(Action a) {
    return new Action(a.name(), plain(a.energyPj()), a.widthBits(), a.perCycle());
  }

  private static Figure plain(Figure f) {
    return new Figure(f.value(), f.source(), f.assumption());
  }

  @ParameterizedTest
  @CsvSource({"lenet5, eyeriss", "bert_base, nvdla", "mobilenet_v2, tpu-v1"})
  void theEinsumsInAResultAreTheEinsums(String network, String arch) {
    String file = result("map %s --arch %s --objective energy".formatted(network, arch));
    List<Einsum> read =
        MappedResultFile.read(Path.of(file)).layers().stream().map(MappedLayer::einsum).toList();
    List<Einsum> original =
        Zoo.read(network, OnnxOptions.DEFAULT).distinctLayers().stream()
            .map(d -> d.layer())
            .map(Layer::einsum)
            .toList();
    assertThat(read.stream().map(e -> e.named("")))
        .isEqualTo(original.stream().map(e -> e.named("")).toList());
  }

  @Test
  void aTensorUsedTwiceAndForksAndBits() throws IOException {
    Path workload =
        Files.writeString(
            folder.resolve("w.yaml"),
            """
            einloom: 1
            workload:
              name: w
              einsums:
              - {name: square, expression: "O[m,n] += A[m,k] * A[k,n]",
                 extents: {m: 4, n: 4, k: 4}, bits: {A: 7}}
              - {name: pool, expression: "O[m] += A[2*m + r - 1]", operation: max,
                 extents: {m: 4, r: 3}, shapes: {A: [8]}}
            """);
    String file =
        result("map " + workload + " --arch ../examples/two-units.yaml --objective energy");
    List<MappedLayer> layers = MappedResultFile.read(Path.of(file)).layers();
    assertThat(layers.getFirst().einsum().operands().get(1).name()).isEqualTo("A#2");
    assertThat(layers.getFirst().einsum().operands().get(1).bits()).hasValue(7);
    assertThat(layers.getLast().einsum().operation()).isEqualTo("max");
    assertThat(layers.getFirst().path()).isNotEqualTo(layers.getLast().path());
    assertThat(Cli.run("explain", file).succeeded().out()).contains("pool: pooling");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    String file = eyeriss();
    String good = Files.readString(Path.of(file));
    Path bad = folder.resolve("bad.json");
    Files.writeString(bad, good.replaceFirst("keep W in FilterSpad", "keep W in FilterSpat"));
    assertThat(Cli.run("explain", bad.toString()).refused())
        .contains("bad.json:")
        .contains("in the mapping of layer 'CONV1'")
        .contains("column 'FilterSpad' says 'W'");
    Files.writeString(bad, good.replace("\"multicast\" : \"words\"", "\"multicast\" : \"word\""));
    assertThat(Cli.run("explain", bad.toString()).refused())
        .contains("bad.json:")
        .contains("did you mean 'words'?");
    Files.writeString(bad, good.replace("\"design\" :", "\"designs\" :"));
    assertThat(Cli.run("explain", bad.toString()).refused())
        .contains("the result has no 'design'; another version may have written it");
    Files.writeString(bad, "{}");
    assertThat(Cli.run("explain", bad.toString()).refused()).contains("not a result of a mapping");
    assertThat(Cli.run("explain", folder + "/none.json").refused()).contains("does not exist");
    assertThat(Cli.run("explain", file, "--json", file).refused()).contains("write over the input");
  }

  private static JsonNode parse(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
