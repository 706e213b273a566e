package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.density.Density;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.Objective;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Results that are stored compressed: what they cost, and where they cannot be. */
class CompressedResultTest {
  private static final TensorFormat PLAIN = TensorFormat.uncompressed(1);
  private static final TensorFormat BITMASK = TensorFormat.named("bitmask", 1);

  /** A word costs 1 pJ to read or to write, a bit of metadata 0.125 pJ, and computing nothing. */
  private static MappingResult map(Einsum einsum, Map<Held, List<TensorFormat>> formats) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(memory("DRAM"));
    if (formats.keySet().stream().anyMatch(h -> h.memory().equals("Buffer"))) {
      nodes.add(memory("Buffer"));
    }
    nodes.add(new Compute("MAC", action("compute", 0), Figure.NONE, Figure.NONE));
    SequencedMap<String, Density> densities = new LinkedHashMap<>();
    densities.put("Z", new UniformDensity(List.of(8L), 2));
    SequencedMap<String, Action> metadata = new LinkedHashMap<>();
    metadata.put("metadata_write", action("metadata_write", 0.125));
    return SparseMapper.map(
            einsum,
            new Architecture("small", 1e9, "", new Widths(8, 8, 8, 8), nodes),
            new SparsityChoices(densities, formats, List.of(), List.of(Optional.empty())),
            Map.of("DRAM", new SparseNode(metadata, CapacityRule.EXPECTED, OptionalLong.empty())),
            Objective.ENERGY,
            SearchMonitor.NONE)
        .result();
  }

  private static Memory memory(String name) {
    var actions = new LinkedHashMap<String, Action>();
    actions.put("read", action("read", 1));
    actions.put("write", action("write", 1));
    return new Memory(
        name, OptionalLong.empty(), Keep.MUST_ALL, actions, false, Figure.NONE, Figure.NONE);
  }

  private static Action action(String name, double pj) {
    return new Action(name, Figure.of(pj, "assumed"), 0, 1);
  }

  @Test
  @DisplayName("two of eight words are written, and a bit for each of the eight")
  void cost() {
    Einsum einsum = Tiny.einsum("Z[i] += A[i] * B[i]", "i=8");
    for (List<TensorFormat> of : List.of(List.of(BITMASK), List.of(PLAIN, BITMASK))) {
      var found = (MappingResult.Found) map(einsum, Map.of(new Held("DRAM", "Z"), of));
      assertThat(found.evaluation().energyPj()).isCloseTo(16 + 2 + 8 * 0.125, within(1e-9));
    }
  }

  @Test
  @DisplayName("a result that arrives in parts has to be left uncompressed")
  void parts() {
    Einsum einsum = Tiny.einsum("Z[i] += A[i,k] * B[k]", "i=8 k=2");
    var none = (MappingResult.None) map(einsum, Map.of(new Held("DRAM", "Z"), List.of(BITMASK)));
    assertThat(none.proven()).isTrue();
    assertThat(none.reason())
        .contains("'Z' is compressed at 'DRAM'", "arrive once", "let it be uncompressed");
    var found =
        (MappingResult.Found) map(einsum, Map.of(new Held("DRAM", "Z"), List.of(BITMASK, PLAIN)));
    // operands and starting values are read; each point writes
    assertThat(found.evaluation().energyPj()).isCloseTo(32 + 8 + 16, within(1e-9));
  }

  @Test
  @DisplayName("a memory that has to keep a result cannot have to compress it further in")
  void furtherIn() {
    Einsum einsum = Tiny.einsum("Z[i] += A[i] * B[i]", "i=8");
    var none = (MappingResult.None) map(einsum, Map.of(new Held("Buffer", "Z"), List.of(BITMASK)));
    assertThat(none.proven()).isTrue();
    assertThat(none.reason())
        .contains("'Z' is compressed at 'Buffer'", "compress it at 'DRAM' alone");
    assertThat(map(einsum, Map.of(new Held("Buffer", "Z"), List.of(BITMASK, PLAIN))))
        .isInstanceOf(MappingResult.Found.class);
  }
}
