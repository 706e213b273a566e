package org.einloom.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.counts.Flows;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.model.DenseModel;
import org.einloom.testing.RandomCase;
import org.einloom.testing.RandomCases;
import org.einloom.testing.Tiny;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.Test;

/** The compulsory traffic against the words that each instance touches, point by point. */
class ExplanationTest {
  private static final int CASES = 300;

  @Test
  void isEveryWordThatAnInstanceTouchesAndNoMappingMovesLess() {
    long first = Long.getLong("einloom.seed", 1);
    int known = 0;
    int reached = 0;
    int storages = 0;
    for (long seed = first; seed < first + CASES; seed++) {
      RandomCase c = RandomCases.draw(seed);
      String replay = "replay with -Deinloom.seed=" + seed + "\n" + c.describe();
      var counts = DenseModel.analyze(c.einsum(), c.architecture(), c.mapping()).counts();
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < c.mapping().nodes().size(); i++) {
        if (!(c.mapping().nodes().get(i) instanceof Storage s)) {
          continue;
        }
        storages++;
        boolean outermost = seen.add(s.tensor());
        TensorAccess tensor = c.einsum().tensor(s.tensor());
        OptionalLong words = Touched.words(c.einsum(), c.mapping(), i, tensor);
        assertThat(words.isPresent()).as(replay).isEqualTo(tensor.ranksAreDisjoint());
        if (words.isEmpty()) {
          continue;
        }
        known++;
        long least = words.getAsLong();
        assertThat(least).as(s + "\n" + replay).isEqualTo(touched(c.einsum(), c.mapping(), i));
        Flows f = counts.component(s.memory()).total(s.tensor());
        boolean result = tensor.role() == Role.OUTPUT;
        long in = result ? f.updates() : f.reads();
        long out = result ? f.drains() : f.fills();
        assertThat(in).as(s + "\n" + replay).isGreaterThanOrEqualTo(least);
        assertThat(out).as(s + "\n" + replay).isGreaterThanOrEqualTo(outermost ? 0 : least);
        long compulsory = Compulsory.words(c.einsum(), c.mapping(), s, f).orElseThrow();
        assertThat(Compulsory.sum(f)).as(s + "\n" + replay).isGreaterThanOrEqualTo(compulsory);
        reached += Compulsory.sum(f) == compulsory ? 1 : 0;
      }
    }
    assertThat(known).isGreaterThan(storages / 2);
    // the least is not too little either
    assertThat(reached).isGreaterThan(known / 3);
  }

  @Test
  void anOperandIsFilledAndReadOnceAndMoreWhereItsTileMoves() {
    Einsum einsum = Tiny.einsum("O[m] += A[m,k] * B[k]", "m=4 k=6");
    var architecture = Tiny.architecture("M0", "F0 x=2 words reduce", "M1");
    LoopTree mapping =
        Tiny.mapping("M0: A B O", "par F0.x m 2", "for m 1", "for k 3", "M1: B", "for k 1");
    var counts = DenseModel.analyze(einsum, architecture, mapping).counts();
    // B in M1: two instances touch all six words; each fills three, twice for each of its two m
    assertThat(Touched.words(einsum, mapping, 6, einsum.tensor("B"))).hasValue(12);
    assertThat(counts.component("M1").total("B").fills()).isEqualTo(24);
  }

  /** By visiting every point and noting which instance touches which word. */
  private static long touched(Einsum einsum, LoopTree mapping, int node) {
    TensorAccess tensor = einsum.tensor(((Storage) mapping.nodes().get(node)).tensor());
    Map<List<Long>, Set<List<Long>>> words = new HashMap<>();
    visit(
        einsum,
        new HashMap<>(),
        0,
        point -> {
          List<Long> word = new ArrayList<>();
          for (TensorAccess.Rank rank : tensor.ranks()) {
            long x = rank.expression().offset();
            for (Affine.Term t : rank.expression().terms()) {
              x += t.coefficient() * point.get(t.variable());
            }
            if (x < 0 || x >= rank.size()) {
              return;
            }
            word.add(x);
          }
          words.computeIfAbsent(instance(mapping, node, point), i -> new HashSet<>()).add(word);
        });
    return words.values().stream().mapToLong(Set::size).sum();
  }

  private static List<Long> instance(LoopTree mapping, int node, Map<String, Long> point) {
    Map<String, Long> rest = new HashMap<>(point);
    List<Long> indices = new ArrayList<>();
    for (int i = 0; i < node; i++) {
      if (mapping.nodes().get(i) instanceof Loop loop) {
        long value = rest.get(loop.variable());
        if (loop instanceof Spatial) {
          indices.add(value / loop.tile());
        }
        rest.put(loop.variable(), value % loop.tile());
      }
    }
    return indices;
  }

  private static void visit(
      Einsum einsum,
      Map<String, Long> point,
      int v,
      java.util.function.Consumer<Map<String, Long>> action) {
    if (v == einsum.variables().size()) {
      action.accept(point);
      return;
    }
    RankVariable variable = einsum.variables().get(v);
    for (long x = 0; x < variable.extent(); x++) {
      point.put(variable.name(), x);
      visit(einsum, point, v + 1, action);
    }
  }
}
