package org.einloom.description;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.Flows;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * What the network of a fanout does with the words of a tensor that is kept above it.
 *
 * @param fanout its name
 * @param tensor its name
 * @param role of the tensor
 * @param inside words that cross the lower face of the fanout, over all instances
 * @param outside words that cross its upper face: requests after they were merged, or results after
 *     they were added up
 */
public record Sharing(String fanout, String tensor, Role role, long inside, long outside) {
  /** To how many children a word goes, or of how many a result is added up, on average. */
  public double factor() {
    return (double) inside / outside;
  }

  /** Every tensor at every fanout that it crosses, outermost first. */
  static List<Sharing> of(MappedLayer layer) {
    List<Sharing> all = new ArrayList<>();
    for (Fanout f : layer.path().fanouts()) {
      for (TensorAccess t : layer.einsum().tensors()) {
        long inside = words(t, layer.flows(f.name(), t.name()));
        OptionalLong outside = outside(layer, f, t);
        if (inside > 0 && outside.isPresent() && outside.getAsLong() > 0) {
          all.add(new Sharing(f.name(), t.name(), t.role(), inside, outside.getAsLong()));
        }
      }
    }
    return all;
  }

  /** What leaves the nearest fanout or keeping memory above towards this one, or arrives there. */
  private static OptionalLong outside(MappedLayer layer, Fanout fanout, TensorAccess t) {
    int index = layer.path().indexOf(fanout.name());
    for (Node node : layer.path().nodes().subList(0, index).reversed()) {
      boolean counts =
          node instanceof Fanout
              || (node instanceof Memory m
                  && layer.mapping().nodes().contains(new Storage(m.name(), t.name())));
      if (counts) {
        return OptionalLong.of(words(t, layer.flows(node.name(), t.name())));
      }
    }
    return OptionalLong.empty();
  }

  private static long words(TensorAccess t, Flows flows) {
    return t.role() == Role.OUTPUT ? flows.updates() : flows.reads();
  }
}
