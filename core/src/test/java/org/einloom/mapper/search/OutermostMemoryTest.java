package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** Where the outermost memory cannot hold a tensor there is no mapping, and the answer says why. */
class OutermostMemoryTest {
  private static final Einsum EINSUM = Tiny.einsum("O[m] += A[m,k] * B[k]", "m=4 k=4");

  @Test
  void tooSmall() {
    assertThat(answer(OptionalLong.of(9), Keep.MUST_ALL))
        .isInstanceOfSatisfying(
            MappingResult.None.class,
            none -> {
              assertThat(none.proven()).isTrue();
              assertThat(none.reason()).contains("M0 holds 9 b", "raise its size to 24 B");
            });
  }

  @Test
  void mayNotKeep() {
    assertThat(answer(OptionalLong.empty(), new Keep(Set.of("A", "O"), Set.of())))
        .isInstanceOfSatisfying(
            MappingResult.None.class,
            none -> {
              assertThat(none.proven()).isTrue();
              assertThat(none.reason()).contains("'M0' may not keep tensor 'B'");
            });
  }

  private static MappingResult answer(OptionalLong bits, Keep keep) {
    Architecture plain = Tiny.architecture("M0", "M1");
    List<Node> nodes = new ArrayList<>(plain.nodes());
    Memory m = plain.memories().getFirst();
    nodes.set(
        0,
        new Memory(m.name(), bits, keep, m.actions(), m.sharedPort(), m.areaUm2(), m.leakageUw()));
    var architecture =
        new Architecture(plain.name(), plain.clockHz(), plain.technology(), plain.widths(), nodes);
    var options = new MapperOptions(Policy.DEFAULT, 1);
    return Searches.run(EINSUM, architecture, Objective.EDP, options);
  }
}
