package org.einloom.io.timeloop.against;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.counts.Flows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.against.Figure.Kind;
import org.einloom.io.timeloop.model.TimeloopModel;
import org.einloom.io.timeloop.stats.Printed;
import org.einloom.io.timeloop.stats.TimeloopStats;
import org.einloom.workload.TensorAccess;

/** The figures that statistics of Timeloop and an evaluation have in common. */
final class Figures {
  private static final List<String> ACCESSES = List.of("read", "write", "update");

  private final List<Figure> all = new ArrayList<>();
  private final TimeloopModel model;
  private final Architecture architecture;
  private final TimeloopStats stats;

  private Figures(TimeloopModel model, TimeloopStats stats) {
    this.model = model;
    this.architecture = model.hardware().architecture();
    this.stats = stats;
  }

  /**
   * The figures, in the order printed.
   *
   * @throws org.einloom.io.input.InputException if the statistics are of other levels or tensors
   */
  static List<Figure> of(TimeloopModel model, TimeloopStats stats) {
    var figures = new Figures(model, stats);
    figures.checkLevels();
    figures.compute();
    for (Memory m : figures.architecture.memories()) {
      stats.level(m.name()).ifPresent(level -> figures.memory(m.name(), level));
    }
    figures.totals();
    return figures.all;
  }

  private void checkLevels() {
    List<String> printed = stats.levels().stream().map(TimeloopStats.Block::name).toList();
    List<String> own = new ArrayList<>(List.of(architecture.compute().name()));
    // with TIMELOOP_HIDE_INCONSEQUENTIAL_STATS levels that keep nothing are not printed
    model.mapping().orElseThrow().nest().levels().stream()
        .filter(l -> !l.keeps().isEmpty())
        .forEach(l -> own.add(l.memory()));
    List<String> missing = own.stream().filter(n -> !printed.contains(n)).toList();
    if (!missing.isEmpty()) {
      throw Position.of(stats.file())
          .error(
              "the statistics have no level " + Words.list(missing),
              "they have " + Words.list(printed),
              "are they of this specification?");
    }
    List<String> tensors = model.einsum().tensors().stream().map(TensorAccess::name).toList();
    for (TimeloopStats.Block level : stats.levels()) {
      for (String tensor : level.tensors().keySet()) {
        if (!tensors.contains(tensor)) {
          throw Position.of(stats.file())
              .error(
                  "level %s has a tensor %s"
                      .formatted(Words.quote(level.name()), Words.quote(tensor)),
                  "the problem has " + Words.list(tensors),
                  "are they of this specification?");
        }
      }
    }
  }

  private void add(
      String name, Kind kind, Optional<Printed> printed, ToDoubleFunction<Evaluation> of) {
    printed.ifPresent(p -> all.add(new Figure(name, kind, "", "", p, of)));
  }

  private void compute() {
    String name = architecture.compute().name();
    TimeloopStats.Block level = stats.level(name).orElseThrow();
    add(name + " computes", Kind.COUNT, level.stat("computes (total)"), Evaluation::computes);
    add(
        name + " energy, pJ",
        Kind.ENERGY,
        level.stat(TimeloopStats.ENERGY),
        e -> charged(e, name, c -> c.action().equals("compute")));
  }

  private void memory(String memory, TimeloopStats.Block level) {
    level
        .spec("leakage energy (total)")
        .ifPresent(
            p ->
                add(
                    memory + " leakage, pJ",
                    Kind.ENERGY,
                    Optional.of(p),
                    e -> charged(e, memory, c -> c.action().equals(Charge.LEAK))));
    for (String tensor : level.tensors().keySet()) {
      double instances = level.of(tensor, TimeloopStats.INSTANCES).map(Printed::number).orElse(1.0);
      count(memory, tensor, level, "reads", TimeloopStats.READS, Flows::reads, instances);
      count(memory, tensor, level, "fills", TimeloopStats.FILLS, Flows::fills, instances);
      count(memory, tensor, level, "updates", TimeloopStats.UPDATES, Flows::updates, instances);
      double bits = architecture.widths().of(model.einsum().tensor(tensor));
      put(
          memory,
          tensor,
          "words held",
          Kind.CAPACITY,
          level.of(tensor, TimeloopStats.CAPACITY),
          e -> held(e, memory, tensor) / bits);
      put(
          memory,
          tensor,
          "energy, pJ",
          Kind.ENERGY,
          level.of(tensor, TimeloopStats.ENERGY),
          e -> charged(e, memory, c -> isOf(c, tensor) && ACCESSES.contains(c.action())));
    }
  }

  /** Not a number where a memory holds any amount, so that nothing is said of it. */
  private static double held(Evaluation e, String memory, String tensor) {
    Long held = component(e, memory).heldBits().get(tensor);
    return held == null ? Double.NaN : held;
  }

  private static boolean isOf(Charge c, String tensor) {
    return c.tensor().filter(tensor::equals).isPresent();
  }

  /** What is printed is of one of the instances that are used; flows are of all. */
  private void count(
      String memory,
      String tensor,
      TimeloopStats.Block level,
      String what,
      String key,
      ToLongFunction<Flows> flow,
      double instances) {
    put(
        memory,
        tensor,
        what,
        Kind.COUNT,
        level.of(tensor, key),
        e -> {
          Flows flows = component(e, memory).flows().get(tensor);
          return flows == null ? 0 : flow.applyAsLong(flows) / Math.max(1, instances);
        });
  }

  private void put(
      String memory,
      String tensor,
      String what,
      Kind kind,
      Optional<Printed> printed,
      ToDoubleFunction<Evaluation> of) {
    printed.ifPresent(
        p -> all.add(new Figure(memory + " " + tensor + " " + what, kind, memory, tensor, p, of)));
  }

  private void totals() {
    add("cycles", Kind.TIME, stats.total("cycles"), e -> (double) e.cycles());
    add("energy, uJ", Kind.ENERGY, stats.total("energy"), e -> e.energyPj() / 1e6);
    boolean levels = stats.levels().stream().anyMatch(Figures::hasArea);
    add(
        "area, mm2",
        Kind.AREA,
        stats.total("area").filter(a -> a.number() > 0 || !levels), // 0.00 in some versions, ever
        e -> e.areaUm2() / 1e6);
    add(
        "utilization, %",
        Kind.TIME, stats.total("utilization"), e -> 100 * e.utilization().orElse(Double.NaN));
  }

  private static boolean hasArea(TimeloopStats.Block level) {
    return level.spec("area").or(() -> level.stat("area (total)")).stream()
        .anyMatch(a -> a.number() > 0);
  }

  private static ComponentCost component(Evaluation e, String name) {
    return e.components().stream()
        .filter(c -> c.node().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double charged(
      Evaluation e, String component, java.util.function.Predicate<Charge> which) {
    return component(e, component).charges().stream()
        .filter(which)
        .mapToDouble(Charge::energyPj)
        .sum();
  }
}
