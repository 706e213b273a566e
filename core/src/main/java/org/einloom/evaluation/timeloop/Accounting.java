package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.Flows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * What a mapping costs by Timeloop's rules: an access for every block of words, rounded up for each
 * instance, tensor and action; results that leave are not read; everything overlaps, and the level
 * whose rates are exceeded most slows down all.
 */
public final class Accounting {
  private final Nest nest;
  private final Architecture architecture;
  private final Machine machine;
  private final Switches switches;
  private final NestCounts counts;

  private Accounting(Nest nest, Architecture architecture, Machine machine, Switches switches) {
    this.nest = nest;
    this.architecture =
        switches.has(Switch.ALL_AREA) ? architecture : withAreaAsReported(architecture, nest);
    this.machine = machine;
    this.switches = switches;
    counts =
        NestCounts.of(nest, machine.levels().stream().map(Machine.Level::fan).toList(), switches);
  }

  /**
   * A cost and the counts that it is of.
   *
   * @param architecture as it was accounted for
   * @param levels by level, outermost first, what its rates come to
   */
  public record Account(
      Architecture architecture,
      Evaluation evaluation,
      NestCounts counts,
      List<Rates.Level> levels) {
    public Account {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Accounts for a mapping.
   *
   * @param architecture the memories of the nest, in its order, fanouts between them, and a compute
   * @throws InvalidSpecException if tiles do not fit, more instances are used than there are, or
   *     something is asked for that is not modelled
   */
  public static Account of(
      Nest nest, Architecture architecture, Machine machine, Switches switches) {
    return new Accounting(nest, architecture, machine, switches).account();
  }

  private Account account() {
    for (int p = 0; p < machine.levels().size(); p++) {
      Fitting.check(nest, architecture, machine.levels().get(p), counts, p);
    }
    Rates rates = Rates.of(nest, machine, counts, switches);
    List<ComponentCost> costs = new ArrayList<>();
    int level = -1;
    for (Node node : architecture.nodes()) {
      switch (node) {
        case Memory m -> {
          level++;
          costs.add(memory(m, level, rates));
        }
        case Fanout f -> costs.add(fanout(f, level, rates.cycles()));
        case Compute c -> costs.add(compute(c, rates));
        default ->
            throw new InvalidSpecException(
                "the accounting timeloop knows no '%s' as a part of an architecture"
                    .formatted(node.name()));
      }
    }
    Compute compute = architecture.compute();
    double peak =
        (double) architecture.instances(compute) * rates.cycles() * compute.compute().perCycle();
    var evaluation =
        new Evaluation(
            switches.policyName(),
            computes(),
            rates.cycles(),
            rates.cycles() / architecture.clockHz(),
            Double.isFinite(peak) && peak > 0
                ? OptionalDouble.of(computes() / peak)
                : OptionalDouble.empty(),
            Optional.of(rates.boundBy(compute.name())),
            costs);
    if (!Double.isFinite(evaluation.energyPj()) || !Double.isFinite(evaluation.areaUm2())) {
      throw new InvalidSpecException(
          "the energy or area of '"
              + nest.einsum().name()
              + "' is out of range; use smaller costs");
    }
    return new Account(architecture, evaluation, counts, rates.levels());
  }

  /** Timeloop takes the area of one compute, and none of a level that keeps nothing. */
  static Architecture withAreaAsReported(Architecture architecture, Nest nest) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      nodes.add(
          switch (node) {
            case Memory m when keepsNothing(m, nest) ->
                new Memory(
                    m.name(),
                    m.capacityBits(),
                    m.keep(),
                    m.actions(),
                    m.sharedPort(),
                    m.areaUm2().times(0, "Timeloop reports no area of a level that keeps nothing"),
                    m.leakageUw());
            case Compute c ->
                new Compute(
                    c.name(),
                    c.operations(),
                    c.compute(),
                    c.areaUm2()
                        .times(
                            1.0 / architecture.instances(c),
                            "Timeloop counts the area of one compute"),
                    c.leakageUw());
            default -> node;
          });
    }
    return architecture.withNodes(nodes);
  }

