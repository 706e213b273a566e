package org.einloom.explore.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.einloom.arch.Action;
import org.einloom.arch.Figure;
import org.einloom.component.Value;
import org.einloom.density.ActualDensity;
import org.einloom.density.Density;
import org.einloom.density.PowerLawDensity;
import org.einloom.density.StructuredDensity;
import org.einloom.density.UniformDensity;
import org.einloom.evaluation.Objective;
import org.einloom.explore.Axis;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Goal;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.Measure;
import org.einloom.explore.Method;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.ResultSink;
import org.einloom.explore.Study;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.SparseProblems;
import org.einloom.explore.wire.Wire;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.sparse.SparseMapper;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLayer;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Studies of sparse tensors, held against the mapper of sparse tensors point by point. */
class SparseStudyTest {
  private static final class Kept implements ResultSink {
    final List<PointResult> results = new ArrayList<>();
    final List<MappedWorkload> mapped = new ArrayList<>();

    @Override
    public Optional<PointResult> done(Point point) {
      return Optional.empty();
    }

    @Override
    public void put(PointResult result, List<MappedWorkload> workloads) {
      results.add(result);
      mapped.addAll(workloads);
    }
  }

  private static Axis axis(String name, double... values) {
    List<Value> all = new ArrayList<>();
    for (double v : values) {
      all.add(Value.of(v));
    }
    return Axis.of(name, all);
  }

  /** Twelve points; the area alone makes no other mapping problem. */
  private static Study study() {
    return new Study(
        "sparse",
        "00",
        "made",
        List.of("products"),
        new DesignSpace(
            List.of(
                axis("share", 0.25, 0.5, 1),
                axis("size", 160, 400),
                axis("area", 100, 200),
                axis("array", 2),
                axis("rate", 2),
                axis("link", 0.5)),
            List.of(),
            List.of()),
        List.of(),
        List.of(),
        List.of(
            Goal.least(Measure.of("edp")),
            Goal.least(Measure.of("area")),
            new Goal(Measure.of("accuracy"), true)),
        Objective.EDP,
        new Method.Factorial());
  }

  private static double number(Point p, String name) {
    return ((Value.Amount) p.value(name).orElseThrow()).number();
  }

  /** Densities of this share, with a choice of formats, and zeros that are left out. */
  private static SparseLayer sparse(List<Density> densities, boolean skip) {
    var of = new LinkedHashMap<String, Density>();
    of.put("A", densities.getFirst());
    of.put("B", densities.getLast());
    var formats =
        Map.of(
            new Sparsity.Held("DRAM", "A"),
            List.of(TensorFormat.named("bitmask", 2), TensorFormat.named("csr", 2)),
            new Sparsity.Held("Buffer", "A"),
            List.of(TensorFormat.named("bitmask", 2)),
            new Sparsity.Held("Elsewhere", "A"), // not on this path
            List.of(TensorFormat.named("coo", 2)));
    var rules =
        List.of(
            new SparsityChoices.Rule(
                List.of(new Saving(Kind.SKIP, "Buffer", "B", List.of("A"), false)), true),
            new SparsityChoices.Rule(
                List.of(new Saving(Kind.SKIP, "Elsewhere", "A", List.of("B"), false)), false));
    var actions = new LinkedHashMap<String, Action>();
    actions.put("metadata_read", new Action("metadata_read", new Figure(0.1, "made", false), 1, 8));
    return new SparseLayer(
        new SparsityChoices(of, formats, rules, List.of(Optional.of(skip ? Kind.SKIP : Kind.GATE))),
        Map.of("Buffer", new SparseNode(actions, SparseNode.CapacityRule.EXPECTED)));
  }

  private static List<Density> uniform(List<String> layers, double share) {
    boolean first = layers.contains("a");
    return List.of(
        UniformDensity.ofShare(List.of(first ? 4L : 8L, 4L), share),
        UniformDensity.ofShare(List.of(4L, first ? 4L : 2L), 1));
  }

  private static PointBuilder builder(boolean skip) {
    return p -> {
      PointBuilder.Candidate dense = SmallStudies.candidate(p, false, true);
      double share = number(p, "share");
      PointBuilder.LayerSparsity sparsity = layers -> sparse(uniform(layers, share), skip);
      return new PointBuilder.Candidate(
          SmallStudies.withArea(dense.design(), number(p, "area")),
          dense.workloads(),
          dense.constraints(),
          dense.tiling(),
          Map.of("accuracy", share),
          List.of(Optional.of(sparsity)),
          dense.weights());
    };
  }

  private static Exploration run(PointBuilder builder, Kept kept, int threads, boolean cutting) {
    var explorer =
        new Explorer(study(), builder, new ExactMapper(), kept, ExploreMonitor.NONE, cutting);
    return explorer.run(ListedPoints.all(study().space()), threads);
  }

