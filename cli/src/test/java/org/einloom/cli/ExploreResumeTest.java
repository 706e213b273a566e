package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that was ended, by whatever, continues: it loses no finished point and repeats none. */
class ExploreResumeTest {
  private static final int KILLS = 20;
  private static final int POINTS = 96;

  private static final String STUDY =
      """
      einloom: 1
      study:
        name: resumed
        workloads: [mm.yaml]
        architecture: arch.yaml
        parameters:
          macs: [32, 64, 128, 256]
          sram: [8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128]
          rate: [1.6, 4.0]
        set:
          MACs.actions.compute.throughput: ${macs} /cycle
          MACs.area: ${0.1 + 7e-5*(macs - 32)} mm2
          SRAM.size: ${sram} KiB
          SRAM.area: ${0.07 * 8192*sram} um2
          SRAM.actions.read.bandwidth: ${rate} GB/s
        objectives: [energy, latency, area]
        mapping: edp
      """;

  private static final String ARCHITECTURE =
      """
      einloom: 1
      architecture:
        name: small
        clock: 1 GHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
        nodes:
        - memory: DRAM
          actions:
            read: {energy: 15 pJ, width: 1 B, bandwidth: 0.5 GB/s}
            write: {energy: 20 pJ, width: 1 B, bandwidth: 0.5 GB/s}
        - memory: SRAM
          size: 16 KiB
          actions:
            read: {energy: 1.8 pJ, width: 1 B, bandwidth: 1.6 GB/s}
            write: {energy: 2.2 pJ, width: 1 B, bandwidth: 1.6 GB/s}
          area: 9000 um2
        - compute: MACs
          actions: {compute: {energy: 0.08 pJ, throughput: 32 /cycle}}
          area: 0.1 mm2
      """;

  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: mm
        einsums:
        - {name: A, extents: {m: 64, n: 48, k: 96}, expression: "O[m,n] += I[m,k] * W[k,n]"}
        - {name: B, extents: {m: 64, n: 60, k: 48}, expression: "O[m,n] += I[m,k] * W[k,n]"}
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("s.yaml"), STUDY);
    Files.writeString(folder.resolve("arch.yaml"), ARCHITECTURE);
    Files.writeString(folder.resolve("mm.yaml"), WORKLOAD);
  }

  /** The command in a process of its own. */
  private List<String> command(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("explore", "s.yaml", "--quiet"));
    command.addAll(List.of(args));
    return command;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private int run(String... args) throws IOException, InterruptedException {
    return start(command(args)).waitFor();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  private List<String> lines(String file) throws IOException {
    Path path = folder.resolve(file);
    String text =
        Files.exists(path) ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8) : "";
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  @Test
  void twentyKillsLoseNothingAndRepeatNothing() throws Exception {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    var random = new Random(seed);
    assertThat(run("--results", "unbroken.jsonl")).as(said()).isZero();
    assertThat(lines("unbroken.jsonl")).hasSize(POINTS + 1);
    String unbroken = Files.readString(folder.resolve("unbroken.jsonl"));
    int alive = 0;
    for (int tries = 0; alive < KILLS; tries++) {
      assertThat(tries).as("tries for %d kills, seed %d", alive, seed).isLessThan(6 * KILLS);
      List<String> before = lines("killed.jsonl");
      Process process = start(command("--results", "killed.jsonl"));
      // at a random moment after some more points, or while the first of all begins
      boolean first = before.isEmpty();
      int more = first && random.nextBoolean() ? 0 : random.nextInt(1, 6);
      while (process.isAlive() && lines("killed.jsonl").size() < before.size() + more) {
        process.waitFor(2, TimeUnit.MILLISECONDS);
      }
      process.waitFor(random.nextInt(more == 0 ? 400 : 10), TimeUnit.MILLISECONDS);
      boolean ended = !process.isAlive();
      alive += ended ? 0 : 1;
      process.destroyForcibly().waitFor(); // SIGKILL
      assertThat(lines("killed.jsonl").subList(0, before.size()))
          .as("seed %d", seed)
          .isEqualTo(before);
      if (ended) {
        // it was sooner at its end: another one
        assertThat(Files.readString(folder.resolve("killed.jsonl")))
            .as("seed %d", seed)
            .isEqualTo(unbroken);
        Files.delete(folder.resolve("killed.jsonl"));
      }
    }
    assertThat(run("--results", "killed.jsonl")).as(said()).isZero();
    assertThat(Files.readString(folder.resolve("killed.jsonl")))
        .as("seed %d", seed)
        .isEqualTo(unbroken);
  }

  /** A limit of the size of files fails as a full disk does: after what still fits. */
  @Test
  void whereNothingMoreCanBeWrittenNothingIsLost() throws Exception {
    assertThat(run("--results", "whole.jsonl")).as(said()).isZero();
    long half = Files.size(folder.resolve("whole.jsonl")) / 2;
    String limited =
        "ulimit -f %d && exec \"$@\"".formatted(half / 512); // in units of 512 bytes, by POSIX
    List<String> command = new ArrayList<>(List.of("sh", "-c", limited, "sh"));
    command.addAll(command("--results", "full.jsonl"));
    assertThat(start(command).waitFor()).isEqualTo(2);
    assertThat(said())
        .startsWith("einloom: cannot write to full.jsonl: ")
        .contains(" points finished before are kept there: make it possible to write, run the same")
        .hasLineCount(1);
    int kept = lines("full.jsonl").size();
    assertThat(kept).isBetween(2, POINTS);
    assertThat(lines("whole.jsonl")).startsWith(lines("full.jsonl").toArray(String[]::new));
    assertThat(run("--results", "full.jsonl")).as(said()).isZero();
    assertThat(lines("full.jsonl")).isEqualTo(lines("whole.jsonl"));
  }

  @Test
  void twoRunsDoNotWriteToOneFile() throws Exception {
    Process first = start(command());
    while (first.isAlive() && lines("s.results.jsonl").size() < 2) {
      first.waitFor(2, TimeUnit.MILLISECONDS);
    }
    Path said = folder.resolve("second");
    Process second =
        new ProcessBuilder(command())
            .directory(folder.toFile())
            .redirectError(said.toFile())
            .start();
    // the first may end before the second begins; then the second only reads
    int exit = second.waitFor();
    boolean together = first.isAlive();
    assertThat(first.waitFor()).isZero();
    if (together) {
      assertThat(exit).isEqualTo(2);
      assertThat(said).content().startsWith("einloom: another run is writing to s.results.jsonl");
    }
    assertThat(lines("s.results.jsonl")).hasSize(POINTS + 1).doesNotHaveDuplicates();
  }
}
