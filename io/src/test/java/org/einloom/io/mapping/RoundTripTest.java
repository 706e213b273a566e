package org.einloom.io.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.Nest;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Whatever a mapping is and however its parts are called, writing and reading changes nothing. */
class RoundTripTest {
  private static final int CASES = 3_000;

  @Test
  void textAndYamlReadBackExactly() {
    long start = Long.getLong("einloom.seed", System.nanoTime());
    int imperfect = 0;
    int spatial = 0;
    for (long seed = start; seed < start + CASES; seed++) {
      // Random itself begins alike for neighbouring seeds
      var random = new Random(new SplittableRandom(seed).nextLong());
      RandomMapping drawn = RandomMapping.draw(random);
      String as = "replay with -Deinloom.seed=" + seed;
      try {
        Legality.check(drawn.einsum(), drawn.architecture(), drawn.tree());
        checkText(drawn, as);
        checkYaml(drawn, as);
      } catch (RuntimeException e) {
        throw new AssertionError(as, e);
      }
      imperfect +=
          Nest.of(drawn.einsum(), drawn.tree()).loops().stream()
                  .anyMatch(b -> b.outer() % b.loop().tile() != 0)
              ? 1
              : 0;
      spatial += drawn.tree().nodes().stream().anyMatch(Spatial.class::isInstance) ? 1 : 0;
    }
    assertThat(imperfect).as("imperfect mappings drawn").isGreaterThan(CASES / 4);
    assertThat(spatial).as("spatial mappings drawn").isGreaterThan(CASES / 4);
  }

  private static void checkText(RandomMapping drawn, String as) {
    String text = LoopTreeText.write(drawn.einsum(), drawn.architecture(), drawn.tree());
    LoopTree read = LoopTreeText.read("text", text, drawn.einsum(), drawn.architecture());
    assertThat(read).as(as).isEqualTo(drawn.tree());
    assertThat(LoopTreeText.write(drawn.einsum(), drawn.architecture(), read))
        .as(as)
        .isEqualTo(text);
  }

  private static void checkYaml(RandomMapping drawn, String as) {
    Map<String, LoopTree> mappings = Map.of(drawn.einsum().name(), drawn.tree());
    String text = MappingYaml.write(mappings);
    MappingFile read = MappingYaml.read("mapping.yaml", text);
    assertThat(read.trees()).as(as).isEqualTo(mappings);
    assertThat(MappingYaml.write(read.trees())).as(as).isEqualTo(text);
    Layer layer = new Layer(drawn.einsum().name(), "Einsum", drawn.einsum(), 1);
    var workload = new Workload("w", List.of(layer), List.of(), OptionalLong.empty());
    assertThat(read.legal(workload, drawn.architecture())).as(as).isEqualTo(mappings);
    String both = LoopTreeText.write(drawn.einsum(), drawn.architecture(), drawn.tree());
    assertThat(LoopTreeText.read(Source.text("text", both), workload, drawn.architecture()).trees())
        .as(as)
        .isEqualTo(mappings);
  }
}
