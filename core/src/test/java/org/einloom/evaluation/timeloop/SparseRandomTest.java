package org.einloom.evaluation.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.einloom.evaluation.timeloop.sparse.Correction;
import org.einloom.evaluation.timeloop.sparse.DenseCounts;
import org.einloom.evaluation.timeloop.sparse.Density;
import org.einloom.evaluation.timeloop.sparse.RankFormat;
import org.einloom.evaluation.timeloop.sparse.SparseAnalysis;
import org.einloom.evaluation.timeloop.sparse.SparseCounts;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Fate;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.OfTensor;
import org.einloom.evaluation.timeloop.sparse.SparseCounts.Way;
import org.einloom.evaluation.timeloop.sparse.SparseNest;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Optimization;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Option;
import org.einloom.evaluation.timeloop.sparse.SparseSpec.Saving;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What must hold of sparse counts whatever the nest, the densities and the optimisations. */
class SparseRandomTest {
  private static final int NESTS = 60;

  private long seed;
  private Random random;

  @BeforeEach
  void seed() {
    seed = new Random().nextLong();
    random = new Random(seed);
  }

  @Test
  @DisplayName("without zeros nothing is left out, whatever is optimised")
  void dense() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(false);
      SparseCounts counts = c.count(c.spec(Map.of(), c.optimizations(Saving.SKIPPED)));
      c.assertAllActual(counts);
      assertThat(counts.computes().actual()).as("seed %d", seed).isEqualTo(c.dense.computes());
    }
  }

  @Test
  @DisplayName("zeros of a tensor that is no condition leave out nothing")
  void otherConditions() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(false);
      var only = new Optimization(Saving.SKIPPED, List.of(new Option("B", List.of("A"))));
      SparseCounts counts =
          c.count(c.spec(Map.of("B", new Density.Hypergeometric(0.2)), c.everywhere(only)));
      c.assertAllActual(counts);
    }
  }

  @Test
  @DisplayName("actual, gated and skipped are the dense counts where reads are left out first")
  void parts() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(false);
      var spec = c.spec(c.densities(), c.optimizations(Saving.SKIPPED));
      SparseCounts counts = c.count(spec);
      for (String tensor : List.of("A", "B", "Z")) {
        boolean outside = true;
        for (int l = c.loops.levels().size() - 1; l >= 0; l--) {
          OfTensor t = counts.levels().get(l).get(tensor);
          DenseCounts.OfTensor d = c.dense.levels().get(l).get(tensor);
          if (t == null) {
            continue;
          }
          long reads = all(t, Way.READ);
          long updates = all(t, Way.UPDATE);
          if (outside) {
            assertThat(reads).as("%s at %d, seed %d", tensor, l, seed).isEqualTo(d.reads());
            assertThat(updates).as("%s at %d, seed %d", tensor, l, seed).isEqualTo(d.updates());
            assertThat(t.words(Way.FILL, Fate.ACTUAL)).isEqualTo(d.fills());
          }
          assertThat(reads).as("%s at %d, seed %d", tensor, l, seed).isBetween(0L, d.reads());
          assertThat(t.words(Way.FILL, Fate.ACTUAL)).isBetween(0L, d.fills());
          outside &= l != c.source(spec, tensor);
        }
      }
      var computes = counts.computes();
      assertThat(computes.actual() + computes.gated() + computes.skipped())
          .as("seed %d", seed)
          .isBetween(0L, c.dense.computes());
    }
  }

  @Test
  @DisplayName("what is gated is what would be skipped, and as many computes are left")
  void gatedAsSkipped() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(false);
      Map<String, Density> densities = c.densities();
      Map<String, List<Optimization>> skipped = c.optimizations(Saving.SKIPPED);
      Map<String, List<Optimization>> gated = new HashMap<>();
      skipped.forEach(
          (level, all) ->
              gated.put(
                  level,
                  all.stream().map(o -> new Optimization(Saving.GATED, o.options())).toList()));
      SparseCounts s = c.count(c.spec(densities, skipped));
      SparseCounts g = c.count(c.spec(densities, gated));
      assertThat(g.computes()).as("seed %d", seed).isEqualTo(s.computes());
      for (int l = 0; l < s.levels().size(); l++) {
        for (String tensor : s.levels().get(l).keySet()) {
          OfTensor a = s.levels().get(l).get(tensor);
          OfTensor b = g.levels().get(l).get(tensor);
          for (Way way : Way.values()) {
            assertThat(b.words(way, Fate.ACTUAL)).isEqualTo(a.words(way, Fate.ACTUAL));
            assertThat(b.words(way, Fate.GATED))
                .as("%s at %d, seed %d", tensor, l, seed)
                .isEqualTo(a.words(way, Fate.SKIPPED));
          }
        }
      }
      SparseCounts timed =
          SparseAnalysis.of(
              c.loops,
              c.nest.einsum(),
              c.spec(densities, gated),
              c.dense,
              Set.of(Correction.GATING_TAKES_TIME));
      long left = timed.computes().actual() + timed.computes().gated();
      assertThat(left + timed.computes().skipped())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(s.computes().actual() + s.computes().gated())
          .isLessThanOrEqualTo(c.dense.computes());
    }
  }

  @Test
  @DisplayName("the denser a tensor, the more is read")
  void monotone() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(false);
      Map<String, List<Optimization>> all = c.optimizations(Saving.SKIPPED);
      long before = -1;
      for (double density : new double[] {0.1, 0.3, 0.6, 1}) {
        var d = new Density.Hypergeometric(density);
        SparseCounts counts = c.count(c.spec(Map.of("A", d, "B", d), all));
        long reads = 0;
        for (var level : counts.levels()) {
          for (OfTensor t : level.values()) {
            reads += t.words(Way.READ, Fate.ACTUAL);
          }
        }
        assertThat(reads).as("seed %d", seed).isGreaterThanOrEqualTo(before);
        before = reads;
      }
    }
  }

  @Test
  @DisplayName("formats of a dense tensor hold all words, and entries for all of them")
  void denseFormats() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(true);
      for (RankFormat.Kind kind : RankFormat.Kind.values()) {
        SparseCounts counts = c.count(c.withFormats(Map.of(), kind));
        c.assertAllActual(counts);
        for (int l = 0; l < counts.levels().size(); l++) {
          OfTensor a = counts.levels().get(l).get("A");
          if (a != null && kind == RankFormat.Kind.CP && a.tileWords() > 1) {
            long entries = a.heldMetadata().stream().mapToLong(r -> r.metadata()).sum();
            assertThat(entries).as("seed %d", seed).isGreaterThanOrEqualTo(a.tileWords());
          }
        }
      }
    }
  }

  @Test
  @DisplayName("a format holds the share of words that are not zero")
  void shares() {
    for (int i = 0; i < NESTS; i++) {
      Case c = new Case(true);
      double density = 0.1 + 0.8 * random.nextDouble();
      var a = new Density.Hypergeometric(density);
      SparseCounts counts = c.count(c.withFormats(Map.of("A", a), RankFormat.Kind.B));
      long words = c.words("A");
      double exact = Math.ceil(density * words) / words;
      for (int l = 0; l < counts.levels().size(); l++) {
        OfTensor t = counts.levels().get(l).get("A");
        if (t != null) {
          DenseCounts.OfTensor d = c.dense.levels().get(l).get("A");
          // fewer instances hold more each: what all read on average is the density's share
          double reads =
              t.words(Way.READ, Fate.ACTUAL) * t.instances() / c.dense.instances().get(l);
          assertThat(reads)
              .as("A at %d, seed %d", l, seed)
              .isBetween(exact * d.reads() - 1e-6, exact * d.reads() + 1 + 1e-6);
        }
      }
    }
  }

  private static long all(OfTensor t, Way way) {
    return t.words(way, Fate.ACTUAL) + t.words(way, Fate.GATED) + t.words(way, Fate.SKIPPED);
  }

  /** A random nest with what it does to dense tensors. */
  private final class Case {
    final Nest nest;
    final SparseNest loops;
    final DenseCounts dense;

    Case(boolean keepsAll) {
      RandomNest of = RandomNest.of(random, false, !keepsAll);
      nest = of.nest();
      loops = loops(nest, of.meshes());
      NestCounts counts = NestCounts.of(nest, of.meshes(), Switches.NONE);
      List<Map<String, DenseCounts.OfTensor>> levels = new ArrayList<>();
      for (var level : counts.levels().reversed()) {
        Map<String, DenseCounts.OfTensor> tensors = new HashMap<>();
        level.forEach(
            (tensor, c) -> {
              if (c.kept()) {
                tensors.put(
                    tensor,
                    new DenseCounts.OfTensor(
                        c.reads(), c.fills(), c.updates(), c.tileWords(), 0, 1));
              }
            });
        levels.add(tensors);
      }
      dense =
          new DenseCounts(
              levels, counts.instances().reversed(), counts.computesEach() * counts.computes());
    }

    private SparseNest loops(Nest of, List<Fan.Mesh> meshes) {
      List<String> names = of.einsum().variables().stream().map(v -> v.name()).toList();
      List<SparseNest.Level> levels = new ArrayList<>();
      for (int p = of.levels().size() - 1; p >= 0; p--) {
        List<SparseNest.Loop> all = new ArrayList<>();
        if (meshes.get(p).x() * meshes.get(p).y() > 1) {
          add(all, of.levels().get(p).space(), names, true);
        }
        add(all, of.levels().get(p).time(), names, false);
        levels.add(new SparseNest.Level(of.levels().get(p).memory(), all));
      }
      return new SparseNest(levels);
    }

    private void add(
        List<SparseNest.Loop> all, List<Nest.Loop> loopsOf, List<String> names, boolean space) {
      loopsOf
          .reversed()
          .forEach(l -> all.add(new SparseNest.Loop(l.dimension(), l.count(), space)));
      for (String name : names) {
        if (loopsOf.stream().noneMatch(l -> l.dimension().equals(name))) {
          all.add(new SparseNest.Loop(name, 1, space));
        }
      }
    }

    long words(String tensor) {
      TensorAccess t =
          nest.einsum().tensors().stream()
              .filter(x -> x.name().equals(tensor))
              .findFirst()
              .orElseThrow();
      return t.words();
    }

    Map<String, Density> densities() {
      return Map.of(
          "A", new Density.Hypergeometric(0.1 + 0.9 * random.nextDouble()),
          "B", new Density.Hypergeometric(0.1 + 0.9 * random.nextDouble()));
    }

    /** Each tensor's reads at one level at most. */
    Map<String, List<Optimization>> optimizations(Saving saving) {
      Map<String, List<Optimization>> all = new HashMap<>();
      List<Option> options =
          List.of(
              new Option("A", List.of("B")),
              new Option("B", List.of("A")),
              new Option("Z", List.of("A", "B")));
      for (Option option : options) {
        if (random.nextInt(3) > 0) {
          int level = random.nextInt(loops.levels().size());
          all.computeIfAbsent(loops.levels().get(level).memory(), m -> new ArrayList<>())
              .add(new Optimization(saving, List.of(option)));
        }
      }
      return all;
    }

    /** The level whose reads of a tensor are left out: the next that keeps it; -1 for none. */
    int source(SparseSpec spec, String target) {
      boolean asked = false;
      for (int l = 0; l < loops.levels().size(); l++) {
        SparseSpec.Level level = spec.levels().get(loops.levels().get(l).memory());
        asked |=
            level.optimizations().stream()
                .anyMatch(o -> o.options().getFirst().target().equals(target));
        if (asked && dense.levels().get(l).containsKey(target)) {
          return l;
        }
      }
      return -1;
    }

    Map<String, List<Optimization>> everywhere(Optimization one) {
      Map<String, List<Optimization>> all = new HashMap<>();
      loops.levels().forEach(l -> all.put(l.memory(), List.of(one)));
      return all;
    }

    SparseSpec spec(Map<String, Density> densities, Map<String, List<Optimization>> all) {
      var levels = new LinkedHashMap<String, SparseSpec.Level>();
      loops
          .levels()
          .forEach(
              l ->
                  levels.put(l.memory(), level(Map.of(), all.getOrDefault(l.memory(), List.of()))));
      return new SparseSpec(densities, levels, new SparseSpec.Compute(false, false, Map.of()));
    }

    /** A in ranks of all loops of a level: as many as levels keep it, from this one inwards. */
    SparseSpec withFormats(Map<String, Density> densities, RankFormat.Kind kind) {
      List<String> names = nest.einsum().variables().stream().map(v -> v.name()).toList();
      var rank = new RankFormat(kind, 8, 8, List.of(names));
      var levels = new LinkedHashMap<String, SparseSpec.Level>();
      List<RankFormat> ranks = new ArrayList<>();
      for (int l = 0; l < loops.levels().size(); l++) {
        Map<String, SparseSpec.Format> formats = new HashMap<>();
        if (dense.levels().get(l).containsKey("A")) {
          ranks.add(rank);
          formats.put("A", new SparseSpec.Format(ranks, false));
        }
        levels.put(loops.levels().get(l).memory(), level(formats, List.of()));
      }
      return new SparseSpec(densities, levels, new SparseSpec.Compute(false, false, Map.of()));
    }

    private SparseSpec.Level level(
        Map<String, SparseSpec.Format> formats, List<Optimization> optimizations) {
      return new SparseSpec.Level(
          formats,
          optimizations,
          new SparseSpec.MetadataStore(8, 8, OptionalLong.empty()),
          16,
          true,
          true,
          false,
          Map.of());
    }

    SparseCounts count(SparseSpec spec) {
      return SparseAnalysis.of(loops, nest.einsum(), spec, dense, Set.of());
    }

    void assertAllActual(SparseCounts counts) {
      for (int l = 0; l < counts.levels().size(); l++) {
        for (var e : counts.levels().get(l).entrySet()) {
          DenseCounts.OfTensor d = dense.levels().get(l).get(e.getKey());
          String what = "%s at %d, seed %d".formatted(e.getKey(), l, seed);
          assertThat(e.getValue().words(Way.READ, Fate.ACTUAL)).as(what).isEqualTo(d.reads());
          assertThat(e.getValue().words(Way.FILL, Fate.ACTUAL)).as(what).isEqualTo(d.fills());
          assertThat(e.getValue().words(Way.UPDATE, Fate.ACTUAL)).as(what).isEqualTo(d.updates());
        }
      }
    }
  }
}
