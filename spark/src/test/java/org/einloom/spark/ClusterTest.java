package org.einloom.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against a cluster of processes, of which one is killed. */
class ClusterTest {
  private static final List<String> CLASS_PATH =
      List.of(System.getProperty("java.class.path").split(File.pathSeparator));

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    SmallStudy.in(folder);
    // a home of Spark has its jars, and nothing of ours
    Path jars = Files.createDirectories(folder.resolve("home/jars"));
    for (String entry : CLASS_PATH) {
      if (!isOurs(entry)) {
        Path jar = Path.of(entry);
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
  }

  /** The folder's other end would be warned of. */
  @AfterEach
  void links() throws IOException {
    try (var jars = Files.list(folder.resolve("home/jars"))) {
      for (Path link : jars.toList()) {
        Files.delete(link);
      }
    }
  }

  private static boolean isOurs(String entry) {
    return !entry.endsWith(".jar") || Path.of(entry).getFileName().toString().startsWith("einloom");
  }

  private Process start(String results, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dspark.executor.memory=512m");
    command.add(
        "-Dspark.executor.extraClassPath="
            + String.join(
                File.pathSeparator, CLASS_PATH.stream().filter(ClusterTest::isOurs).toList()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.einloom.cli.Main"));
    command.addAll(List.of("explore", "s.yaml", "--quiet", "--results", results));
    command.addAll(Arrays.asList(more));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return builder.start();
  }

  private long lines(String file) throws IOException {
    Path path = folder.resolve(file);
    try (var lines = Files.lines(path)) {
      return lines.count();
    } catch (java.nio.file.NoSuchFileException e) {
      return 0;
    }
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  @DisplayName("an executor that is killed is a loss of time alone")
  void killedExecutor() throws Exception {
    assertThat(start("local.jsonl").waitFor()).isZero();
    Process driver = start("spark.jsonl", "--on", "spark", "--master", "local-cluster[2,1,1024]");
    try {
      while (driver.isAlive() && lines("spark.jsonl") < 10) {
        driver.waitFor(5, TimeUnit.MILLISECONDS);
      }
      List<ProcessHandle> executors =
          driver
              .descendants()
              .filter(p -> p.info().commandLine().orElse("").contains("ExecutorBackend"))
              .toList();
      assertThat(executors).as(Files.readString(folder.resolve("err"))).hasSize(2);
      assertThat(executors.getFirst().destroyForcibly()).isTrue();
      assertThat(lines("spark.jsonl")).isLessThan(SmallStudy.POINTS);
      assertThat(driver.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly().waitFor();
    }
    assertThat(Files.readString(folder.resolve("err"))).contains("Lost executor");
    assertThat(folder.resolve("spark.jsonl")).hasSameBinaryContentAs(folder.resolve("local.jsonl"));
  }
}
