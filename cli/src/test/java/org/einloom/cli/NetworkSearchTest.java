package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.MapspaceSpec;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.model.DenseModel;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** With mappers whose searches never end by themselves. */
class NetworkSearchTest {
  private static final CostArguments.Task TASK = task();
  private static final int LAYERS = TASK.selection().entries().size();

  private final StringWriter err = new StringWriter();
  private final Progress progress =
      new Progress(new PrintWriter(err), Progress.Style.LINES, LAYERS, 80, System::nanoTime);

  @Test
  void whenTimeIsOverEveryLayerHasAMappingAndABound() {
    var budget = new Budget(Optional.of(Duration.ofMillis(1)), LAYERS, 2, System::nanoTime);
    List<LayerResult> layers = search(endless(), budget).run(2);
    assertThat(layers).hasSize(LAYERS);
    for (int i = 0; i < LAYERS; i++) {
      LayerResult l = layers.get(i);
      assertThat(l.layer()).isEqualTo(TASK.selection().entries().get(i).layer());
      assertThat(l.optimality().status()).isEqualTo(Optimality.Status.BOUNDED);
      assertThat(l.optimality().gap()).hasValue(0.5);
    }
    assertThat(err.toString().lines()).hasSize(LAYERS).allMatch(l -> l.endsWith(", gap 50.0%"));
  }

  @Test
  void anInterruptEndsLayersThatBeganAndThoseThatDidNot() throws InterruptedException {
    var budget = new Budget(Optional.empty(), LAYERS, 1, System::nanoTime);
    var began = new CountDownLatch(1);
    Mapper mapper =
        (einsum, architecture, objective, options) -> {
          began.countDown();
          return endless().map(einsum, architecture, objective, options);
        };
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                began.await();
                budget.interrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(search(mapper, budget).runForNetworkEdp(1))
        .hasSize(LAYERS)
        .allMatch(l -> l.optimality().status() == Optimality.Status.BOUNDED);
  }

