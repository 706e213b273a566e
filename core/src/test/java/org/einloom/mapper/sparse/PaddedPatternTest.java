package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
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
import org.einloom.density.ActualDensity;
import org.einloom.density.Density;
import org.einloom.density.Pattern;
import org.einloom.evaluation.Objective;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Padded inputs that are actual tensors: what is counted of them, and what is refused. */
class PaddedPatternTest {
  private static final TensorFormat BITMASK = TensorFormat.named("bitmask", 1);
  private static final TensorFormat PLAIN = TensorFormat.uncompressed(1);

  /** Memories that keep everything; a word read from the outermost one costs 1 pJ, as a point. */
  private static MappingResult map(
      Einsum einsum, int memories, Map<Held, List<TensorFormat>> formats) {
    List<Node> nodes = new ArrayList<>();
    for (int m = 0; m < memories; m++) {
      var actions = new LinkedHashMap<String, Action>();
      actions.put("read", action("read", m == 0 ? 1 : 0));
      actions.put("write", action("write", 0));
      nodes.add(
          new Memory(
              m == 0 ? "DRAM" : "Buffer",
              OptionalLong.empty(),
              Keep.MUST_ALL,
              actions,
              false,
              Figure.NONE,
              Figure.NONE));
    }
    nodes.add(new Compute("MAC", action("compute", 1), Figure.NONE, Figure.NONE));
    SequencedMap<String, Density> densities = new LinkedHashMap<>();
    long words = einsum.tensor("I").ranks().getFirst().size();
    var ends = new BitSet();
    ends.set(0);
    ends.set((int) words - 1);
    densities.put("I", new ActualDensity(new Pattern(List.of(words), ends), "both ends"));
    return SparseMapper.map(
            einsum,
            new Architecture("small", 1e9, "", new Widths(8, 8, 8, 8), nodes),
            new SparsityChoices(densities, formats, List.of(), List.of(Optional.of(Kind.SKIP))),
            Map.of(),
            Objective.ENERGY,
            SearchMonitor.NONE)
        .result();
  }

  private static Action action(String name, double pj) {
    return new Action(name, Figure.of(pj, "assumed"), 0, 1);
  }

  @Test
  @DisplayName("each of two words at the ends meets two of the three points of a window")
  void ends() {
    Einsum einsum = Tiny.einsum("O[p] += I[p+r-1:4] * W[r]", "p=4 r=3");
    var found =
        (MappingResult.Found)
            map(einsum, 2, Map.of(new Held("DRAM", "I"), List.of(BITMASK, PLAIN)));
    // each word of I and W comes in once, and four points are done
    assertThat(found.evaluation().energyPj()).isCloseTo(4 + 3 + 4, within(1e-9));
  }

  @Test
  @DisplayName("kept in one memory alone, what is asked for of it is what is stored")
  void stored() {
    Einsum einsum = Tiny.einsum("O[p] += I[p+r-1:4] * W[r]", "p=4 r=3");
    var found =
        (MappingResult.Found) map(einsum, 1, Map.of(new Held("DRAM", "I"), List.of(BITMASK)));
    // four of I, one of W for each of the twelve points; four points, three of which add to others
    assertThat(found.evaluation().energyPj()).isCloseTo(4 + 12 + 4 + 3, within(1e-9));
  }

  @Test
  @DisplayName("a memory cannot have to compress what another has to keep, too")
  void refused() {
    Einsum einsum = Tiny.einsum("O[p] += I[p+r-1:4] * W[r]", "p=4 r=3");
    for (String memory : List.of("DRAM", "Buffer")) {
      assertThatExceptionOfType(InvalidSpecException.class)
          .isThrownBy(() -> map(einsum, 2, Map.of(new Held(memory, "I"), List.of(BITMASK))))
          .withMessageContaining(
              "'I' is padded, its density is not uniform, and it is always compressed at '%s'",
              memory)
          .withMessageContaining("let it be uncompressed there");
    }
  }

  @Test
  @DisplayName("where every mapping has too many places to look at, it is said at once")
  void tooMany() {
    Einsum einsum = Tiny.einsum("O[p] += I[p+r-1:1024] * W[r]", "p=1024 r=1024");
    assertThatExceptionOfType(InvalidSpecException.class)
        .isThrownBy(() -> map(einsum, 2, Map.of()))
        .withMessageContaining("densities of 'I' are not uniform")
        .withMessageContaining("more than 1,000,000 places");
  }
}
