package org.einloom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/** That the cases are as small and as various as the property tests rely on. */
class RandomCasesTest {
  private static final int CASES = 2000;

  @Test
  void aSeedAlwaysGivesTheSameCase() {
    assertThat(RandomCases.draw(42))
        .isEqualTo(RandomCases.draw(42))
        .isNotEqualTo(RandomCases.draw(43));
  }

  @Test
  void casesAreSmallAndCoverEverything() {
    Map<String, Integer> seen = new HashMap<>();
    for (long seed = 0; seed < CASES; seed++) {
      RandomCase c = RandomCases.draw(seed);
      assertThat(c.einsum().computes()).as(c.describe()).isLessThanOrEqualTo(2000);
      assertThat(c.architecture().instances(c.architecture().compute()))
          .as(c.describe())
          .isLessThanOrEqualTo(24);
      features(c).forEach(feature -> seen.merge(feature, 1, Integer::sum));
    }
    // in percent of the cases, at least
    Map<String, Integer> expected =
        Map.ofEntries(
            Map.entry("1 memories", 5),
            Map.entry("5 memories", 5),
            Map.entry("more than 200 points", 20),
            Map.entry("imperfect", 30),
            Map.entry("perfect", 30),
            Map.entry("trivial loop", 20),
            Map.entry("several spatial dimensions", 20),
            Map.entry("two fanouts in a row", 8),
            Map.entry("fanout above the compute", 30),
            Map.entry("temporal between spatial loops", 15),
            Map.entry("loops between storage nodes of a memory", 20),
            Map.entry("storage against the order of the memories", 1),
            Map.entry("memory without tensors", 5),
            Map.entry("toll", 40),
            Map.entry("toll above the compute", 10),
            Map.entry("toll between two fanouts", 3),
            Map.entry("padding", 15),
            Map.entry("stride or dilation", 15),
            Map.entry("three operands", 8),
            Map.entry("one operand", 1),
            Map.entry("tensor used twice", 3),
            Map.entry("second memory outermost", 0));
    expected.forEach(
        (feature, percent) ->
            assertThat(seen.getOrDefault(feature, 0) * 100.0 / CASES)
                .as(feature)
                .isGreaterThan(percent));
    assertThat(seen.getOrDefault("shared variables", 0) * 100.0 / CASES).isBetween(0.2, 2.5);
  }

  private static Set<String> features(RandomCase c) {
    var found = new HashSet<String>();
    einsum(c, found);
    architecture(c, found);
    mapping(c, found);
    return found;
  }

  private static void einsum(RandomCase c, Set<String> found) {
    add(found, "more than 200 points", c.einsum().computes() > 200);
    add(found, "three operands", c.einsum().operands().size() == 3);
    add(found, "one operand", c.einsum().operands().size() == 1);
    for (TensorAccess t : c.einsum().tensors()) {
      add(found, "shared variables", !t.ranksAreDisjoint());
      add(found, "tensor used twice", !t.name().equals(t.tensor()));
      for (TensorAccess.Rank rank : t.ranks()) {
        long reach = 1;
        for (var term : rank.expression().terms()) {
          reach += term.coefficient() * (c.einsum().extent(term.variable()) - 1);
          add(found, "stride or dilation", term.coefficient() > 1);
        }
        add(
            found,
            "padding",
            rank.expression().offset() + reach > rank.size() || rank.expression().offset() < 0);
      }
    }
  }

  private static void architecture(RandomCase c, Set<String> found) {
    List<Node> nodes = c.architecture().nodes();
    found.add(c.architecture().memories().size() + " memories");
    add(found, "fanout above the compute", nodes.get(nodes.size() - 2) instanceof Fanout);
    add(found, "toll above the compute", nodes.get(nodes.size() - 2) instanceof Toll);
    for (int i = 1; i < nodes.size(); i++) {
      add(found, "toll", nodes.get(i) instanceof Toll);
      add(
          found,
          "toll between two fanouts",
          nodes.get(i - 1) instanceof Fanout
              && nodes.get(i) instanceof Toll
              && nodes.get(i + 1) instanceof Fanout);
      add(
          found,
          "two fanouts in a row",
          nodes.get(i - 1) instanceof Fanout && nodes.get(i) instanceof Fanout);
    }
    for (Memory memory : c.architecture().memories()) {
      add(
          found,
          "memory without tensors",
          c.mapping().nodes().stream()
              .noneMatch(n -> n instanceof Storage s && s.memory().equals(memory.name())));
    }
  }

  private static void mapping(RandomCase c, Set<String> found) {
    Map<String, Long> outer = new HashMap<>();
    c.einsum().variables().forEach(v -> outer.put(v.name(), v.extent()));
    Map<String, Integer> loopsAbove = new HashMap<>();
    Set<String> dimensions = new HashSet<>();
    Set<String> tensors = new HashSet<>();
    boolean perfect = true;
    boolean spatial = false;
    boolean temporalBelow = false;
    int loops = 0;
    int deepest = 0;
    for (MappingNode node : c.mapping().nodes()) {
      switch (node) {
        case Storage s -> {
          int at = c.architecture().indexOf(s.memory());
          Integer before = loopsAbove.put(s.memory(), loops);
          add(found, "loops between storage nodes of a memory", before != null && before < loops);
          add(found, "storage against the order of the memories", at < deepest);
          add(found, "second memory outermost", tensors.add(s.tensor()) && at > 0);
          deepest = Math.max(deepest, at);
        }
        case Loop loop -> {
          loops++;
          long size = outer.getOrDefault(loop.variable(), 1L);
          perfect &= size % loop.tile() == 0;
          add(found, "trivial loop", size == loop.tile());
          outer.put(loop.variable(), loop.tile());
          switch (loop) {
            case Spatial s -> {
              add(found, "temporal between spatial loops", temporalBelow);
              dimensions.add(s.fanout() + s.dimension());
              spatial = true;
            }
            case Temporal _ -> temporalBelow |= spatial;
          }
        }
      }
    }
    found.add(perfect ? "perfect" : "imperfect");
    add(found, "several spatial dimensions", dimensions.size() > 1);
  }

  private static void add(Set<String> found, String feature, boolean has) {
    if (has) {
      found.add(feature);
    }
  }
}
