package org.einloom.evaluation;

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
import org.einloom.arch.Figure;
import org.einloom.arch.Idle;
import org.einloom.arch.Links;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** Turns counts into energy, time and area, by the rules of one policy. */
public final class Evaluator {
  private final Einsum einsum;
  private final Architecture architecture;
  private final Policy policy;

  private Evaluator(Einsum einsum, Architecture architecture, Policy policy) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.policy = policy;
  }

  /**
   * Evaluates the counts of one mapping of the Einsum on the architecture.
   *
   * @throws InvalidSpecException if the tiles do not fit their memories, an action is needed that
   *     its component does not declare, or a figure grows out of range
   */
  public static Evaluation evaluate(
      Einsum einsum, Architecture architecture, Counts counts, Policy policy) {
    Capacity.check(einsum, architecture, counts);
    return evaluateAnySize(einsum, architecture, counts, policy);
  }

  /**
   * The same as if every memory were as large as it takes, at the cost that it has.
   *
   * @throws InvalidSpecException if an action is needed that its component does not declare, or a
   *     figure grows out of range
   */
  public static Evaluation evaluateAnySize(
      Einsum einsum, Architecture architecture, Counts counts, Policy policy) {
    if (policy instanceof TimeloopPolicy) {
      throw new InvalidSpecException(
          "policy '" + policy.name() + "' counts by rules of its own; expected policy 'default'");
    }
    return new Evaluator(einsum, architecture, policy).evaluate(counts);
  }

  /** Whether the tiles of a mapping fit the memories that keep them. */
  public static boolean fits(Einsum einsum, Architecture architecture, Counts counts) {
    return Capacity.fits(einsum, architecture, counts);
  }

  private Evaluation evaluate(Counts counts) {
    List<ComponentCost> active = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      active.add(
          switch (node) {
            case Memory m -> cost(m, counts.component(m.name()));
            case Toll t -> cost(t, counts.component(t.name()));
            case Fanout f -> cost(f, counts.component(f.name()));
            case Compute c -> cost(c, counts);
          });
    }
    for (Idle i : architecture.idle()) {
      active.add(new ComponentCost(i.node(), i.instances(), new LinkedHashMap<>(), List.of(), 0));
    }
    double cycles = 0;
    Optional<String> boundBy = Optional.empty();
    for (ComponentCost c : active) {
      if (c.latencyCycles() > 0 && c.latencyCycles() >= cycles) {
        cycles = c.latencyCycles();
        boundBy = Optional.of(c.node().name());
      }
    }
    if (cycles > Long.MAX_VALUE) {
      throw new InvalidSpecException(
          "the latency of '" + einsum.name() + "' exceeds 2^63-1 cycles; use smaller extents");
    }
    List<ComponentCost> all = new ArrayList<>();
    for (ComponentCost c : active) {
      all.add(withLeakage(c, cycles));
    }
    var evaluation =
        new Evaluation(
            policy.name(),
            counts.computes(),
            cycles,
            cycles / architecture.clockHz(),
            utilization(counts.computes(), cycles),
            boundBy,
            all);
    if (!Double.isFinite(evaluation.energyPj()) || !Double.isFinite(evaluation.areaUm2())) {
      throw new InvalidSpecException(
          "the energy or area of '" + einsum.name() + "' is out of range; use smaller costs");
    }
    return evaluation;
  }

  private OptionalDouble utilization(long computes, double cycles) {
    Compute compute = architecture.compute();
    double peak = compute.compute().perCycle() * architecture.instances(compute);
    return cycles > 0 && Double.isFinite(peak)
        ? OptionalDouble.of(computes / (cycles * peak))
        : OptionalDouble.empty();
  }

  private ComponentCost cost(Memory memory, ComponentCounts counts) {
    ComponentCost moving =
        cost(
            memory,
            counts,
            memory.sharedPort(),
            (tensor, flows) -> {
              var moved = new LinkedHashMap<Action, Words>();
              policy
                  .memoryWords(memory, tensor, flows)
                  .forEach(
                      (name, words) -> moved.put(declared(memory, name, tensor, words), words));
              return moved;
            });
    return new ComponentCost(
        memory,
        moving.instances(),
        moving.flows(),
        moving.charges(),
        moving.latencyCycles(),
        memory.capacityBits().isPresent()
            ? Capacity.heldBits(einsum, architecture.widths(), memory, counts.occupancy())
            : new LinkedHashMap<>());
  }

  private Action declared(Memory memory, String name, TensorAccess tensor, Words words) {
    Action action = memory.actions().get(name);
    if (action == null) {
      throw new InvalidSpecException(
          "memory '%s' has no action '%s', but the mapping of '%s' makes it %s %d words of %s; declare the action (with energy 0 pJ if it is free) or let %s bypass this memory"
              .formatted(
                  memory.name(),
                  name,
                  einsum.name(),
                  name,
                  words.count(),
                  tensor.name(),
                  tensor.name()));
    }
    return action;
  }

  private ComponentCost cost(Fanout fanout, ComponentCounts counts) {
    return cost(
        fanout,
        counts,
        false, // links are other wires
        (tensor, flows) -> {
          var moved = new LinkedHashMap<Action, Words>();
          fanout.transfer().ifPresent(a -> moved.put(a, policy.transferWords(tensor, flows)));
          if (flows.links() > 0) {
            fanout
                .links()
                .flatMap(Links::action)
                .ifPresent(a -> moved.put(a, policy.linkWords(tensor, flows)));
          }
          return moved;
        });
  }

  private ComponentCost cost(Toll toll, ComponentCounts counts) {
    return cost(
        toll,
        counts,
        toll.sharedPort(),
        (tensor, flows) -> {
          var moved = new LinkedHashMap<Action, Words>();
          policy
              .tollWords(tensor, flows)
              .forEach((name, words) -> toll.action(name).ifPresent(a -> moved.put(a, words)));
          return moved;
        });
  }

  private ComponentCost cost(Compute compute, Counts counts) {
    Action action = compute.compute();
    return new ComponentCost(
        compute,
        architecture.instances(compute),
        new LinkedHashMap<>(),
        List.of(new Charge(action.name(), Optional.empty(), counts.computes(), action.energyPj())),
        counts.busiestComputes() / action.perCycle());
  }

  /** Says which actions of one component the flows of one tensor make. */
  @FunctionalInterface
  private interface Rule {
    SequencedMap<Action, Words> actions(TensorAccess tensor, Flows flows);
  }

  private ComponentCost cost(Node node, ComponentCounts counts, boolean sharedPort, Rule rule) {
    double slowest = 0;
    var charged = new LinkedHashMap<TensorAccess, SequencedMap<Action, Double>>();
    var flows = new LinkedHashMap<String, Flows>();
    for (InstanceClass c : counts.classes()) {
      var cycles = new LinkedHashMap<Action, Double>();
      for (TensorAccess tensor : einsum.tensors()) {
        Flows of = c.flows().get(tensor.name());
        if (of == null) {
          continue;
        }
        for (Map.Entry<Action, Words> e : rule.actions(tensor, of).entrySet()) {
          Action action = e.getKey();
          double n = policy.actions(action, e.getValue(), tensor, architecture.widths());
          cycles.merge(action, n / action.perCycle(), Double::sum);
          charged
              .computeIfAbsent(tensor, t -> new LinkedHashMap<>())
              .merge(action, n * c.instances(), Double::sum);
        }
      }
      slowest = Math.max(slowest, portTime(cycles, sharedPort));
    }
    List<Charge> charges = new ArrayList<>();
    for (TensorAccess tensor : einsum.tensors()) {
      Flows total = total(node, counts, tensor);
      if (!total.equals(Flows.ZERO)) {
        flows.put(tensor.name(), total);
      }
      charged
          .getOrDefault(tensor, new LinkedHashMap<>())
          .forEach(
              (action, n) ->
                  charges.add(
                      new Charge(action.name(), Optional.of(tensor.name()), n, action.energyPj())));
    }
    return new ComponentCost(node, architecture.instances(node), flows, charges, slowest);
  }

  private Flows total(Node node, ComponentCounts counts, TensorAccess tensor) {
    try {
      return counts.total(tensor.name());
    } catch (ArithmeticException e) {
      throw new InvalidSpecException(
          "the words of %s that %s moves for '%s' exceed 2^63-1; use smaller extents"
              .formatted(tensor.name(), node.name(), einsum.name()),
          e);
    }
  }

  private static double portTime(Map<Action, Double> cycles, boolean shared) {
    var times = cycles.values().stream().mapToDouble(Double::doubleValue);
    return shared ? times.sum() : times.max().orElse(0);
  }

  private ComponentCost withLeakage(ComponentCost c, double cycles) {
    Figure power = c.node().leakageUw();
    // 1 uW = 1e6 pJ/s
    double factor = 1e6 / architecture.clockHz();
    var charges = new ArrayList<>(c.charges());
    charges.add(
        new Charge(
            Charge.LEAK,
            Optional.empty(),
            cycles * c.instances(),
            power.times(factor, "pJ per cycle and uW")));
    return new ComponentCost(
        c.node(), c.instances(), c.flows(), charges, c.latencyCycles(), c.heldBits());
  }
}
