package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Networks that are run, and what is counted of them by hand. */
class ProfileRunTest {
  @TempDir Path folder;
  private Path model;
  private Path x;
  private String out = "";
  private String err = "";

  @BeforeEach
  void model() throws IOException {
    model = SmallModels.save(folder.resolve("small.onnx"), SmallModels.convRelu());
    x = SmallModels.npy(folder.resolve("x.npy"), List.of(1, 1, 3, 3), 1, -1, 2, 0, 3, -2, 1, 0, 1);
  }

  private int run(String... arguments) {
    var o = new StringWriter();
    var e = new StringWriter();
    int code = Main.run(new PrintWriter(o, true), new PrintWriter(e, true), arguments);
    out = o.toString();
    err = e.toString();
    return code;
  }

  private JsonNode profile(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("profile", model.toString()));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).as(() -> err).isZero();
    return JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("small.profile.json")));
  }

  private static JsonNode tensor(JsonNode profile, String name) {
    for (JsonNode t : profile.get("tensors")) {
      if (t.get("name").asString().equals(name)) {
        return t;
      }
    }
    throw new AssertionError("no tensor " + name + " in " + profile);
  }

  private static double density(JsonNode profile, String name) {
    return tensor(profile, name).get("density").asDouble();
  }

  /** The convolution is 4 -3 0 4, -2 3 3 -5; what is above 0 of it 4 0 0 4, 0 3 3 0. */
  @Test
  void aConvolutionCountedByHand() throws IOException {
    JsonNode p = profile("--inputs", x.toString(), "--bins", "3", "--formats", "int4", "--outputs");
    assertThat(out)
        .contains("y: float32 of shape [1, 2, 2, 2], from 0 to 4", "  4, 0, 0, 4, 0, 3, 3, 0");
    assertThat(density(p, "x")).isCloseTo(7 / 9.0, within(1e-6));
    assertThat(density(p, "w")).isEqualTo(0.5);
    assertThat(density(p, "c")).isEqualTo(7 / 8.0);
    assertThat(density(p, "y")).isEqualTo(0.5);
    JsonNode histogram = tensor(p, "c").get("histogram");
    assertThat(histogram.get("from").asDouble()).isEqualTo(-5);
    assertThat(histogram.get("to").asDouble()).isEqualTo(4);
    // bins from -5, -2 and 1
    assertThat(histogram.get("counts").toString()).isEqualTo("[2,2,4]");
    // 4 is 7 steps of 4/7, 3 is 5.25: words 7 0 0 7 0 5 5 0
    JsonNode bits = tensor(p, "y").get("bits").get(0);
    assertThat(bits.get("scale").asDouble()).isCloseTo(4 / 7.0, within(1e-6));
    assertThat(bits.get("ones").toString()).isEqualTo("[0.5,0.25,0.5,0.0]");
    assertThat(bits.get("toggle").asDouble()).isCloseTo(13 / 28.0, within(1e-6));
    assertThat(tensor(p, "w").get("constant").asBoolean()).isTrue();
    JsonNode layer = p.get("layers").get("conv");
    assertThat(layer.toString()).isEqualTo("{\"input\":\"x\",\"weight\":\"w\",\"output\":\"c\"}");
  }

  @Test
  void theSameRunGivesTheSameFile() throws IOException {
    profile("--inputs", x.toString());
    byte[] first = Files.readAllBytes(folder.resolve("small.profile.json"));
    profile("--inputs", x.toString());
    assertThat(Files.readAllBytes(folder.resolve("small.profile.json"))).isEqualTo(first);
  }

  /** An array of two samples for a network that takes one at a time; the second is all zeros. */
  @Test
  void severalSamples() throws IOException {
    float[] two = new float[18];
    two[0] = 1;
    Path both = SmallModels.npy(folder.resolve("two.npy"), List.of(2, 1, 3, 3), two);
    JsonNode p = profile("--inputs", both.toString());
    assertThat(tensor(p, "x").get("samples").asInt()).isEqualTo(2);
    assertThat(density(p, "x")).isCloseTo(1 / 18.0, within(1e-6));
    assertThat(p.get("inputs").asString()).startsWith("2 samples: ");
    // the kernels see it in one place: 1 and -1, of which one is above 0
    assertThat(density(p, "c")).isEqualTo(2 / 16.0);
    assertThat(density(p, "y")).isEqualTo(1 / 16.0);
  }

  /** With memory for one value alone each is computed in a run of its own, to the same end. */
  @Test
  void inParts() throws IOException {
    var wide = SmallModels.convRelu();
    for (int i = 0; i < 3; i++) {
      wide.addNode(
          SmallModels.node("Expand", "e" + i, List.of(i == 0 ? "y" : "y" + (i - 1), "s"), "y" + i));
    }
    wide.addInitializer(
        onnx.Onnx.TensorProto.newBuilder()
            .setName("s")
            .setDataType(onnx.Onnx.TensorProto.DataType.INT64_VALUE)
            .addDims(4)
            .addInt64Data(20_000)
            .addInt64Data(2)
            .addInt64Data(2)
            .addInt64Data(2));
    SmallModels.save(model, wide);
    JsonNode whole = profile("--inputs", x.toString());
    assertThat(out).doesNotContain("note: run in");
    JsonNode parts = profile("--inputs", x.toString(), "--memory", "1");
    assertThat(out).contains("note: run in 4 parts");
    assertThat(parts).isEqualTo(whole);
    assertThat(tensor(parts, "y2").get("elements").asLong()).isEqualTo(160_000);
  }

  @Test
  void aProductWithOpenRows() throws IOException {
    SmallModels.save(model, SmallModels.matMul());
    Path a = SmallModels.npy(folder.resolve("a.npy"), List.of(2, 2), 1, 0, 2, 1);
    // rows 1 0 and 2 1 times columns 1 2, 0 -1, 3 0
    JsonNode p = profile("--inputs", "a=" + a, "--outputs", "--top", "2");
    assertThat(out).contains("  3  2\n  1  0\n\n  6  2\n  4  0\n");
    assertThat(density(p, "p")).isCloseTo(5 / 6.0, within(1e-6));
    assertThat(density(p, "bt")).isCloseTo(4 / 6.0, within(1e-6));
    assertThat(p.get("layers").get("product").toString())
        .isEqualTo("{\"input\":\"a\",\"weight\":\"bt\",\"output\":\"p\"}");
  }

  @Test
  void expectedOutputs() throws IOException {
    Path y = SmallModels.npy(folder.resolve("y.npy"), List.of(1, 2, 2, 2), 4, 0, 0, 4, 0, 3, 3, 0);
    profile("--inputs", x.toString(), "--expect", y.toString());
    assertThat(out).contains("y: as expected, 8 elements, largest difference 0");
    SmallModels.npy(y, List.of(1, 2, 2, 2), 4, 0, 0, 4, 0, 3, 3.5f, 0);
    assertThat(run("profile", model.toString(), "--inputs", x.toString(), "--expect", y.toString()))
        .isEqualTo(2);
    assertThat(err)
        .contains(
            "output 'y' differs", "in 1 of 8 elements", "most in element 6, 3 instead of 3.5");
    // half of 3.5 is allowed
    profile("--inputs", x.toString(), "--expect", y.toString(), "--tolerance", "0.5");
    SmallModels.npy(y, List.of(8), 4, 0, 0, 4, 0, 3, 3, 0);
    assertThat(run("profile", model.toString(), "--inputs", x.toString(), "--expect", y.toString()))
        .isEqualTo(2);
    assertThat(err).contains("output 'y' has the shape [1, 2, 2, 2]; expected [8]");
  }

  @Test
  void randomValuesAreSaidToBeRandom() throws IOException {
    JsonNode p = profile("--random", "7", "--samples", "3");
    assertThat(p.get("inputs").asString()).isEqualTo("3 samples: random values, seed 7");
    assertThat(out).contains("inputs: 3 samples: random values, seed 7");
    JsonNode again = profile("--random", "7", "--samples", "3");
    assertThat(again).isEqualTo(p);
    assertThat(profile("--random", "8", "--samples", "3")).isNotEqualTo(p);
  }

  /** What is measured is what a later evaluation counts with. */
  @Test
  void evaluationsUseIt() throws IOException {
    profile("--inputs", x.toString());
    Path design =
        Files.writeString(
            folder.resolve("gated.yaml"),
            """
            einloom: 1
            architecture:
              name: gated
              technology: 45nm
              clock: 1 GHz
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
              nodes:
              - {memory: DRAM, component: {class: dram, type: DDR4}}
              - {compute: MAC, component: {class: mac, format: int8, zero_gating: yes}}
            """);
    String json = folder.resolve("r.json").toString();
    String[] map = {
      "map",
      model.toString(),
      "--arch",
      design.toString(),
      "--json",
      json,
      "--profile",
      folder.resolve("small.profile.json").toString()
    };
    assertThat(run(map)).as(() -> err).isZero();
    // 7/9 of the inputs and half of the weights are not 0
    assertThat(out)
        .contains("data: used for MAC zeros 0.611 (from the densities of input, weight)");
    JsonNode data =
        JsonMapper.shared().readTree(Files.readAllBytes(Path.of(json))).get("layers").get(0);
    assertThat(data.get("data").get("attributes").get(0).get("value").asDouble())
        .isCloseTo(1 - 7 / 18.0, within(1e-6));
    assertThat(run("workload", model.toString(), "--profile", map[map.length - 1])).isZero();
    assertThat(out).contains("  conv: input 0.778, weight 0.500, output 0.875");
  }

  @Test
  void mistakesInSamples() throws IOException {
    Path wrong = SmallModels.npy(folder.resolve("w.npy"), List.of(1, 1, 3, 2), 1, 2, 3, 4, 5, 6);
    check(
        "is float32 of shape [1, 1, 3, 3]; this is float32 of shape [1, 1, 3, 2]",
        "--inputs",
        wrong.toString());
    check("the network has no input 'z'; expected x", "--inputs", "z=" + x);
    check("nothing to run the network on: give --inputs for [x], or --random SEED");
    check("there is no such file or folder", "--inputs", folder.resolve("none.npy").toString());
    check("unknown format 'int77'", "--inputs", x.toString(), "--formats", "int77");
    check("two formats of 16 b", "--inputs", x.toString(), "--formats", "int16,fp16");
    Files.write(model, new byte[] {1, 2, 3});
    check("small.onnx", "--inputs", x.toString());
  }

  /** What the library refuses is told in its words, as the user's mistake. */
  @Test
  void aModelThatCannotRun() throws IOException {
    var odd = SmallModels.convRelu();
    odd.setNode(1, SmallModels.node("NoSuchOperator", "n", List.of("c"), "y"));
    SmallModels.save(model, odd);
    check("ONNX Runtime cannot prepare the network", "--inputs", x.toString());
    assertThat(err.lines()).hasSize(1);
  }

  private void check(String message, String... more) {
    List<String> arguments = new ArrayList<>(List.of("profile", model.toString()));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err).contains(message);
  }
}
