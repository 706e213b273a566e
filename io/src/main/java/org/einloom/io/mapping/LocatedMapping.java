package org.einloom.io.mapping;

import java.util.List;
import java.util.function.Supplier;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Node;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.mapping.InvalidMappingException;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
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
 * @param at where it begins
 * @param nodes where each node of the tree stands
 */
public record LocatedMapping(String layer, LoopTree tree, Position at, List<Position> nodes) {
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
