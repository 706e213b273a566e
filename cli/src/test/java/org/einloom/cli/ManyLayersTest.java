package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A thousand layers, none like another, with little memory. */
class ManyLayersTest {
  private static final int LAYERS = 1000;
  private static final String HEAP = "-Xmx64m";

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void aThousandDistinctLayersNeedLittleMemory() throws Exception {
    var yaml = new StringBuilder("einloom: 1\nworkload:\n  name: many\n  einsums:\n");
    for (int i = 0; i < LAYERS; i++) {
      // each reads the result of the one before; extents differ in m x n
      yaml.append(
          "  - {name: l%d, extents: {m: %d, k: %d}, expression: \"T%d[m] += T%d[k] * W[m,k]\"}\n"
              .formatted(i, 2 + (i + 1) % 31, 2 + i % 37, i + 1, i));
    }
    Path workload = folder.resolve("many.yaml");
    Files.writeString(workload, yaml);
    Path json = folder.resolve("many.json");
    Path log = folder.resolve("log.txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.einloom.cli.Main",
                "map",
                workload.toString(),
                "--arch",
                "teaching",
                "--quiet",
                "--json",
                json.toString(),
                "--csv",
                folder.resolve("many.csv").toString(),
                "--parquet",
                folder.resolve("many.parquet").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(280, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    JsonNode result = JsonMapper.shared().readTree(json.toFile());
    assertThat(result.get("order").size()).isEqualTo(LAYERS);
    assertThat(result.get("layers").size()).isEqualTo(LAYERS);
    assertThat(result.at("/totals/optimality/status").asString()).isEqualTo("optimal");
    // half-written files would be left over here
    assertThat(List.of(folder.toFile().listFiles(File::isHidden))).isEmpty();
  }
}