  private static boolean keepsNothing(Memory memory, Nest nest) {
    return nest.levels().stream()
        .anyMatch(l -> l.memory().equals(memory.name()) && l.keeps().isEmpty());
  }

  private long computes() {
    return Checked.multiply(counts.computesEach(), counts.computes(), "the number of computes");
  }

  private ComponentCost memory(Memory memory, int p, Rates rates) {
    Machine.Level level = machine.levels().get(p);
    long instances = counts.instances().get(p);
    var flows = new LinkedHashMap<String, Flows>();
    var held = new LinkedHashMap<String, Long>();
    List<Charge> charges = new ArrayList<>();
    for (TensorAccess tensor : nest.einsum().tensors()) {
      LevelCounts c = counts.levels().get(p).get(tensor.name());
      if (c == null || !c.kept()) {
        continue;
      }
      Flows each = new Flows(c.reads(), c.fills(), c.updates(), 0, 0, 0);
      try {
        flows.put(tensor.name(), each.times(instances));
        held.put(
            tensor.name(),
            Math.multiplyExact(c.tileWords(), (long) architecture.widths().of(tensor)));
      } catch (ArithmeticException e) {
        throw new InvalidSpecException(
            "the words of %s that %s moves for '%s' exceed 2^63-1; use smaller extents"
                .formatted(tensor.name(), memory.name(), nest.einsum().name()),
            e);
      }
      charge(charges, memory, "read", tensor, c.reads(), level, instances);
      charge(charges, memory, "write", tensor, c.fills(), level, instances);
      charge(charges, memory, "update", tensor, c.updates(), level, instances);
    }
    if (!hasFanout(p)) {
      charges.addAll(new NetworkCharges(nest, counts, level, p).charges());
    }
    return withLeakage(
        memory, flows, charges, rates.levels().get(p).cycles(), held, rates.cycles());
  }

  /** Whether a fanout stands between this level and the next, which then bears the network. */
  private boolean hasFanout(int p) {
    int at = architecture.indexOf(machine.levels().get(p).memory());
    return architecture.nodes().get(at + 1) instanceof Fanout;
  }

  private void charge(
      List<Charge> charges,
      Memory memory,
      String name,
      TensorAccess tensor,
      long words,
      Machine.Level level,
      long instances) {
    if (words == 0) {
      return;
    }
    Action action = memory.actions().get(name);
    if (action == null && name.equals("update")) {
      action = memory.actions().get("write");
    }
    if (action == null) {
      throw new InvalidSpecException(
          "memory '%s' has no action '%s', but the mapping needs it for %s; declare it, with energy 0 if it is free"
              .formatted(memory.name(), name, tensor.name()));
    }
    double accesses = (double) words / level.blockWords();
    charges.add(
        new Charge(
            name,
            Optional.of(tensor.name()),
            (switches.has(Switch.NO_CEILINGS) ? accesses : Math.ceil(accesses)) * instances,
            action.energyPj()));
  }

  private ComponentCost fanout(Fanout fanout, int p, double cycles) {
    List<Charge> charges =
        new ArrayList<>(new NetworkCharges(nest, counts, machine.levels().get(p), p).charges());
    return withLeakage(fanout, new LinkedHashMap<>(), charges, 0, Map.of(), cycles);
  }

  private ComponentCost compute(Compute compute, Rates rates) {
    List<Charge> charges = new ArrayList<>();
    charges.add(
        new Charge(
            compute.compute().name(), Optional.empty(), computes(), compute.compute().energyPj()));
    return withLeakage(
        compute, new LinkedHashMap<>(), charges, rates.computeCycles(), Map.of(), rates.cycles());
  }

  private ComponentCost withLeakage(
      Node node,
      SequencedMap<String, Flows> flows,
      List<Charge> charges,
      double ownCycles,
      Map<String, Long> held,
      double cycles) {
    long instances = architecture.instances(node);
    charges.add(
        new Charge(
            Charge.LEAK,
            Optional.empty(),
            cycles * instances,
            // 1 uW = 1e6 pJ/s
            node.leakageUw().times(1e6 / architecture.clockHz(), "pJ per cycle and uW")));
    return new ComponentCost(node, instances, flows, charges, ownCycles, new LinkedHashMap<>(held));
  }
}
