package org.einloom.description;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.Nest;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;

/**
 * What is spread along one dimension of a fanout.
 *
 * @param fanout its name
 * @param dimension its name
 * @param size children along it
 * @param used children that get work: the product of the parts' counts
 * @param parts the rank variables that are spread along it, outermost first; empty where none is
 */
public record Spread(String fanout, String dimension, long size, long used, List<Part> parts) {
  /**
   * A rank variable that is spread.
   *
   * @param count into how many parts
   */
  public record Part(String variable, long count) {}

  public Spread {
    parts = List.copyOf(parts);
  }

  /** Every dimension of every fanout on the path, outermost first. */
  static List<Spread> of(Einsum einsum, Architecture path, LoopTree mapping) {
    Nest nest = Nest.of(einsum, mapping);
    List<Spread> spreads = new ArrayList<>();
    for (Fanout f : path.fanouts()) {
      for (Fanout.Dimension d : f.dimensions()) {
        List<Part> parts = new ArrayList<>();
        long used = 1;
        for (Nest.Bound b : nest.loops()) {
          if (b.loop() instanceof Spatial s
              && b.count() > 1
              && s.fanout().equals(f.name())
              && s.dimension().equals(d.name())) {
            parts.add(new Part(s.variable(), b.count()));
            used = Checked.multiply(used, b.count(), "the children in use");
          }
        }
        spreads.add(new Spread(f.name(), d.name(), d.size(), used, parts));
      }
    }
    return spreads;
  }
}