  @Test
  void saysSoWhereThereIsNoMappingYet() {
    var ns = new AtomicLong();
    // of a clock that goes on when it is looked at: the grace of each layer is over soon
    LongSupplier clock = () -> ns.addAndGet(1_000_000);
    var budget = new Budget(Optional.of(Duration.ofMillis(1)), LAYERS, 2, clock);
    Mapper mapper =
        (einsum, architecture, objective, options) -> {
          while (!options.monitor().stop()) {
            Thread.onSpinWait();
          }
          return new MappingResult.None("no candidate fitted so far", false);
        };
    assertThatThrownBy(() -> search(mapper, budget).run(2))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "no mapping of layer '%s' on 'teaching' was found before the search had to end: no"
                + " candidate fitted so far",
            TASK.selection().entries().getFirst().layer().name());
  }

  @Test
  void aMapperThatIsDoneEarlyIsNotTouched() {
    var budget = new Budget(Optional.empty(), LAYERS, 1, System::nanoTime);
    assertThat(search(HeuristicMapper.quick(), budget).run(1)).hasSize(LAYERS);
  }

  /** Whole fronts, and what the two searches of each layer find of them. */
  @Test
  void theNetworksProductNeedsNoWholeFronts() {
    CostArguments.Task task = products();
    int layers = task.selection().entries().size();
    var whole = new MapperOptions(Policy.DEFAULT, 1).withFront(true);
    var budget = new Budget(Optional.empty(), 3 * layers, 2, System::nanoTime);
    NetworkResult expected =
        result(task, new NetworkSearch(new ExactMapper(), task, whole, budget, progress).run(2));
    var own = new MapperOptions(Policy.DEFAULT, 1);
    List<LayerResult> found =
        new NetworkSearch(new ExactMapper(), task, own, budget, progress).runForNetworkEdp(2);
    NetworkResult actual = result(task, found);
    assertThat(expected.optimality().status()).isEqualTo(Optimality.Status.OPTIMAL);
    assertThat(actual.optimality().status()).isEqualTo(Optimality.Status.OPTIMAL);
    assertThat(actual.value()).isCloseTo(expected.value(), within(1e-9 * expected.value()));
    assertThat(points(found)).isLessThanOrEqualTo(points(expected.layers()));
  }

  private static int points(List<LayerResult> layers) {
    return layers.stream().mapToInt(l -> l.front().size()).sum();
  }

  private static NetworkResult result(CostArguments.Task task, List<LayerResult> layers) {
    return NetworkResult.of(task.workload(), task.design(), "default", task.objective(), layers);
  }

  /** Three matrix products of different shapes. */
  private static CostArguments.Task products() {
    List<Layer> layers = new ArrayList<>();
    for (long[] e : new long[][] {{16, 8, 24}, {4, 48, 12}, {32, 32, 2}}) {
      var m = new TensorAccess.Rank(Affine.of("m"), e[0]);
      var n = new TensorAccess.Rank(Affine.of("n"), e[1]);
      var k = new TensorAccess.Rank(Affine.of("k"), e[2]);
      String name = "mm" + layers.size();
      var einsum =
          new Einsum(
              name,
              List.of(
                  new RankVariable("m", e[0]),
                  new RankVariable("n", e[1]),
                  new RankVariable("k", e[2])),
              List.of(
                  new TensorAccess("A", "A", Role.INPUT, List.of(m, k), OptionalInt.empty()),
                  new TensorAccess("B", "B", Role.WEIGHT, List.of(k, n), OptionalInt.empty())),
              new TensorAccess("O", "O", Role.OUTPUT, List.of(m, n), OptionalInt.empty()));
      layers.add(new Layer(name, "Einsum", einsum, einsum.computes()));
    }
    var workload = new Workload("w", layers, List.of(), OptionalLong.empty());
    return new CostArguments.Task(
        workload,
        Selection.of(workload, Optional.empty()),
        Shipped.resolveArchitectureFile("eyeriss").design(),
        MapspaceSpec.NONE,
        Objective.EDP,
        Policy.DEFAULT);
  }

  private NetworkSearch search(Mapper mapper, Budget budget) {
    return new NetworkSearch(mapper, TASK, new MapperOptions(Policy.DEFAULT, 1), budget, progress);
  }

  /** Has a mapping at once, and a bound of half its value for ever. */
  private static Mapper endless() {
    return (einsum, architecture, objective, options) -> {
      LoopTree mapping = plain(einsum);
      Evaluation e =
          Evaluator.evaluate(
              einsum,
              architecture,
              DenseModel.analyze(einsum, architecture, mapping).counts(),
              options.policy());
      double value = objective.value(e);
      while (!options.monitor().stop()) {
        options.monitor().report(value, value / 2, 1);
      }
      return new MappingResult.Found(
          mapping,
          e,
          new Optimality(
              Optimality.Status.BOUNDED,
              objective,
              value,
              OptionalDouble.of(value / 2),
              OptionalLong.of(1),
              OptionalDouble.of(0)),
          List.of(),
          SearchLog.EMPTY);
    };
  }

  /** Everything in the outermost memory, one point after the other. */
  private static LoopTree plain(Einsum einsum) {
    var nodes = new ArrayList<MappingNode>();
    einsum.tensors().forEach(t -> nodes.add(new MappingNode.Storage("DRAM", t.name())));
    einsum.variables().forEach(v -> nodes.add(new MappingNode.Temporal(v.name(), 1)));
    return new LoopTree(nodes);
  }

  private static CostArguments.Task task() {
    var workload = Zoo.read("lenet5", OnnxOptions.DEFAULT);
    return new CostArguments.Task(
        workload,
        Selection.of(workload, Optional.empty()),
        Shipped.resolveArchitectureFile("teaching").design(),
        MapspaceSpec.NONE,
        Objective.ENERGY,
        Policy.DEFAULT);
  }
}
