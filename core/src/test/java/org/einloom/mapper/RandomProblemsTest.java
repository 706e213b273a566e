package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraint;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/** That the problems are as small and as various as what is tested on them relies on. */
class RandomProblemsTest {
  private static final int CASES = 300;

  @Test
  void aSeedAlwaysGivesTheSameProblem() {
    assertThat(RandomProblems.draw(7)).isEqualTo(RandomProblems.draw(7));
    assertThat(RandomProblems.draw(7).describe()).isNotEqualTo(RandomProblems.draw(8).describe());
  }

  @Test
  void problemsAreSmallAndCoverEverything() {
    Map<String, Integer> seen = new HashMap<>();
    long mappings = 0;
    for (long seed = 0; seed < CASES; seed++) {
      Problem p = RandomProblems.draw(seed);
      mappings += EveryMapping.count(p.einsum(), p.architecture(), p.tiling(), 20_000);
      features(p).forEach(feature -> seen.merge(feature, 1, Integer::sum));
    }
    assertThat(mappings / CASES).as("mappings of a problem").isBetween(100L, 1000L);
    // in percent of the problems, at least
    Map<String, Integer> expected =
        Map.ofEntries(
            Map.entry("1 memories", 5),
            Map.entry("2 memories", 20),
            Map.entry("3 memories", 15),
            Map.entry("4 memories", 5),
            Map.entry("0 fanouts", 15),
            Map.entry("1 fanouts", 30),
            Map.entry("2 fanouts", 5),
            Map.entry("two dimensions", 8),
            Map.entry("must not index", 5),
            Map.entry("no reduction", 10),
            Map.entry("transfer", 25),
            Map.entry("toll", 40),
            Map.entry("idle", 10),
            Map.entry("toll for some", 20),
            Map.entry("toll one way", 20),
            Map.entry("slow toll", 25),
            Map.entry("multicast WORDS", 10),
            Map.entry("multicast TILES", 10),
            Map.entry("multicast NONE", 10),
            Map.entry("window", 15),
            Map.entry("window in the result", 2),
            Map.entry("padding", 3),
            Map.entry("1 operands", 3),
            Map.entry("3 operands", 5),
            Map.entry("shared variable", 1),
            Map.entry("capacity", 40),
            Map.entry("update actions", 40),
            Map.entry("shared port", 40),
            Map.entry("leakage", 30),
            Map.entry("imperfect", 8),
            Map.entry("imperfect in part", 3),
            Map.entry("front", 20),
            Map.entry("ENERGY", 15),
            Map.entry("LATENCY", 15),
            Map.entry("EDP", 15),
            Map.entry("WEIGHTED", 15),
            Map.entry("Kept", 2),
            Map.entry("Bypassed", 2),
            Map.entry("TemporalFactor", 2),
            Map.entry("SpatialFactor", 1),
            Map.entry("LoopOrder", 2),
            Map.entry("SpatialVariables", 1),
            Map.entry("MinUtilization", 1),
            Map.entry("MaxEnergy", 1),
            Map.entry("MaxLatency", 1),
            Map.entry("MaxArea", 0));
    expected.forEach(
        (feature, percent) ->
            assertThat(seen.getOrDefault(feature, 0) * 100.0 / CASES)
                .as(feature)
                .isGreaterThan(percent));
  }

  @Test
  void someHaveNoMappingAndSomeATradeOff() {
    int none = 0;
    int tradeOff = 0;
    int cases = 0;
    for (long seed = 0; seed < CASES; seed++) {
      Problem p = RandomProblems.draw(seed);
      if (EveryMapping.count(p.einsum(), p.architecture(), p.tiling(), 200) < 200) {
        cases++;
        int front = BruteForce.solve(p).front().size();
        none += front == 0 ? 1 : 0;
        tradeOff += front > 1 ? 1 : 0;
      }
    }
    assertThat(none).isBetween(cases / 20, cases / 3);
    assertThat(tradeOff).isGreaterThan(cases / 20);
  }

  private static Set<String> features(Problem p) {
    var found = new HashSet<String>();
    found.add(p.architecture().memories().size() + " memories");
    found.add(p.architecture().fanouts().size() + " fanouts");
    p.architecture().memories().forEach(m -> memory(m, found));
    p.architecture().fanouts().forEach(f -> fanout(f, found));
    p.architecture().tolls().forEach(t -> toll(t, found));
    if (!p.architecture().idle().isEmpty()) {
      found.add("idle");
    }
    einsum(p, found);
    long imperfect =
        p.einsum().variables().stream().filter(v -> p.tiling().imperfect(v.name())).count();
    if (imperfect > 0) {
      found.add(imperfect < p.einsum().variables().size() ? "imperfect in part" : "imperfect");
    }
    if (p.front()) {
      found.add("front");
    }
    found.add(p.objective().kind().name());
    for (Constraint c : p.constraints().all()) {
      found.add(c.getClass().getSimpleName());
    }
    return found;
  }

  private static void einsum(Problem p, Set<String> found) {
    found.add(p.einsum().operands().size() + " operands");
    for (TensorAccess t : p.einsum().tensors()) {
      if (!t.ranksAreDisjoint()) {
        found.add("shared variable");
      }
      for (TensorAccess.Rank r : t.ranks()) {
        if (r.expression().terms().size() > 1) {
          found.add(t.equals(p.einsum().output()) ? "window in the result" : "window");
        }
        if (r.expression().offset() < 0) {
          found.add("padding");
        }
      }
    }
  }

  private static void memory(Memory m, Set<String> found) {
    if (m.capacityBits().isPresent()) {
      found.add("capacity");
    }
    if (m.actions().containsKey("update")) {
      found.add("update actions");
    }
    if (m.sharedPort()) {
      found.add("shared port");
    }
    if (m.leakageUw().value() > 0) {
      found.add("leakage");
    }
  }

  private static void toll(Toll t, Set<String> found) {
    found.add("toll");
    if (!t.tensors().contains(Keep.ALL)) {
      found.add("toll for some");
    }
    if (t.actions().size() == 1) {
      found.add("toll one way");
    }
    if (t.actions().values().stream().anyMatch(a -> a.perCycle() < 1)) {
      found.add("slow toll");
    }
  }

  private static void fanout(Fanout f, Set<String> found) {
    found.add("multicast " + f.multicast());
    if (f.dimensions().size() > 1) {
      found.add("two dimensions");
    }
    if (f.dimensions().stream().anyMatch(d -> !d.mustNotIndex().isEmpty())) {
      found.add("must not index");
    }
    if (!f.reduce()) {
      found.add("no reduction");
    }
    if (f.transfer().isPresent()) {
      found.add("transfer");
    }
  }
}
