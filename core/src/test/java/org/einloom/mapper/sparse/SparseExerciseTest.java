package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.density.Density;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.Objective;
import org.einloom.format.RankFormat;
import org.einloom.format.TensorFormat;
import org.einloom.format.TreeLevel;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exercise of {@code docs/sparse-exercise.md} on a design scaled down: what is proven is the
 * least of every mapping with every format.
 */
class SparseExerciseTest {
  @ParameterizedTest(name = "product {0}")
  @DisplayName("the answer is that of exhaustive search")
  @CsvSource({
    "1, m=2 n=2 k=2, 4, 4",
    "2, m=2 n=2 k=2, 1, 4",
    "3, m=2 n=2 k=2, 1, 1",
    "4, m=2 n=2 k=2, 2, 1",
    "5, m=4 n=1 k=2, 2, 1"
  })
  void exhaustive(int product, String extents, long quartersOfA, long quartersOfB) {
    Einsum einsum = Tiny.einsum("Z[m,n] += A[m,k] * B[k,n]", extents);
    var densities = new LinkedHashMap<String, Density>();
    densities.put("A", density(einsum, "A", 1, quartersOfA));
    densities.put("B", density(einsum, "B", 0, quartersOfB));
    var choices =
        new SparsityChoices(
            densities,
            formats(),
            List.of(
                new SparsityChoices.Rule(
                    List.of(
                        new Saving(Kind.SKIP, "Buffer", "A", List.of("B"), true),
                        new Saving(Kind.SKIP, "Buffer", "B", List.of("A"), true),
                        new Saving(Kind.SKIP, "Buffer", "Z", List.of("A", "B"), false)),
                    false)),
            List.of(Optional.of(Kind.SKIP)));
    var p = new RandomSparse(product, einsum, design(), choices, nodes(), Objective.EDP);
    double least = EverySparse.least(p).orElseThrow();
    SparseMapper.Answer answer =
        SparseMapper.map(
            einsum, p.architecture(), choices, p.nodes(), Objective.EDP, SearchMonitor.NONE);
    Optimality o = ((MappingResult.Found) answer.result()).optimality();
    assertThat(o.status()).isEqualTo(Optimality.Status.OPTIMAL);
    assertThat(o.value()).isCloseTo(least, within(1e-9 * least));
  }

  /** Structured along k where that is fine enough. */
  private static Density density(Einsum einsum, String tensor, int rank, long quarters) {
    List<Long> shape = einsum.tensor(tensor).ranks().stream().map(TensorAccess.Rank::size).toList();
    return quarters % 2 == 0
        ? new StructuredDensity(shape, rank, quarters / 2, 2)
        : UniformDensity.ofShare(shape, 0.25 * (double) quarters);
  }

  private static Map<Held, List<TensorFormat>> formats() {
    var offsets = new TreeLevel(new RankFormat.Offsets(OptionalInt.of(16)), List.of(0), 1);
    var outer = new TreeLevel(new RankFormat.Coordinates(OptionalInt.of(16)), List.of(0), 1);
    var inner = new TreeLevel(new RankFormat.Coordinates(OptionalInt.of(16)), List.of(1), 1);
    List<TensorFormat> all =
        List.of(
            TensorFormat.named("bitmask", 2),
            new TensorFormat("rows", List.of(offsets, inner)),
            new TensorFormat("coordinates", List.of(outer, inner)));
    var formats = new HashMap<Held, List<TensorFormat>>();
    formats.put(new Held("Buffer", "A"), all);
    formats.put(new Held("Buffer", "B"), List.of(all.getFirst(), all.getLast()));
    return formats;
  }

  /** A buffer of five words with a store of three entries, and two computes. */
  private static Architecture design() {
    return new Architecture(
        "small sparse design",
        1e9,
        "",
        new Widths(16, 16, 16, 16),
        List.of(
            memory("DRAM", OptionalLong.empty(), 128, 128, 2),
            memory("Buffer", OptionalLong.of(5 * 16), 1.0, 1.1, 8),
            new Fanout(
                "Array",
                List.of(new Fanout.Dimension("x", 2, Set.of())),
                Multicast.WORDS,
                true,
                Optional.empty(),
                Figure.NONE,
                Figure.NONE),
            new Compute("MAC", action("compute", 1.5, 0, 1), Figure.NONE, Figure.NONE)));
  }

  private static Memory memory(
      String name, OptionalLong bits, double read, double write, double perCycle) {
    var actions = new LinkedHashMap<String, Action>();
    actions.put("read", action("read", read, 0, perCycle));
    actions.put("write", action("write", write, 0, perCycle));
    return new Memory(name, bits, Keep.MUST_ALL, actions, false, Figure.NONE, Figure.NONE);
  }

  private static Action action(String name, double pj, long bits, double perCycle) {
    return new Action(name, Figure.of(pj, "assumed"), bits, perCycle);
  }

  private static Map<String, SparseNode> nodes() {
    return Map.of(
        "DRAM", node(8, OptionalLong.empty()), "Buffer", node(0.05, OptionalLong.of(3 * 16)));
  }

  private static SparseNode node(double pjPerBit, OptionalLong store) {
    var actions = new LinkedHashMap<String, Action>();
    for (String name : List.of("metadata_read", "metadata_write")) {
      actions.put(name, action(name, pjPerBit, 1, Double.POSITIVE_INFINITY));
    }
    return new SparseNode(actions, CapacityRule.EXPECTED, store);
  }
}
