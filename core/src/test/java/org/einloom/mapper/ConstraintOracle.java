package org.einloom.mapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.constraint.Constraint;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.mapping.Nest;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/** Constraints read word for word from their definitions, by other code than the mapper's. */
public final class ConstraintOracle {
  private final Problem problem;

  public ConstraintOracle(Problem problem) {
    this.problem = problem;
  }

  /**
   * The mapping with its neighbouring storage nodes in an order with which all constraints on its
   * structure hold; empty if there is none. A temporal loop is at the memory of the storage node
   * right above, so of those that stand together it matters which is last.
   */
  public Optional<LoopTree> anyOrder(LoopTree mapping) {
    boolean orderMatters =
        problem.constraints().all().stream()
            .anyMatch(
                c -> c instanceof Constraint.TemporalFactor || c instanceof Constraint.LoopOrder);
    List<LoopTree> orders = orderMatters ? orders(mapping) : List.of(mapping);
    return orders.stream().filter(this::structureHolds).findFirst();
  }

  /** All choices of the last memory of each group of storage nodes. */
  static List<LoopTree> orders(LoopTree mapping) {
    List<List<MappingNode>> orders = new ArrayList<>(List.of(new ArrayList<>()));
    List<MappingNode> nodes = mapping.nodes();
    String outermost = ((Storage) nodes.getFirst()).memory();
    for (int from = 0; from < nodes.size(); ) {
      int to = from + 1;
      while (to < nodes.size()
          && nodes.get(from) instanceof Storage
          && nodes.get(to) instanceof Storage) {
        to++;
      }
      List<List<MappingNode>> choices = lastNodes(nodes.subList(from, to), outermost);
      List<List<MappingNode>> longer = new ArrayList<>();
      for (List<MappingNode> order : orders) {
        for (List<MappingNode> choice : choices) {
          var next = new ArrayList<>(order);
          next.addAll(choice);
          longer.add(next);
        }
      }
      orders = longer;
      from = to;
    }
    return orders.stream().map(LoopTree::new).toList();
  }

  private static List<List<MappingNode>> lastNodes(List<MappingNode> group, String outermost) {
    List<List<MappingNode>> choices = new ArrayList<>(List.of(group));
    Set<String> memories = new HashSet<>();
    Set<String> tensors = new HashSet<>();
    for (MappingNode node : group.reversed()) {
      if (!(node instanceof Storage s) || s.memory().equals(outermost)) {
        break;
      }
      // what another node of the same tensor follows cannot be last
      boolean canBeLast = tensors.add(s.tensor());
      boolean isLast = node.equals(group.getLast());
      if (canBeLast && memories.add(s.memory()) && !isLast) {
        var order = new ArrayList<>(group);
        order.remove(node);
        order.addLast(node);
        choices.add(order);
      }
    }
    return choices;
  }

  /** Whether all constraints hold that ask for no cost. */
  boolean structureHolds(LoopTree mapping) {
    return problem.constraints().all().stream().allMatch(c -> holds(c, mapping));
  }

  /** Whether all limits of cost hold. */
  public boolean limitsHold(Evaluation e) {
    return problem.constraints().all().stream()
        .allMatch(
            c ->
                switch (c) {
                  case Constraint.MaxEnergy m -> e.energyPj() <= m.energyPj();
                  case Constraint.MaxLatency m -> e.latencyS() <= m.latencyS();
                  case Constraint.MaxArea m -> e.areaUm2() <= m.areaUm2();
                  default -> true;
                });
  }

  private boolean holds(Constraint constraint, LoopTree mapping) {
    return switch (constraint) {
      case Constraint.Kept c ->
          tensors(c.tensors()).stream().allMatch(t -> keeps(mapping, c.memory(), t));
      case Constraint.Bypassed c ->
          tensors(c.tensors()).stream().noneMatch(t -> keeps(mapping, c.memory(), t));
      case Constraint.TemporalFactor c -> {
        long product = 1;
        for (Nest.Bound b : at(c.memory(), mapping)) {
          product *= b.loop().variable().equals(c.variable()) ? b.count() : 1;
        }
        yield !exists(c.variable()) || (c.least() <= product && product <= c.most());
      }
      case Constraint.SpatialFactor c -> {
        long product = 1;
        for (Nest.Bound b : on(c.fanout(), mapping)) {
          product *=
              spreads(b.loop(), c.dimension()) && b.loop().variable().equals(c.variable())
                  ? b.count()
                  : 1;
        }
        yield !exists(c.variable()) || (c.least() <= product && product <= c.most());
      }
      case Constraint.LoopOrder c -> {
        List<String> loops =
            at(c.memory(), mapping).stream().map(b -> b.loop().variable()).toList();
        List<String> wanted = c.variables().stream().filter(loops::contains).toList();
        int from = c.innermost() ? loops.size() - wanted.size() : 0;
        yield loops.size() >= wanted.size()
            && loops.subList(from, from + wanted.size()).equals(wanted);
      }
      case Constraint.SpatialVariables c ->
          on(c.fanout(), mapping).stream()
              .filter(b -> spreads(b.loop(), c.dimension()))
              .allMatch(b -> c.variables().contains(b.loop().variable()));
      case Constraint.MinUtilization c -> {
        double used = 1;
        for (Nest.Bound b : on(c.fanout(), mapping)) {
          used *= b.count();
        }
        var fanout = (Fanout) problem.architecture().node(c.fanout());
        yield used / fanout.children() >= c.share();
      }
      case Constraint.MaxEnergy _, Constraint.MaxLatency _, Constraint.MaxArea _ -> true;
    };
  }

  private List<TensorAccess> tensors(Set<String> names) {
    return problem.einsum().tensors().stream().filter(t -> Keep.names(names, t)).toList();
  }

  private boolean exists(String variable) {
    return problem.einsum().variables().stream().map(RankVariable::name).anyMatch(variable::equals);
  }

  private static boolean keeps(LoopTree mapping, String memory, TensorAccess tensor) {
    return mapping.nodes().contains(new Storage(memory, tensor.name()));
  }

  private static boolean spreads(Loop loop, String dimension) {
    return loop instanceof Spatial s && s.dimension().equals(dimension);
  }

  private List<Nest.Bound> on(String fanout, LoopTree mapping) {
    return Nest.of(problem.einsum(), mapping).loops().stream()
        .filter(b -> b.loop() instanceof Spatial s && s.fanout().equals(fanout))
        .toList();
  }

  /** The temporal loops whose nearest storage node above is of the memory; all iterate. */
  private List<Nest.Bound> at(String memory, LoopTree mapping) {
    List<Nest.Bound> at = new ArrayList<>();
    for (Nest.Bound b : Nest.of(problem.einsum(), mapping).loops()) {
      int above = b.node();
      while (!(mapping.nodes().get(above) instanceof Storage)) {
        above--;
      }
      if (b.loop() instanceof Temporal
          && b.count() > 1
          && mapping.nodes().get(above) instanceof Storage s
          && s.memory().equals(memory)) {
        at.add(b);
      }
    }
    return Collections.unmodifiableList(at);
  }
}
