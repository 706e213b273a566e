package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Profiles without a run, and what evaluations make of profiles. */
class ProfileCommandTest {
  @TempDir Path folder;
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    var o = new StringWriter();
    var e = new StringWriter();
    int code = Main.run(new PrintWriter(o, true), new PrintWriter(e, true), arguments);
    out = o.toString();
    err = e.toString();
    return code;
  }

  private String save(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve(name)));
  }

  /** A product with 6 weights, of which 4 are not 0, transposed by the graph or not. */
  private String model(boolean kept) throws IOException {
    TensorProto b =
        TensorProto.newBuilder()
            .setName("b")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(kept ? List.of(6L) : List.of(2L, 3L))
            .addAllFloatData(List.of(1f, 2f, 0f, -1f, 3f, 0f))
            .build();
    var graph =
        GraphProto.newBuilder()
            .setName("g")
            .addInput(value("a", 4, 2))
            .addOutput(value("p", 4, 3))
            .addInitializer(b);
    if (kept) {
      graph
          .addInitializer(
              TensorProto.newBuilder()
                  .setName("s")
                  .setDataType(TensorProto.DataType.INT64_VALUE)
                  .addDims(2)
                  .addAllInt64Data(List.of(2L, 3L)))
          .addNode(node("Reshape", "r", List.of("b", "s"), "b2"));
    }
    graph.addNode(node("MatMul", "product", List.of("a", kept ? "b2" : "b"), "p"));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Constant")
            .setName("c")
            .addOutput("unused")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeProto.AttributeType.TENSOR)
                    .setT(
                        TensorProto.newBuilder()
                            .setDataType(TensorProto.DataType.FLOAT_VALUE)
                            .addDims(2)
                            .addAllFloatData(List.of(0f, 5f)))));
    Path file = folder.resolve("m.onnx");
    Files.write(
        file,
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
    return file.toString();
  }

  private static NodeProto node(String op, String name, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(op)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  private static ValueInfoProto value(String name, long... shape) {
    var dimensions = TensorShapeProto.newBuilder();
    for (long extent : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dimensions)))
        .build();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void weightsNeedNoRun(boolean kept) throws IOException {
    String model = model(kept);
    assertThat(run("profile", model, "--weights")).as(() -> err).isZero();
    JsonNode p = json("m.profile.json");
    assertThat(p.get("inputs").asString()).isEqualTo("nothing: weights alone");
    assertThat(p.get("tensors"))
        .anySatisfy(t -> assertThat(t.get("name").asString()).isEqualTo("unused"))
        .anySatisfy(
            t -> {
              assertThat(t.get("name").asString()).isEqualTo("b");
              assertThat(t.get("density").asDouble()).isCloseTo(4 / 6.0, within(1e-6));
            });
    // through a reshape, too
    assertThat(p.get("layers").get("product").toString()).isEqualTo("{\"weight\":\"b\"}");
    assertThat(run("workload", model, "--profile", folder.resolve("m.profile.json").toString()))
        .isZero();
    assertThat(out)
        .contains(
            "densities, measured on nothing: weights alone of m.onnx:", "product: weight 0.667");
    assertThat(out).contains("product: weight 0.667");
  }

  @Test
  void withoutTheModuleItSaysHowToGetIt() throws IOException {
    assertThat(run("profile", model(false), "--random", "1")).isEqualTo(2);
    assertThat(err)
        .startsWith("einloom: there is nothing to run networks with: ONNX Runtime")
        .contains("'./einloom profile --install'");
    assertThat(err.lines()).hasSize(1);
    assertThat(folder.resolve("m.profile.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lenet5 --weights | the networks of the zoo come without weights",
        "none.onnx --weights | there is no file",
        "w.yaml --weights | is no ONNX file",
        "m.onnx --weights --random 1 | --weights runs nothing",
        "m.onnx --weights --formats fp8 | unknown format 'fp8'; expected int2 to int32, fp16, bf16 or fp32",
        "m.onnx --weights --bins 0 | --bins is 0",
        "m.onnx --weights --out m.onnx | would write over the input",
        "empty.onnx --weights | empty.onnx",
      })
  void mistakes(String arguments, String message) throws IOException {
    model(false);
    save("w.yaml", "einloom: 1\n");
    save("empty.onnx", "");
    String[] words = ("profile " + arguments).split(" ");
    for (int i = 1; i < words.length; i++) {
      words[i] =
          words[i].matches(".*\\.(onnx|yaml)") ? folder.resolve(words[i]).toString() : words[i];
    }
    assertThat(run(words)).isEqualTo(2);
    assertThat(err).contains(message);
    assertThat(err.lines()).hasSize(1);
  }

  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: net
        einsums:
        - name: product
          expression: "Z[m,n] += A[m,k] * B[k,n]"
          extents: {m: 4, k: 2, n: 3}
      """;

  private static final String PROFILE =
      """
      {"profile": 1, "model": "net", "inputs": "1 sample: x.npy",
       "layers": {"product": {"A": "x", "B": "w", "Z": "y"}},
       "tensors": [
        {"name": "x", "type": "float32", "constant": false, "samples": 1, "shape": [4, 2],
         "elements": 8, "density": 0.5, "notFinite": 0,
         "histogram": {"from": 0, "to": 1, "counts": [1]},
         "bits": [{"format": "int8", "scale": 1, "density": 0.5, "toggle": 0.25, "ones": []}]},
        {"name": "w", "type": "float32", "constant": true, "samples": 1, "shape": [2, 3],
         "elements": 6, "density": 0.8, "notFinite": 0,
         "histogram": {"from": 0, "to": 1, "counts": [1]},
         "bits": [{"format": "int8", "scale": 1, "density": 0.8, "toggle": 0.5, "ones": []}]},
        {"name": "y", "type": "float32", "constant": false, "samples": 1, "shape": [4, 3],
         "elements": 12, "density": 1, "notFinite": 0,
         "histogram": {"from": 0, "to": 1, "counts": [1]},
         "bits": [{"format": "int8", "scale": 1, "density": 1, "toggle": 0.1, "ones": []}]}]}
      """;

  private static final String DESIGN =
      """
      einloom: 1
      architecture:
        name: gated
        technology: 45nm
        clock: 1 GHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
        nodes:
        - {memory: DRAM, actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}}
        - memory: Register
          size: 8 b
          keep: [weight]
          component: {class: register, width: 8}
        - {compute: MAC, component: {class: mac, format: int8, zero_gating: yes}}
      """;

  private String workload;
  private String profile;

  @BeforeEach
  void files() throws IOException {
    workload = save("net.yaml", WORKLOAD);
    profile = save("p.json", PROFILE);
  }

  private double energyPj(String component) throws IOException {
    for (JsonNode c : json("r.json").get("layers").get(0).get("components")) {
      if (c.get("name").asString().equals(component)) {
        return c.get("actions").properties().stream()
            .filter(a -> !a.getKey().equals("leak"))
            .mapToDouble(a -> a.getValue().get("energyPj").asDouble())
            .sum();
      }
    }
    throw new AssertionError(component);
  }

  /** What map says of the design, with the design's own values in place of what was measured. */
  private void map(String design, String... more) throws IOException {
    var arguments =
        new java.util.ArrayList<>(List.of("map", workload, "--arch", save("d.yaml", design)));
    arguments.addAll(
        List.of("--json", folder.resolve("r.json").toString(), "--objective", "energy"));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).as(() -> err).isZero();
  }

  @Test
  void measuredDataSetWhatComponentsCost() throws IOException {
    map(
        DESIGN
            .replace("zero_gating: yes", "zero_gating: yes, zeros: 0.6")
            .replace("width: 8}", "width: 8, toggle: 0.5}"));
    double mac = energyPj("MAC");
    double register = energyPj("Register");
    map(DESIGN);
    double random = energyPj("MAC");
    assertThat(random).isGreaterThan(1.5 * mac);
    // 0.5 of A and 0.8 of B are not 0; B's toggle is 0.5
    map(DESIGN, "--profile", profile);
    assertThat(energyPj("MAC")).isCloseTo(mac, within(1e-9));
    assertThat(energyPj("Register")).isCloseTo(register, within(1e-9));
    assertThat(out.replaceAll("\\s+", " "))
        .contains("data: net, measured on 1 sample: x.npy")
        .contains("data: densities product: A 0.500, B 0.800, Z 1.00")
        .contains(
            "data: used for Register toggle 0.500 (of B); MAC zeros 0.600 (from the densities of A, B)")
        .doesNotContain("no cost of this design depends on it");
    JsonNode data = json("r.json").get("layers").get(0).get("data");
    assertThat(data.get("tensors").get("A").get("density").asDouble()).isEqualTo(0.5);
    assertThat(data.get("changesCosts").asBoolean()).isTrue();
    assertThat(data.get("attributes").get(1).toString())
        .isEqualTo(
            "{\"component\":\"MAC\",\"attribute\":\"zeros\",\"status\":\"measured\",\"value\":0.6,\"tensors\":[\"A\",\"B\"]}");
  }

  /** The same design with another mapping costs what the same words make of it. */
  @Test
  void evaluateUsesItToo() throws IOException {
    map(DESIGN, "--profile", profile, "--save-mapping", folder.resolve("m.yaml").toString());
    double mac = energyPj("MAC");
    String json = folder.resolve("r.json").toString();
    assertThat(
            run(
                "evaluate",
                workload,
                "--arch",
                folder.resolve("d.yaml").toString(),
                "--mapping",
                folder.resolve("m.yaml").toString(),
                "--json",
                json,
                "--profile",
                profile))
        .as(() -> err)
        .isZero();
    assertThat(energyPj("MAC")).isEqualTo(mac);
    assertThat(out).contains("data: used for");
  }

  @Test
  void whatTheDesignSaysGoesFirst() throws IOException {
    String design = DESIGN.replace("zero_gating: yes", "zero_gating: yes, zeros: 0.25");
    map(design);
    double mac = energyPj("MAC");
    map(design, "--profile", profile);
    assertThat(energyPj("MAC")).isEqualTo(mac);
    assertThat(out).contains("data: not used for MAC zeros: the design's file gives it as 0.25");
  }

  @Test
  void whereNothingDependsOnItThatIsSaid() throws IOException {
    String fixed =
        DESIGN
            .replace(
                "component: {class: register, width: 8}",
                "actions: {read: {energy: 1 pJ}, write: {energy: 1 pJ}}")
            .replace("zero_gating: yes", "zero_gating: no");
    map(fixed);
    double all = json("r.json").get("totals").get("energyPj").asDouble();
    map(fixed, "--profile", profile);
    assertThat(out).contains("data: no cost of this design depends on it");
    assertThat(json("r.json").get("totals").get("energyPj").asDouble()).isEqualTo(all);
    map(
        fixed.replace(
            "component: {class: mac, format: int8, zero_gating: no}",
            "actions: {compute: {energy: 1 pJ}}"),
        "--profile",
        profile);
    assertThat(out).contains("data: no cost of this design depends on it");
    assertThat(out).doesNotContain("data: used for");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"product\" | \"other\" | is a profile of net, which has no layer of 'net'",
        "\"profile\": 1 | \"profile\": 2 | this profile has the format 2; expected format 1",
        "\"profile\": 1 | \"profil\": 1 | this JSON is not a profile of a network; expected what 'einloom profile' writes",
        "\"toggle\": 0.25 | \"toggle\": 1.25 | 'tensors[0].bits[0].toggle' is '1.25'; expected a share, from 0 to 1",
        "\"A\": \"x\" | \"A\": \"q\" | 'A' of layer 'product' is 'q'; expected the name of one of 'tensors'",
        "\"int8\", \"scale\": 1, \"density\": 0.5 | \"int7\", \"scale\": 1, \"density\": 0.5 | no statistics of words of 8 b, which 'A' of layer 'product' has",
        "\"density\": 0.5 | \"density\": \"x\" | 'tensors[0].density' is 'x'",
      })
  void wrongProfiles(String good, String bad, String message) throws IOException {
    String text =
        PROFILE.replaceFirst(
            java.util.regex.Pattern.quote(good), java.util.regex.Matcher.quoteReplacement(bad));
    assertThat(text).isNotEqualTo(PROFILE);
    String wrong = save("wrong.json", text);
    assertThat(run("map", workload, "--arch", save("d.yaml", DESIGN), "--profile", wrong))
        .isEqualTo(2);
    assertThat(err).contains(message);
    assertThat(err.lines()).hasSize(1);
  }
}
