package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.io.Shipped;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.Zoo;
import org.einloom.io.yaml.MapspaceSpec;
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
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** With mappers whose searches never end by themselves. */
class NetworkSearchTest {
  private static final CostArguments.Task TASK = task();
  private static final int LAYERS = TASK.selection().entries().size();

  private final StringWriter err = new StringWriter();
  private final Progress progress =
      new Progress(new PrintWriter(err), false, LAYERS, 80, System::nanoTime);

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
    assertThat(search(mapper, budget).run(1))
        .hasSize(LAYERS)
        .allMatch(l -> l.optimality().status() == Optimality.Status.BOUNDED);
  }

  @Test
  void saysSoWhereThereIsNoMappingYet() {
    var budget = new Budget(Optional.of(Duration.ofMillis(1)), LAYERS, 2, System::nanoTime);
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
    assertThat(search(new HeuristicMapper(), budget).run(1)).hasSize(LAYERS);
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
              Optional.empty(),
              OptionalLong.of(1),
              OptionalDouble.of(0)),
          List.of(),
          SearchLog.EMPTY);
    };
  }

  /** Everything in the outermost memory, one point after the other. */
  private static LoopTree plain(Einsum einsum) {
    var nodes = new java.util.ArrayList<MappingNode>();
    einsum.tensors().forEach(t -> nodes.add(new MappingNode.Storage("DRAM", t.name())));
    einsum.variables().forEach(v -> nodes.add(new MappingNode.Temporal(v.name(), 1)));
    return new LoopTree(nodes);
  }

  private static CostArguments.Task task() {
    var workload = Zoo.read("lenet5", OnnxOptions.DEFAULT);
    return new CostArguments.Task(
        workload,
        Selection.of(workload, Optional.empty()),
        Shipped.resolveArchitecture("teaching"),
        MapspaceSpec.NONE,
        Objective.ENERGY,
        Policy.DEFAULT);
  }
}