  @Test
  @DisplayName("each layer of each point costs what the mapper of sparse tensors makes of it")
  void points() {
    var kept = new Kept();
    Exploration e = run(builder(true), kept, 2, false);
    assertThat(e.evaluated()).isEqualTo(12);
    assertThat(e.work().layers()).isEqualTo(24);
    assertThat(e.work().problems()).isEqualTo(12); // areas make no difference
    assertThat(e.work().searched()).isEqualTo(12); // and nothing is inferred
    var dense = new TreeSet<Double>();
    for (int i = 0; i < kept.results.size(); i++) {
      var evaluated = (Evaluated) kept.results.get(i).outcome();
      assertThat(evaluated.proven()).isTrue();
      for (LayerFigures layer : evaluated.workloads().getFirst().layers()) {
        MappedWorkload.SparseMapping m = kept.mapped.get(i).sparse().get(layer.name());
        double expected = value(m.problem());
        assertThat(layer.value()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(layer.energyPj() * 1e-3)
            .isCloseTo(m.outcome().evaluation().energyPj() * 1e-3, within(1e-6));
        if (layer.name().equals("a")) {
          dense.add(layer.value());
        }
      }
    }
    assertThat(dense).hasSizeGreaterThanOrEqualTo(3); // densities matter
  }

  @Test
  @DisplayName("threads change nothing, and cutting no answer")
  void threads() {
    var one = new Kept();
    var two = new Kept();
    Exploration cut = run(builder(false), one, 1, true);
    run(builder(false), two, 2, true);
    assertThat(two.results).isEqualTo(one.results);
    Exploration whole = run(builder(false), new Kept(), 2, false);
    assertThat(ids(cut)).isEqualTo(ids(whole));
  }

  private static Set<String> ids(Exploration e) {
    var ids = new TreeSet<String>();
    e.front().forEach(r -> ids.add(r.point().toString()));
    return ids;
  }

  @Test
  @DisplayName("what is known before a search is below what it finds, whatever the densities")
  void floors() {
    long seed = Long.getLong("einloom.seed", new SplittableRandom().nextLong(1L << 40));
    var random = new SplittableRandom(seed);
    int positive = 0;
    for (int i = 0; i < 6 || (positive < 2 && i < 40); i++) {
      var p = study().space().point(random.nextLong(study().space().size())).orElseThrow();
      List<Density> densities =
          List.of(
              random.nextBoolean()
                  ? new StructuredDensity(List.of(4L, 4L), 1, 1 + random.nextInt(2), 2)
                  : UniformDensity.ofShare(List.of(4L, 4L), random.nextDouble()),
              UniformDensity.ofShare(List.of(4L, 4L), random.nextDouble()));
      var candidate = builder(true).build(p);
      var layer = candidate.workloads().getFirst().layers().getFirst();
      SparseLayer sparse = sparse(densities, random.nextBoolean());
      var problem =
          new MappingProblem(
              layer.einsum(),
              candidate.design().first(),
              Objective.EDP,
              candidate.constraints(),
              candidate.tiling(),
              Optional.of(sparse));
      var floor = SparseProblems.floor(problem, sparse);
      assertThat(Wire.read(Wire.bytes(problem), MappingProblem.class)).isEqualTo(problem);
      positive += floor.energyPj() > 0 && floor.latencyS() > 0 ? 1 : 0;
      for (Objective o : List.of(Objective.ENERGY, Objective.LATENCY)) {
        var found =
            (MappingResult.Found)
                SparseMapper.map(
                        problem.einsum(),
                        problem.architecture(),
                        sparse.choices(),
                        sparse.nodes(),
                        o,
                        SearchMonitor.NONE)
                    .result();
        assertThat(o.value(floor.energyPj(), floor.latencyS()))
            .as("replay with -Deinloom.seed=" + seed)
            .isLessThanOrEqualTo(found.optimality().value());
      }
    }
    assertThat(positive).as("replay with -Deinloom.seed=" + seed).isGreaterThan(1);
  }

  /** With a result that may be stored compressed; also where that is not on this path. */
  private static SparseLayer compressed(List<String> layers) {
    SparseLayer operands = sparse(uniform(layers, 0.5), true);
    SparsityChoices c = operands.choices();
    var densities = new LinkedHashMap<>(c.densities());
    densities.put(
        "Z",
        UniformDensity.ofShare(layers.contains("a") ? List.of(4L, 4L) : List.of(8L, 2L), 0.25));
    var formats = new HashMap<>(c.formats());
    formats.put(
        new Sparsity.Held(layers.contains("a") ? "DRAM" : "Elsewhere", "Z"),
        List.of(TensorFormat.uncompressed(2), TensorFormat.named("bitmask", 2)));
    return new SparseLayer(
        new SparsityChoices(densities, formats, c.rules(), c.compute()), operands.nodes());
  }

  @Test
  @DisplayName("results are stored compressed where that is best")
  void compressedResults() {
    PointBuilder builder =
        p -> {
          PointBuilder.Candidate c = builder(true).build(p);
          PointBuilder.LayerSparsity compressed = layers -> compressed(layers);
          return new PointBuilder.Candidate(
              c.design(),
              c.workloads(),
              c.constraints(),
              c.tiling(),
              c.given(),
              List.of(Optional.of(compressed)),
              c.weights());
        };
    var kept = new Kept();
    assertThat(run(builder, kept, 2, false).evaluated()).isEqualTo(12);
    for (int i = 0; i < kept.results.size(); i++) {
      var evaluated = (Evaluated) kept.results.get(i).outcome();
      for (LayerFigures layer : evaluated.workloads().getFirst().layers()) {
        MappedWorkload.SparseMapping m = kept.mapped.get(i).sparse().get(layer.name());
        double expected = value(m.problem());
        assertThat(layer.value()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(m.outcome().sparsity().compressesResult(m.problem().einsum()))
            .isEqualTo(layer.name().equals("a"));
      }
    }
  }

  /** What two such operands have in common has no closed form: the model looks place by place. */
  @Test
  @DisplayName("operands that are denser at some places than at others are counted place by place")
  void byPlace() {
    PointBuilder builder =
        p -> {
          PointBuilder.Candidate c = builder(true).build(p);
          PointBuilder.LayerSparsity uneven = layers -> sparse(uneven(layers), true);
          return new PointBuilder.Candidate(
              c.design(),
              c.workloads(),
              c.constraints(),
              c.tiling(),
              c.given(),
              List.of(Optional.of(uneven)),
              c.weights());
        };
    var kept = new Kept();
    var explorer =
        new Explorer(study(), builder, new ExactMapper(), kept, ExploreMonitor.NONE, false);
    List<Point> one = List.of(study().space().point(0).orElseThrow());
    assertThat(explorer.run(ListedPoints.of(one), 2).evaluated()).isEqualTo(1);
    var evaluated = (Evaluated) kept.results.getFirst().outcome();
    for (LayerFigures layer : evaluated.workloads().getFirst().layers()) {
      double expected = value(kept.mapped.getFirst().sparse().get(layer.name()).problem());
      assertThat(layer.value()).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  /**
   * The first layer's operands only: those of the other have a closed form, so that this is quick.
   */
  private static List<Density> uneven(List<String> layers) {
    return layers.contains("a")
        ? List.of(
            PowerLawDensity.ofShare(List.of(4L, 4L), 1, 0.5),
            PowerLawDensity.ofShare(List.of(4L, 4L), 1, 0.5))
        : List.of(
            UniformDensity.ofShare(List.of(8L, 4L), 0.5),
            UniformDensity.ofShare(List.of(4L, 2L), 0.5));
  }

  private static double value(MappingProblem p) {
    SparseLayer sparse = p.sparse().orElseThrow();
    var found =
        (MappingResult.Found)
            SparseMapper.map(
                    p.einsum(),
                    p.architecture(),
                    sparse.choices(),
                    sparse.nodes(),
                    Objective.EDP,
                    SearchMonitor.NONE)
                .result();
    return found.optimality().value();
  }

  /** With an operand that is in a file. */
  private static SparseLayer actual(List<String> layers) {
    List<Density> densities = uniform(layers, 0.5);
    var drawn = ((UniformDensity) densities.getFirst()).draw(new SplittableRandom(1));
    return sparse(List.of(new ActualDensity(drawn, "drawn"), densities.getLast()), true);
  }

  @Test
  @DisplayName("what is not searched is no design, and says why")
  void refused() {
    PointBuilder builder =
        p -> {
          PointBuilder.Candidate c = builder(true).build(p);
          PointBuilder.LayerSparsity actual = layers -> actual(layers);
          return new PointBuilder.Candidate(
              c.design(),
              c.workloads(),
              c.constraints(),
              c.tiling(),
              c.given(),
              number(p, "share") == 1 ? c.sparsity() : List.of(Optional.of(actual)),
              c.weights());
        };
    var kept = new Kept();
    assertThat(run(builder, kept, 2, false).infeasible()).isEqualTo(8);
    for (PointResult r : kept.results) {
      if (r.outcome() instanceof Infeasible i) {
        assertThat(i.reason()).contains("'a'", "the density of 'A' is a tensor in a file");
      }
    }
  }
}
