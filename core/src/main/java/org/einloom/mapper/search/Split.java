package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Node;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;

/**
 * Fanouts of several dimensions as chains of fanouts of one, in every order, because loops may
 * stand between those of different dimensions. Merging dimension by dimension is merging; what
 * crosses the lower face of the whole crosses that of the innermost dimension. Loops along one
 * dimension stand together in a chain: a spatial loop may pass temporal loops over other variables.
 */
final class Split {
  private static final String MARK = "\u0000";
  private static final int MOST_ORDERS = 8;

  private Split() {}

  /**
   * Problems whose mapspaces together are that of the given one; empty where it cannot be split: a
   * limit to what a whole fanout transfers, or to how little of it may be used, would be lost.
   */
  static Optional<List<Problem>> of(Problem p) {
    List<List<Node>> chains = new ArrayList<>();
    chains.add(new ArrayList<>());
    for (Node node : p.nodes) {
      List<List<Node>> ways = ways(p, node);
      if (ways.isEmpty() || (long) chains.size() * ways.size() > MOST_ORDERS) {
        return Optional.empty();
      }
      List<List<Node>> next = new ArrayList<>();
      for (List<Node> chain : chains) {
        for (List<Node> way : ways) {
          List<Node> with = new ArrayList<>(chain);
          with.addAll(way);
          next.add(with);
        }
      }
      chains = next;
    }
    List<Constraint> constraints =
        p.options.constraints().all().stream().flatMap(c -> parts(p, c)).toList();
    MapperOptions options = p.options.withConstraints(new Constraints(constraints));
    return Optional.of(
        chains.stream()
            .map(
                nodes ->
                    new Problem(p.einsum, p.architecture.withNodes(nodes), p.objective, options))
            .toList());
  }

  private static List<List<Node>> ways(Problem p, Node node) {
    if (!(node instanceof Fanout f) || f.dimensions().size() == 1) {
      return List.of(List.of(node));
    }
    boolean limited = f.transfer().isPresent() && Double.isFinite(f.transfer().get().perCycle());
    boolean partly =
        p.options.constraints().all().stream()
            .anyMatch(
                c ->
                    c instanceof Constraint.MinUtilization u
                        && u.fanout().equals(f.name())
                        && u.share() < 1);
    if (limited || partly) {
      return List.of();
    }
    // along a dimension of which no use can be made there are no loops to put in order
    List<Fanout.Dimension> used = new ArrayList<>(f.dimensions());
    used.removeIf(d -> !Spread.uses(p, f, d));
    List<Fanout.Dimension> unused = new ArrayList<>(f.dimensions());
    unused.removeAll(used);
    List<List<Fanout.Dimension>> orders = new ArrayList<>();
    permute(used, unused, orders);
    return orders.stream().map(order -> chain(f, order)).toList();
  }

  /** What is asked of a fanout of several dimensions is asked of the links of its chain. */
  private static Stream<Constraint> parts(Problem p, Constraint c) {
    return switch (c) {
      case Constraint.SpatialFactor s when isSplit(p, s.fanout()) ->
          Stream.of(
              new Constraint.SpatialFactor(
                  s.origin(),
                  s.fanout() + MARK + s.dimension(),
                  s.dimension(),
                  s.variable(),
                  s.least(),
                  s.most()));
      case Constraint.SpatialVariables v when isSplit(p, v.fanout()) ->
          Stream.of(
              new Constraint.SpatialVariables(
                  v.origin(), v.fanout() + MARK + v.dimension(), v.dimension(), v.variables()));
      case Constraint.MinUtilization u when isSplit(p, u.fanout()) -> // all of it: see ways
          ((Fanout) p.architecture.node(u.fanout()))
              .dimensions().stream()
                  .map(
                      d ->
                          new Constraint.MinUtilization(
                              u.origin(), u.fanout() + MARK + d.name(), u.share()));
      default -> Stream.of(c);
    };
  }

  private static boolean isSplit(Problem p, String fanout) {
    return p.architecture.node(fanout) instanceof Fanout f && f.dimensions().size() > 1;
  }

  private static List<Node> chain(Fanout f, List<Fanout.Dimension> order) {
    List<Node> chain = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      boolean innermost = i == order.size() - 1;
      chain.add(
          new Fanout(
              f.name() + MARK + order.get(i).name(),
              List.of(order.get(i)),
              f.multicast(),
              f.reduce(),
              innermost ? f.transfer() : Optional.empty(),
              i == 0 ? f.areaUm2() : Figure.NONE,
              i == 0 ? f.leakageUw() : Figure.NONE));
    }
    return chain;
  }

  private static void permute(
      List<Fanout.Dimension> left,
      List<Fanout.Dimension> chosen,
      List<List<Fanout.Dimension>> orders) {
    if (left.isEmpty()) {
      orders.add(List.copyOf(chosen));
      return;
    }
    for (Fanout.Dimension d : left) {
      List<Fanout.Dimension> rest = new ArrayList<>(left);
      rest.remove(d);
      chosen.add(d);
      permute(rest, chosen, orders);
      chosen.removeLast();
    }
  }

  /** The mapping with the fanouts' own names. */
  static LoopTree joined(LoopTree mapping) {
    return new LoopTree(
        mapping.nodes().stream()
            .map(
                n ->
                    n instanceof MappingNode.Spatial s && s.fanout().contains(MARK)
                        ? new MappingNode.Spatial(
                            s.fanout().substring(0, s.fanout().indexOf(MARK)),
                            s.dimension(),
                            s.variable(),
                            s.tile())
                        : n)
            .toList());
  }
}
