package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with a file: exit 2, one message, no stack trace, soon, and nothing written.
 */
class BadInputsTest {
  private static final Path BAD = Cli.IO_RESOURCES.resolve("bad");
  private static final Path GOOD = Cli.IO_RESOURCES.resolve("good");
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> badTextFiles() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(BAD, 2)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(f -> !f.getParent().equals(BAD))
              .sorted()
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(50);
    return files.stream()
        .map(f -> DynamicTest.dynamicTest(BAD.relativize(f).toString(), () -> refused(f)));
  }

  private static void refused(Path file) {
    String bad = file.toString();
    String architecture = GOOD.resolve("architecture.yaml").toString();
    String workload = GOOD.resolve("workload.yaml").toString();
    switch (String.valueOf(file.getParent().getFileName())) {
      case "arch" -> refused("map", "lenet5", "--arch", bad);
      case "workload" -> refused("map", bad, "--arch", architecture);
      case "constraints" -> refused("map", workload, "--arch", architecture, "--constraints", bad);
      default -> refused("evaluate", workload, "--arch", architecture, "--mapping", bad);
    }
    // a mapping may be wrong only for its workload and architecture
    assertThatCode(() -> Cli.run("validate", bad)).doesNotThrowAnyException();
  }

  private static void refused(String... command) {
    Path json = folder.resolve("result.json");
    Path mapping = folder.resolve("mapping.yaml");
    String[] all =
        Stream.concat(
                Stream.of(command),
                Stream.of("--json", json.toString(), "--save-mapping", mapping.toString()))
            .toArray(String[]::new);
    String message = Assertions.assertTimeoutPreemptively(SOON, () -> Cli.run(all)).refused();
    assertThat(message).startsWith("einloom: ").hasSizeLessThan(2000);
    assertThat(json).doesNotExist();
    assertThat(mapping).doesNotExist();
  }

  @TestFactory
  Stream<DynamicTest> badOnnxFiles() throws IOException {
    byte[] good =
        Files.readAllBytes(Path.of("../io/src/main/resources/org/einloom/zoo/lenet5.onnx"));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("empty", new byte[0]);
    files.put("a text", "einloom: 1\n".getBytes(StandardCharsets.UTF_8));
    for (int part = 1; part < 8; part++) {
      files.put("cut after " + part + "/8", Arrays.copyOf(good, good.length * part / 8));
    }
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    files.put("noise", noise);
    files.put(
        "a length of 2 GiB",
        new byte[] {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1});
    files.put("groups within groups", repeated((byte) 0x3b, 100_000));
    files.put("messages within messages", nested(2000));
    return files.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      Path file = folder.resolve("bad.onnx");
                      Files.write(file, e.getValue());
                      refused("map", file.toString(), "--arch", "teaching");
                      Cli.run("workload", file.toString()).refused();
                      Cli.run("validate", file.toString()).refused();
                    }));
  }

  private static byte[] repeated(byte b, int times) {
    byte[] bytes = new byte[times];
    Arrays.fill(bytes, b);
    return bytes;
  }

  /** A graph in an attribute of a node in a graph in an attribute ... */
  private static byte[] nested(int depth) {
    byte[] graph = {};
    for (int i = 0; i < depth; i++) {
      byte[] attribute = field(6, graph); // AttributeProto.g
      byte[] node = field(5, attribute); // NodeProto.attribute
      graph = field(1, node); // GraphProto.node
    }
    return field(7, graph); // ModelProto.graph
  }

  private static byte[] field(int number, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write((number << 3) | 2);
    int length = content.length;
    while (length > 127) {
      out.write((length & 127) | 128);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  @Test
  void aRunOutsideOfEverything() {
    assertThat(Cli.run("map", "/proc/self/mem", "--arch", "teaching").refused()).isNotEmpty();
    assertThat(Cli.run("map", "lenet5", "--arch", "/dev/null").refused()).isNotEmpty();
    assertThat(Cli.run("workload", "/dev/zero").refused()).isNotEmpty();
  }
}
