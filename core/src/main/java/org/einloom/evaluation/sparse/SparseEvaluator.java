package org.einloom.evaluation.sparse;

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
import org.einloom.arch.Idle;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.counts.SparseCounts;
import org.einloom.counts.SparseFlow;
import org.einloom.counts.SparseFlows;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.Words;
import org.einloom.model.sparse.SparseModel;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * Turns expected counts into energy, time and area, by the default policy and the rules of {@code
 * docs/sparsity.md}. The flows of the evaluation are expected words, rounded to whole ones.
 */
public final class SparseEvaluator {
  private final Einsum einsum;
  private final Architecture architecture;
  private final Sparsity sparsity;
  private final Map<String, SparseNode> nodes;
  private final SparseModel.Result counts;
  private final Policy policy = Policy.DEFAULT;

  private SparseEvaluator(
      Einsum einsum,
      Architecture architecture,
      Sparsity sparsity,
      Map<String, SparseNode> nodes,
      SparseModel.Result counts) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.sparsity = sparsity;
    this.nodes = nodes;
    this.counts = counts;
  }

  /**
   * Evaluates the counts of one mapping.
   *
   * @param nodes what sparse tensors cost, by node; free where one is not named
   * @throws InvalidSpecException if tiles do not fit, or an action that is needed is not declared
   */
  public static Evaluation evaluate(
      Einsum einsum,
      Architecture architecture,
      Sparsity sparsity,
      Map<String, SparseNode> nodes,
      SparseModel.Result counts) {
    SparseCapacity.check(einsum, architecture, counts, nodes);
    return new SparseEvaluator(einsum, architecture, sparsity, nodes, counts).evaluate();
  }

  private Evaluation evaluate() {
    List<ComponentCost> active = new ArrayList<>();
    for (Node node : architecture.nodes()) {
      active.add(node instanceof Compute c ? compute(c) : moving(node));
    }
    double cycles = 0;
    Optional<String> boundBy = Optional.empty();
    for (ComponentCost c : active) {
      if (c.latencyCycles() > 0 && c.latencyCycles() >= cycles) {
        cycles = c.latencyCycles();
        boundBy = Optional.of(c.node().name());
      }
    }
    for (Idle i : architecture.idle()) {
      active.add(new ComponentCost(i.node(), i.instances(), new LinkedHashMap<>(), List.of(), 0));
    }
    double time = cycles;
    List<ComponentCost> all = active.stream().map(c -> withLeakage(c, time)).toList();
    Compute compute = architecture.compute();
    double peak = compute.compute().perCycle() * (double) architecture.instances(compute);
    var evaluation =
        new Evaluation(
            policy.name(),
            counts.dense().computes(),
            cycles,
            cycles / architecture.clockHz(),
            cycles > 0 && Double.isFinite(peak)
                ? OptionalDouble.of(counts.sparse().done() / (cycles * peak))
                : OptionalDouble.empty(),
            boundBy,
            all);
    if (!Double.isFinite(evaluation.energyPj()) || cycles > Long.MAX_VALUE) {
      throw new InvalidSpecException(
          "the energy or latency of '" + einsum.name() + "' is out of range; use smaller costs");
    }
    return evaluation;
  }

  /** What one instance does, while its actions are added up. */
  private static final class Bill {
    final SequencedMap<TensorAccess, SequencedMap<Action, Double>> charged = new LinkedHashMap<>();
    final Map<String, Double> cycles = new LinkedHashMap<>();

    void charge(TensorAccess tensor, Action action, double n) {
      if (n > 0) {
        charged.computeIfAbsent(tensor, _ -> new LinkedHashMap<>()).merge(action, n, Double::sum);
      }
    }

    void time(String port, Action action, double n) {
      if (n > 0) {
        cycles.merge(port, n / action.perCycle(), Double::sum);
      }
    }

    double slowest() {
      return cycles.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  /** One flow of one tensor. */
  private record Part(Flows dense, SparseFlow sparse, boolean reads) {}

  private ComponentCost moving(Node node) {
    var totals = new LinkedHashMap<TensorAccess, SequencedMap<Action, Double>>();
    double slowest = 0;
    for (InstanceClass c : counts.dense().component(node.name()).classes()) {
      var bill = new Bill();
      for (TensorAccess t : einsum.tensors()) {
        Flows flows = c.flows().get(t.name());
        if (flows != null) {
          for (Part p : parts(flows, counts.sparse().at(node.name(), t.name()))) {
            part(node, t, p, bill);
          }
        }
      }
      slowest = Math.max(slowest, bill.slowest());
      bill.charged.forEach(
          (t, actions) ->
              actions.forEach(
                  (a, n) ->
                      totals
                          .computeIfAbsent(t, _ -> new LinkedHashMap<>())
                          .merge(a, n * (double) c.instances(), Double::sum)));
    }
    var charges = new ArrayList<Charge>();
    totals.forEach(
        (t, actions) ->
            actions.forEach(
                (a, n) ->
                    charges.add(new Charge(a.name(), Optional.of(t.name()), n, a.energyPj()))));
    return new ComponentCost(
        node,
        architecture.instances(node),
        flows(node.name()),
        charges,
        slowest,
        node instanceof Memory m && m.capacityBits().isPresent()
            ? SparseCapacity.bits(
                einsum,
                architecture,
                counts,
                m,
                nodes.getOrDefault(m.name(), SparseNode.FREE),
                false)
            : new LinkedHashMap<>(),
        metadataBits(node));
  }

  private double metadataBits(Node node) {
    double bits = 0;
    for (TensorAccess t : einsum.tensors()) {
      SparseFlows f = counts.sparse().at(node.name(), t.name());
      bits +=
          f.reads().metadataBits()
              + f.fills().metadataBits()
              + f.updates().metadataBits()
              + f.drains().metadataBits();
    }
    return bits;
  }

  private static List<Part> parts(Flows f, SparseFlows s) {
    return List.of(
        new Part(new Flows(f.reads(), 0, 0, 0, 0, 0), s.reads(), true),
        new Part(new Flows(0, f.fills(), 0, 0, 0, 0), s.fills(), false),
        new Part(new Flows(0, 0, f.updates(), 0, f.finalUpdates(), 0), s.updates(), false),
        new Part(new Flows(0, 0, 0, f.drains(), 0, f.finalDrains()), s.drains(), true));
  }

  private void part(Node node, TensorAccess t, Part p, Bill bill) {
    double dense = p.sparse().dense();
    if (dense == 0) {
      return;
    }
    double words =
        (double) (p.dense().reads() + p.dense().fills() + p.dense().updates() + p.dense().drains());
    double bits = words * p.sparse().metadataBits() / dense;
    double gatedBits = words * p.sparse().gatedMetadataBits() / dense;
    actions(node, t, p.dense())
        .forEach(
            (action, of) -> {
              double n = policy.actions(action, of, t, architecture.widths());
              double done = n * p.sparse().done() / dense;
              double gated = n * p.sparse().gated() / dense;
              double skipped = n * p.sparse().skipped() / dense;
              if (!(node instanceof Memory)) {
                // metadata share the wires with words
                double width =
                    action.widthBits() > 0
                        ? (double) action.widthBits()
                        : architecture.widths().of(t);
                done += bits / width;
                gated += gatedBits / width;
              }
              bill.charge(t, action, done);
              boolean shared =
                  switch (node) {
                    case Memory m -> m.sharedPort();
                    case Toll toll -> toll.sharedPort();
                    default -> true;
                  };
              bill.time(shared ? "" : action.name(), action, done + gated);
              other(node, "gated_" + action.name())
                  .ifPresent(a -> bill.charge(t, a, n * p.sparse().gated() / dense));
              other(node, "skipped_" + action.name()).ifPresent(a -> bill.charge(t, a, skipped));
            });
    if (node instanceof Memory m) {
      other(m, p.reads() ? "metadata_read" : "metadata_write")
          .ifPresent(
              a -> {
                double width = Math.max(1, (double) a.widthBits());
                bill.charge(t, a, bits / width);
                bill.time(a.name(), a, (bits + gatedBits) / width);
              });
      if (p.reads() && decompresses(m, t)) {
        other(m, "decompress")
            .ifPresent(
                a -> {
                  double n = words * p.sparse().done() / dense;
                  bill.charge(t, a, n);
                  bill.time(a.name(), a, n);
                });
      }
    }
  }

  private SequencedMap<Action, Words> actions(Node node, TensorAccess t, Flows flows) {
    var moved = new LinkedHashMap<Action, Words>();
    switch (node) {
      case Memory m ->
          policy
              .memoryWords(m, t, flows)
              .forEach((name, words) -> moved.put(declared(m, name, t), words));
      case Toll toll ->
          policy
              .tollWords(t, flows)
              .forEach((name, words) -> toll.action(name).ifPresent(a -> moved.put(a, words)));
      case Fanout f ->
          f.transfer()
              .filter(a -> flows.reads() + flows.updates() > 0)
              .ifPresent(a -> moved.put(a, policy.transferWords(t, flows)));
      case Compute c -> {}
    }
    return moved;
  }

  private Action declared(Memory memory, String name, TensorAccess t) {
    Action action = memory.actions().get(name);
    if (action == null) {
      throw new InvalidSpecException(
          "memory '%s' has no action '%s', but the mapping of '%s' needs it for %s; declare the action (with energy 0 pJ if it is free) or let %s bypass this memory"
              .formatted(memory.name(), name, einsum.name(), t.name(), t.name()));
    }
    return action;
  }

  private Optional<Action> other(Node node, String action) {
    return Optional.ofNullable(
        nodes.getOrDefault(node.name(), SparseNode.FREE).actions().get(action));
  }

  /** Whether what is read of a tensor here is stored compressed, and not where it goes. */
  private boolean decompresses(Memory memory, TensorAccess t) {
    if (!sparsity.format(memory.name(), t).compresses()) {
      return false;
    }
    boolean inside = false;
    for (Memory m : architecture.memories()) {
      if (inside && counts.tiles().containsKey(new Sparsity.Held(m.name(), t.name()))) {
        return !sparsity.format(m.name(), t).compresses();
      }
      inside |= m.equals(memory);
    }
    return true;
  }

  private ComponentCost compute(Compute compute) {
    SparseCounts of = counts.sparse();
    Action action = compute.compute();
    var charges = new ArrayList<Charge>();
    charges.add(new Charge(action.name(), Optional.empty(), of.done(), action.energyPj()));
    other(compute, "gated_compute")
        .filter(a -> of.gated() > 0)
        .ifPresent(
            a -> charges.add(new Charge(a.name(), Optional.empty(), of.gated(), a.energyPj())));
    other(compute, "skipped_compute")
        .filter(a -> of.skipped() > 0)
        .ifPresent(
            a -> charges.add(new Charge(a.name(), Optional.empty(), of.skipped(), a.energyPj())));
    double share = (of.done() + of.gated()) / (double) counts.dense().computes();
    return new ComponentCost(
        compute,
        architecture.instances(compute),
        new LinkedHashMap<>(),
        charges,
        share * (double) counts.dense().busiestComputes() / action.perCycle());
  }

  private SequencedMap<String, Flows> flows(String node) {
    var flows = new LinkedHashMap<String, Flows>();
    for (TensorAccess t : einsum.tensors()) {
      SparseFlows s = counts.sparse().at(node, t.name());
      Flows dense = counts.dense().component(node).total(t.name());
      if (!dense.equals(Flows.ZERO)) {
        flows.put(
            t.name(),
            new Flows(
                Math.round(s.reads().done()),
                Math.round(s.fills().done()),
                Math.round(s.updates().done()),
                Math.round(s.drains().done()),
                Math.round(scaled(dense.finalUpdates(), s.updates())),
                Math.round(scaled(dense.finalDrains(), s.drains()))));
      }
    }
    return flows;
  }

  private static double scaled(long words, SparseFlow flow) {
    return flow.dense() == 0 ? 0 : (double) words * flow.done() / flow.dense();
  }

  private ComponentCost withLeakage(ComponentCost c, double cycles) {
    var charges = new ArrayList<>(c.charges());
    charges.add(
        new Charge(
            Charge.LEAK,
            Optional.empty(),
            cycles * (double) c.instances(),
            // 1 uW = 1e6 pJ/s
            c.node().leakageUw().times(1e6 / architecture.clockHz(), "pJ per cycle and uW")));
    return new ComponentCost(
        c.node(),
        c.instances(),
        c.flows(),
        charges,
        c.latencyCycles(),
        c.heldBits(),
        c.metadataBits());
  }
}
