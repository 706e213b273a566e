package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study by generations: of real designs, against all of them; continued; on more threads. */
class ExploreEvolutionTest {
  private static final String STUDY =
      """
      einloom: 1
      study:
        name: evolved
        workloads: [mm.yaml]
        architecture: arch.yaml
        parameters:
          macs: {from: 2, to: 32, factor: 2}
          sram: {from: 1, to: 8, factor: 2}
          ports: [1, 2, 4]
          link: [0.25, 0.5, 1, 2]
        set:
          MACs.actions.compute.throughput: ${macs} /cycle
          MACs.area: ${0.05 + 8e-4*macs} mm2
          SRAM.size: ${sram} KiB
          SRAM.area: ${4000*sram*(1 + ports/8)} um2
          SRAM.actions.read.bandwidth: ${16*ports} GB/s
          SRAM.actions.write.bandwidth: ${16*ports} GB/s
          SRAM.actions.read.energy: ${0.4 + 0.02*sram + 0.02*ports} pJ
          DRAM.actions.read.bandwidth: ${link} GB/s
          DRAM.actions.write.bandwidth: ${link} GB/s
          DRAM.actions.read.energy: ${40 + 2*link} pJ
          DRAM.area: ${20000*link} um2
        objectives: [energy, latency, area]
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
        - compute: MACs
          actions: {compute: {energy: 0.08 pJ, throughput: 32 /cycle}}
      """;

  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: mm
        einsums:
        - {name: A, extents: {m: 32, n: 24, k: 48}, expression: "O[m,n] += I[m,k] * W[k,n]"}
        - {name: B, extents: {m: 32, n: 12, k: 24}, expression: "O[m,n] += I[m,k] * W[k,n]"}
      """;

  private static final int ALL = 240;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("arch.yaml"), ARCHITECTURE);
    Files.writeString(folder.resolve("mm.yaml"), WORKLOAD);
  }

  private Cli.Result run(String study, String results, String... more) throws IOException {
    Path file = folder.resolve("s.yaml");
    Files.writeString(file, study);
    List<String> args =
        new java.util.ArrayList<>(List.of("explore", file.toString(), "--quiet", "--results"));
    args.add(folder.resolve(results).toString());
    args.addAll(List.of(more));
    return Cli.run(args.toArray(String[]::new));
  }

  private static String evolution(int points, int seed) {
    return STUDY + "  method: {evolution: %d, population: 16, seed: %d}\n".formatted(points, seed);
  }

  /** The rows of the front, without what differs by what else is in the table. */
  private static Set<String> front(Cli.Result r) {
    assertThat(r.exitCode()).as(r.err()).isZero();
    return r.out()
        .lines()
        .filter(l -> l.endsWith("  yes"))
        .map(l -> String.join(" ", List.of(l.strip().split("\\s+")).subList(0, 4)))
        .collect(Collectors.toSet());
  }

  @Test
  @DisplayName("a third of the points finds most of the front, and says that it is not proven")
  void findsTheFront() throws IOException {
    Cli.Result factorial = run(STUDY, "all.jsonl");
    Set<String> whole = front(factorial);
    assertThat(whole).hasSizeGreaterThan(8);
    assertThat(factorial.out()).contains(ALL + " points: ").doesNotContain("not proven");
    Cli.Result search = run(evolution(ALL / 3, 1), "some.jsonl");
    assertThat(search.out())
        .contains(
            "not proven: 80 points of 240 combinations, found by a search in generations; others may be better");
    var found = new HashSet<>(front(search));
    found.retainAll(whole);
    assertThat(found.size()).isGreaterThanOrEqualTo((int) Math.ceil(0.7 * whole.size()));
    // and as many points as there are combinations are all of them
    Cli.Result through = run(evolution(ALL, 1), "through.jsonl");
    assertThat(front(through)).isEqualTo(whole);
    assertThat(through.out()).doesNotContain("not proven");
  }

  @Test
  @DisplayName("threads, and an end on the way, change no byte of the results")
  void sameBytes() throws IOException {
    String study = evolution(64, 3);
    assertThat(run(study, "one.jsonl", "--jobs", "1").exitCode()).isZero();
    assertThat(run(study, "three.jsonl", "--jobs", "3").exitCode()).isZero();
    Path one = folder.resolve("one.jsonl");
    assertThat(folder.resolve("three.jsonl")).hasSameBinaryContentAs(one);
    byte[] all = Files.readAllBytes(one);
    for (int percent : new int[] {12, 40, 77}) {
      // cut off in the middle of a line, as by a kill
      Path cut = folder.resolve("cut.jsonl");
      Files.write(cut, java.util.Arrays.copyOf(all, all.length * percent / 100));
      assertThat(run(study, "cut.jsonl", "--jobs", "2").exitCode()).isZero();
      assertThat(cut).hasSameBinaryContentAs(one);
    }
    assertThat(run(evolution(64, 4), "one.jsonl").err()).contains("method");
  }

  @Test
  @DisplayName("a dry run says how many points there are, and what the first generation is")
  void dryRun() throws IOException {
    Cli.Result r = run(evolution(64, 1), "none.jsonl", "--dry-run");
    assertThat(r.out())
        .isEqualTo(
            """
            study evolved: 64 points of 240 combinations
            of the first 16, 32 layers to map, 32 different mapping problems
            """);
    assertThat(folder.resolve("none.jsonl")).doesNotExist();
  }
}
