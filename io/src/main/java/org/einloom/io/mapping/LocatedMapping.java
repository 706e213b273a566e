package org.einloom.io.mapping;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Node;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.mapping.InvalidMappingException;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * A mapping that knows where its parts stand.
 *
 * @param layer the layer it is for
 * @param tree the mapping
 * @param compute the compute that it ends in, if it says so
 * @param at where it begins
 * @param nodes where each node of the tree stands, and then the compute, if the file has it
 */
public record LocatedMapping(
    String layer, LoopTree tree, Optional<String> compute, Position at, List<Position> nodes) {
  public LocatedMapping {
    nodes = List.copyOf(nodes);
  }

  /**
   * Returns when the mapping is legal.
   *
   * @throws InputException pointing to the node that breaks a rule
   */
  public void check(Einsum einsum, Architecture architecture) {
    try {
      Legality.check(einsum, architecture, tree);
    } catch (InvalidMappingException e) {
      boolean whole = e.node() < 0;
      throw new InputException(
          whole ? at : nodes.get(e.node()),
          String.valueOf(e.getMessage()),
          whole ? "" : didYouMean(e.node(), einsum, architecture),
          e);
    }
  }

  /**
   * The path of the design that it is for.
   *
   * @throws InputException pointing to the node that breaks a rule
   */
  PlacedMapping place(Einsum einsum, Design design) {
    Set<String> names = new HashSet<>();
    for (MappingNode node : tree.nodes()) {
      switch (node) {
        case Storage s -> names.add(s.memory());
        case Spatial s -> names.add(s.fanout());
        case Loop l -> {}
      }
    }
    Architecture path =
        at.locate(() -> PlacedMapping.path(design, einsum, Set.copyOf(names), compute));
    if (compute.isPresent() && !path.compute().name().equals(compute.get())) {
      throw nodes
          .getLast()
          .error(
              "compute " + Words.quote(compute.get()) + " is unknown",
              "expected '" + path.compute().name() + "'");
    }
    check(einsum, path);
    return new PlacedMapping(tree, path);
  }

  private String didYouMean(int node, Einsum einsum, Architecture architecture) {
    List<String> tensors = einsum.tensors().stream().map(TensorAccess::name).toList();
    List<String> variables = einsum.variables().stream().map(RankVariable::name).toList();
    List<String> hardware = architecture.nodes().stream().map(Node::name).toList();
    return switch (tree.nodes().get(node)) {
      case Storage s -> first(() -> slip(s.tensor(), tensors), () -> slip(s.memory(), hardware));
      case Spatial s ->
          first(
              () -> slip(s.variable(), variables),
              () -> slip(s.fanout(), hardware),
              () -> slip(s.dimension(), dimensions(s.fanout(), architecture)));
      case Loop l -> slip(l.variable(), variables);
    };
  }

  private static List<String> dimensions(String fanout, Architecture architecture) {
    return architecture.fanouts().stream()
        .filter(f -> f.name().equals(fanout))
        .flatMap(f -> f.dimensions().stream())
        .map(Fanout.Dimension::name)
        .toList();
  }

  private static String slip(String given, List<String> known) {
    return known.contains(given) ? "" : Words.didYouMean(given, known);
  }

  @SafeVarargs
  private static String first(Supplier<String>... hints) {
    for (Supplier<String> hint : hints) {
      String text = hint.get();
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
