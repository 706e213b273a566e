package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.TensorAccess;

/** Where words of tensors pass on their way between memories. */
final class Routes {
  private final Architecture architecture;
  private final LoopTree mapping;
  private final Map<String, List<String>> memories = new HashMap<>();

  Routes(Architecture architecture, LoopTree mapping) {
    this.architecture = architecture;
    this.mapping = mapping;
    for (MappingNode n : mapping.nodes()) {
      if (n instanceof Storage s) {
        memories.computeIfAbsent(s.tensor(), _ -> new ArrayList<>()).add(s.memory());
      }
    }
  }

  /** The memories that keep a tensor, outermost first. */
  List<String> memories(TensorAccess tensor) {
    return memories.getOrDefault(tensor.name(), List.of());
  }

  /**
   * The fanouts and tolls between a place of a tensor and its parent, the innermost first.
   *
   * @param place of its memories, or their number for the compute
   */
  List<Node> between(TensorAccess t, int place) {
    List<String> memories = memories(t);
    int parent = architecture.indexOf(memories.get(place - 1));
    int child =
        place < memories.size()
            ? architecture.indexOf(memories.get(place))
            : architecture.nodes().size() - 1;
    var nodes = new ArrayList<Node>();
    for (int at = child - 1; at > parent; at--) {
      Node node = architecture.nodes().get(at);
      if (node instanceof Fanout || (node instanceof Toll toll && toll.charges(t))) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** The place of a tensor's storage node in the mapping; after all nodes for the compute. */
  int node(TensorAccess t, int place) {
    List<String> memories = memories(t);
    return place < memories.size()
        ? mapping.nodes().indexOf(new Storage(memories.get(place), t.name()))
        : mapping.nodes().size();
  }
}
