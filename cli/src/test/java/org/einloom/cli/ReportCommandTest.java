package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.einloom.io.Shipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a result says of its inputs, and the pages that are made of results. */
class ReportCommandTest {
  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: mm
        einsums:
        - {name: mm, extents: {m: 4, n: 4, k: 4}, expression: "O[m,n] += A[m,k] * B[k,n]"}
      """;

  @TempDir Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonNode read(String file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(Path.of(file)));
  }

  @Test
  void theResultHoldsItsInputs() throws Exception {
    Files.writeString(Path.of(file("w.yaml")), WORKLOAD);
    Files.writeString(
        Path.of(file("it's.yaml")),
        "einloom: 1\nconstraints:\n  fanouts:\n    Array: {min_utilization: 1 %}\n");
    Cli.run(
            "map",
            file("w.yaml"),
            "--arch",
            "teaching",
            "--constraints",
            file("it's.yaml"),
            "--json",
            file("r.json"))
        .succeeded();
    JsonNode inputs = read(file("r.json")).get("inputs");
    assertThat(inputs.get("command").asString())
        .isEqualTo(
            "einloom map %s --arch teaching --constraints '%s' --json %s"
                .formatted(file("w.yaml"), file("it'\\''s.yaml"), file("r.json")));
    assertThat(inputs.get("files")).hasSize(3);
    JsonNode workload = inputs.at("/files/0");
    assertThat(workload.get("use").asString()).isEqualTo("workload");
    assertThat(workload.get("text").asString()).isEqualTo(WORKLOAD);
    assertThat(workload.get("bytes").asInt()).isEqualTo(WORKLOAD.length());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(WORKLOAD.getBytes(StandardCharsets.UTF_8));
    assertThat(workload.get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(digest));
    JsonNode arch = inputs.at("/files/1");
    assertThat(arch.get("shipped").asBoolean()).isTrue();
    assertThat(arch.get("text").asString()).isEqualTo(Shipped.architectureText("teaching"));
    assertThat(inputs.at("/files/2/use").asString()).isEqualTo("constraints");
  }

  @Test
  void filesThatAnArchitectureIncludesAreInputsToo() throws IOException {
    Files.writeString(Path.of(file("w.yaml")), WORKLOAD);
    String arch = Shipped.architectureText("teaching");
    int compute = arch.indexOf("  - compute:");
    assertThat(compute).isPositive();
    Files.createDirectories(folder.resolve("parts"));
    String part = "einloom: 1\nnodes:\n" + arch.substring(compute);
    Files.writeString(folder.resolve("parts/mac.yaml"), part);
    Files.writeString(
        Path.of(file("a.yaml")), arch.substring(0, compute) + "  - include: parts/mac.yaml\n");
    Cli.run("map", file("w.yaml"), "--arch", file("a.yaml"), "--json", file("r.json")).succeeded();
    JsonNode included = read(file("r.json")).at("/inputs/files/2");
    assertThat(included.get("use").asString()).isEqualTo("included");
    assertThat(included.get("name").asString()).endsWith("mac.yaml");
    assertThat(included.get("text").asString()).isEqualTo(part);
  }

  @Test
  void aNetworkIsKnownByItsHash() throws IOException {
    Cli.run(
            "map",
            "lenet5",
            "--arch",
            "teaching",
            "--layer",
            "/f/f.11/Gemm",
            "--json",
            file("r.json"))
        .succeeded();
    JsonNode zoo = read(file("r.json")).at("/inputs/files/0");
    assertThat(zoo.get("text").isNull()).isTrue();
    assertThat(zoo.get("sha256").asString()).hasSize(64);
    assertThat(zoo.get("shipped").asBoolean()).isTrue();
  }

  @Test
  void aReportIsMadeAtOnceOrLater() throws IOException {
    Files.writeString(Path.of(file("w.yaml")), WORKLOAD);
    Cli.run(
            "map",
            file("w.yaml"),
            "--arch",
            "teaching",
            "--json",
            file("r.json"),
            "--report",
            file("at-once.html"))
        .succeeded();
    Cli.Result later = Cli.run("report", file("r.json"), "-o", file("later.html")).succeeded();
    assertThat(later.out()).isEmpty();
    assertThat(Path.of(file("later.html"))).hasSameTextualContentAs(Path.of(file("at-once.html")));
    assertThat(Path.of(file("later.html")))
        .content()
        .contains("<title>mm on teaching</title>", "\"command\":\"einloom map");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Files.writeString(Path.of(file("w.yaml")), WORKLOAD);
    Files.writeString(Path.of(file("no.json")), "{}");
    assertThat(Cli.run("report", file("no.json"), "-o", file("x.html")).refused())
        .contains("not a result of a mapping");
    assertThat(Cli.run("report", file("none.json"), "-o", file("x.html")).refused())
        .contains("does not exist");
    assertThat(Cli.run("report", file("no.json"), "-o", file("no.json")).refused())
        .contains("write over the input");
    assertThat(Cli.run("report", file("no.json"), "-o", "-").refused())
        .contains("--output is '-'; name a file");
    assertThat(Cli.run("map", file("w.yaml"), "--arch", "teaching", "--report", "-").refused())
        .contains("--report is '-'; name a file");
    assertThat(
            Cli.run("map", file("w.yaml"), "--arch", "teaching", "--report", file("w.yaml"))
                .refused())
        .contains("write over the input");
    assertThat(folder.resolve("x.html")).doesNotExist();
  }
}
