package org.einloom.testing;

import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * A legal mapping of an Einsum on an architecture.
 *
 * @param seed what {@link RandomCases#draw} drew it from; what it was shrunk from if it is smaller
 */
public record RandomCase(long seed, Einsum einsum, Architecture architecture, LoopTree mapping) {

  /** The case for a person to read, one node a line. */
  public String describe() {
    var text = new StringBuilder("case RandomCases.draw(" + seed + "L), or shrunk from it\n");
    text.append("einsum  ").append(einsum.expression()).append('\n');
    text.append("  extents ")
        .append(
            einsum.variables().stream()
                .map(v -> v.name() + "=" + v.extent())
                .collect(Collectors.joining(" ")))
        .append("\n  sizes   ");
    for (TensorAccess tensor : einsum.tensors()) {
      text.append(tensor.name())
          .append(tensor.ranks().stream().map(TensorAccess.Rank::size).toList())
          .append(' ');
    }
    text.append("\narchitecture\n");
    for (Node node : architecture.nodes()) {
      text.append("  ").append(describe(node)).append('\n');
    }
    text.append("mapping\n");
    String indent = "  ";
    for (MappingNode node : mapping.nodes()) {
      text.append(indent).append(describe(node)).append('\n');
      indent += node instanceof Storage ? "" : "  ";
    }
    return text.toString();
  }

  private static String describe(Node node) {
    return switch (node) {
      case Memory m -> "memory " + m.name();
      case Toll t -> "toll " + t.name() + " for " + t.tensors();
      case Compute c -> "compute " + c.name();
      case Fanout f ->
          "fanout "
              + f.name()
              + " "
              + f.dimensions().stream()
                  .map(
                      d ->
                          d.name()
                              + ":"
                              + d.size()
                              + (d.mustNotIndex().isEmpty() ? "" : " not " + d.mustNotIndex()))
                  .toList()
              + " multicast "
              + f.multicast()
              + ", reduce "
              + f.reduce()
              + f.links().map(l -> ", neighbours hand on " + l.tensors()).orElse("");
    };
  }

  private static String describe(MappingNode node) {
    return switch (node) {
      case Storage s -> "keep " + s.tensor() + " in " + s.memory();
      case Temporal t -> "for " + t.variable() + " by " + t.tile();
      case Spatial s ->
          "parallel "
              + s.variable()
              + " by "
              + s.tile()
              + " on "
              + s.fanout()
              + "."
              + s.dimension();
    };
  }
}
