package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Layer;
import org.einloom.workload.Links;
import org.einloom.workload.Links.Source;
import org.einloom.workload.TensorAccess;

/**
 * Which Einsums of a file feed which, by the names of their tensors: an operand is the result of
 * the last Einsum before that has a result of that name. Results that no later Einsum reads leave
 * the workload.
 */
final class LinksByName {
  private LinksByName() {}

  static Links links(List<Layer> layers) {
    Map<String, Integer> made = new HashMap<>();
    List<List<Source>> operands = new ArrayList<>();
    boolean[] read = new boolean[layers.size()];
    for (int i = 0; i < layers.size(); i++) {
      List<Source> sources = new ArrayList<>();
      for (TensorAccess t : layers.get(i).einsum().operands()) {
        Integer from = made.get(t.tensor());
        if (from == null) {
          sources.add(new Links.Outside());
        } else {
          read[from] = true;
          boolean whole = layers.get(from).einsum().output().words() == t.words();
          sources.add(whole ? new Links.Result(from) : new Links.Parts(List.of(from)));
        }
      }
      operands.add(sources);
      made.put(layers.get(i).einsum().output().tensor(), i);
    }
    List<Links.Ends> ends = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      ends.add(new Links.Ends(operands.get(i), read[i] ? Links.Leaves.NOT : Links.Leaves.WHOLE));
    }
    return new Links(ends);
  }
}
