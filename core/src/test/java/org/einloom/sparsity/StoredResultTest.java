package org.einloom.sparsity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.SparseFlow;
import org.einloom.density.Density;
import org.einloom.density.Pattern;
import org.einloom.density.UniformDensity;
import org.einloom.format.TensorFormat;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.sim.SparseSimulator;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products that are stored compressed as they come: their law alone says how many are left. */
class StoredResultTest {
  private final Einsum einsum = Tiny.einsum("Z[m,n] += A[m] * B[n]", "m=10 n=10");

  private final LoopTree mapping =
      new LoopTree(
          List.of(
              new Storage("DRAM", "A"),
              new Storage("DRAM", "B"),
              new Storage("DRAM", "Z"),
              new Temporal("m", 1),
              new Temporal("n", 1)));

  private final Architecture architecture =
      new Architecture(
          "one memory",
          1e9,
          "",
          new Widths(16, 16, 16, 16),
          List.<Node>of(
              new Memory(
                  "DRAM",
                  OptionalLong.empty(),
                  Keep.MUST_ALL,
                  Memory.actions(Map.of("read", action("read"), "write", action("write"))),
                  true,
                  Figure.NONE,
                  Figure.NONE),
              new Compute("MAC", action("compute"), Figure.NONE, Figure.NONE)));

  private static Action action(String name) {
    return new Action(name, Figure.NONE, 0, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatIsStored(Kind zeros) {
    var densities = new LinkedHashMap<String, Density>();
    densities.put("A", UniformDensity.ofShare(List.of(10L), 0.4));
    densities.put("B", UniformDensity.ofShare(List.of(10L), 0.5));
    densities.put("Z", UniformDensity.ofShare(List.of(10L, 10L), 0.2));
    var sparsity =
        new Sparsity(
            densities,
            Map.of(new Held("DRAM", "Z"), TensorFormat.named("bitmask", 2)),
            List.of(),
            Optional.of(zeros));
    var expected = SparseAnalysis.analyze(einsum, architecture, mapping, sparsity).sparse();
    // 0.2 of 100 products are not zero, and 0.4 * 0.5 of the points are done
    assertThat(expected.done()).isEqualTo(20);
    assertThat(expected.at("DRAM", "Z").updates()).isEqualTo(new SparseFlow(100, 20, 0, 0, 100, 0));

    var random = new SplittableRandom(1);
    var tensors = new LinkedHashMap<String, Pattern>();
    densities.forEach((name, law) -> tensors.put(name, law.draw(random)));
    var run = SparseSimulator.run(einsum, architecture, mapping, sparsity, tensors);
    SparseFlow updates = run.at("DRAM", "Z").updates();
    assertThat(updates.done()).isEqualTo(20);
    assertThat(updates.gated() + updates.skipped()).isZero();
  }
}
