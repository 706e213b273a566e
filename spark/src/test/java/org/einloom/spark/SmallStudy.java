package org.einloom.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A study of 96 designs and two products, with problems of four families. */
final class SmallStudy {
  static final int POINTS = 96;

  private static final String STUDY =
      """
      einloom: 1
      study:
        name: small
        workloads: [mm.yaml]
        architecture: arch.yaml
        parameters:
          lanes: [2, 4, 8, 16]
          sram: [8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128]
          rate: [1.6, 4.0]
        set:
          Array.dimensions.x.size: ${lanes}
          MACs.area: 1000 um2
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
        - fanout: Array
          dimensions: [{name: x, size: 4}]
        - compute: MACs
          actions: {compute: {energy: 0.08 pJ}}
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

  private SmallStudy() {}

  /** The study's file in this folder. */
  static Path in(Path folder) throws IOException {
    Files.writeString(folder.resolve("arch.yaml"), ARCHITECTURE);
    Files.writeString(folder.resolve("mm.yaml"), WORKLOAD);
    return Files.writeString(folder.resolve("s.yaml"), STUDY);
  }
}
