package org.einloom.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.search.Searches;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;

/**
 * How many candidates a second one core costs, each of them exactly and none left out: all tile
 * shapes of matrix products, with a loop over every variable below every memory. CPU seconds of one
 * thread, the least of three passes after one that does not count; and what the mapper proves of
 * the whole mapspace, which is no more than the least of these.
 */
public final class KernelTable {
  private static final double MOST = 1e9;
  private static final int PASSES = 3;

  private static final String DESIGN =
      """
      einloom: 1
      architecture:
        name: four-memories
        clock: 1 GHz
        widths: {input: 8 b, weight: 8 b, output: 16 b, partial: 16 b}
        nodes:
        - memory: DRAM
          keep: [all]
          actions: {read: {energy: 512 pJ, width: 64 b, bandwidth: 50 GB/s}, write: {energy: 512 pJ, width: 64 b, bandwidth: 50 GB/s}}
        - memory: L3
          size: 1 MiB
          keep: [all]
          actions: {read: {energy: 40 pJ, width: 128 b, throughput: 2 /cycle}, write: {energy: 40 pJ, width: 128 b, throughput: 2 /cycle}}
        - memory: L2
          size: 64 KiB
          keep: [all]
          actions: {read: {energy: 10 pJ, width: 128 b, throughput: 2 /cycle}, write: {energy: 10 pJ, width: 128 b, throughput: 2 /cycle}}
        - fanout: Array
          dimensions:
          - {name: x, size: 16}
          - {name: y, size: 16}
        - memory: L1
          size: 2 KiB
          keep: [all]
          actions: {read: {energy: 1 pJ, width: 16 b}, write: {energy: 1 pJ, width: 16 b}}
        - compute: MAC
          actions: {compute: {energy: 1 pJ, throughput: 1 /cycle}}
      """;

  private static final String PRODUCT =
      """
      einloom: 1
      workload:
        name: product
        einsums:
        - name: product
          extents: {m: %1$d, n: %1$d, k: %1$d}
          expression: "O[m,n] += A[m,k] * B[k,n]"
      """;

  private KernelTable() {}

  /** Prints the table. */
  public static void main(String... args) {
    System.out.printf(
        "%-8s %-8s %14s %14s %8s %7s %12s %12s%n",
        "extents", "goal", "candidates", "that fit", "CPU s", "M/s", "least", "proven");
    // as it is, and with room for everything, so that every candidate is costed to the end
    for (String design : List.of(DESIGN, DESIGN.replaceAll(" *size: \\d+ .iB\n", ""))) {
      Architecture a = ArchitectureYaml.read("four-memories.yaml", design);
      for (int extent : new int[] {1024, 4096}) {
        String product = PRODUCT.formatted(extent);
        Einsum einsum = WorkloadYaml.read("product.yaml", product).layers().getFirst().einsum();
        for (Objective o : Objective.NAMED) {
          row(einsum, a, o);
        }
      }
    }
  }

  private static void row(Einsum einsum, Architecture a, Objective o) {
    var options = new MapperOptions(Policy.named("default"), 1);
    long extent = einsum.variables().getFirst().extent();
    double leastS = Double.POSITIVE_INFINITY;
    Optional<Searches.Swept> swept = Optional.empty();
    for (int pass = 0; pass <= PASSES; pass++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      swept = Searches.everyTileShape(einsum, a, o, options, everywhere(einsum, a), MOST);
      double s = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
      leastS = pass > 0 ? Math.min(leastS, s) : leastS;
    }
    Searches.Swept s = swept.orElseThrow();
    double proven =
        ((MappingResult.Found) new ExactMapper().map(einsum, a, o, options)).optimality().value();
    System.out.printf(
        Locale.ROOT,
        "%-8d %-8s %,14d %,14d %8.2f %7.1f %12.6g %12.6g%n",
        extent,
        o.label(),
        s.shapes(),
        s.fitting(),
        leastS,
        (double) s.shapes() / leastS * 1e-6,
        s.leastValue(),
        proven);
  }

  /**
   * A mapping with a loop over every variable below every memory, m and n spread over the array.
   */
  private static LoopTree everywhere(Einsum einsum, Architecture a) {
    List<MappingNode> nodes = new ArrayList<>();
    long[] tile = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    for (Node node : a.nodes()) {
      if (node instanceof Memory memory) {
        einsum.tensors().forEach(t -> nodes.add(new MappingNode.Storage(memory.name(), t.name())));
        for (int v = 0; v < tile.length; v++) {
          tile[v] = memory.name().equals("L1") ? 1 : tile[v] / 2;
          nodes.add(new MappingNode.Temporal(einsum.variables().get(v).name(), tile[v]));
        }
      } else if (node instanceof Fanout fanout) {
        for (int d = 0; d < 2; d++) {
          tile[d] /= 16;
          nodes.add(
              new MappingNode.Spatial(
                  fanout.name(),
                  fanout.dimensions().get(d).name(),
                  einsum.variables().get(d).name(),
                  tile[d]));
        }
      }
    }
    return new LoopTree(nodes);
  }
}
