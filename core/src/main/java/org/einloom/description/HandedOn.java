package org.einloom.description;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.counts.Flows;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * What the children of a fanout hand on to those next to them.
 *
 * @param fanout its name
 * @param tensor its name
 * @param role of the tensor
 * @param words that pass the links, over all instances
 * @param fromAbove words that cross the lower face of the fanout instead
 */
public record HandedOn(String fanout, String tensor, Role role, long words, long fromAbove) {
  /** The share of what the children get. */
  public double share() {
    return (double) words / ((double) words + fromAbove);
  }

  /** Every tensor at every fanout that hands on some of it, outermost first. */
  static List<HandedOn> of(MappedLayer layer) {
    List<HandedOn> all = new ArrayList<>();
    for (Fanout f : layer.path().fanouts()) {
      for (TensorAccess t : layer.einsum().tensors()) {
        Flows flows = layer.flows(f.name(), t.name());
        if (flows.links() > 0) {
          all.add(new HandedOn(f.name(), t.name(), t.role(), flows.links(), flows.reads()));
        }
      }
    }
    return all;
  }
}
