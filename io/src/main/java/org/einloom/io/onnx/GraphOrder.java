package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import onnx.Onnx.NodeProto;
import org.einloom.workload.InvalidSpecException;

/**
 * An execution order of the nodes of a graph: that of the file where it is one, as the format
 * demands, and otherwise the one closest to it.
 */
final class GraphOrder {
  private final List<NodeProto> nodes;
  private final Map<String, Integer> makers = new HashMap<>();

  private GraphOrder(List<NodeProto> nodes) {
    this.nodes = nodes;
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        Integer other = output.isEmpty() ? null : makers.put(output, i);
        if (other != null) {
          throw new InvalidSpecException(
              "value '"
                  + output
                  + "' is made twice, by "
                  + Node.label(nodes.get(other), other)
                  + " and "
                  + Node.label(nodes.get(i), i));
        }
      }
    }
  }

  /** Indices of the nodes in execution order. Nodes that depend on each other are an error. */
  static List<Integer> of(List<NodeProto> nodes) {
    return new GraphOrder(nodes).sort();
  }

  private List<Integer> sort() {
    int[] waiting = new int[nodes.size()];
    List<List<Integer>> users = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      users.add(new ArrayList<>(1));
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (String input : nodes.get(i).getInputList()) {
        Integer maker = makers.get(input);
        if (maker != null) {
          users.get(maker).add(i);
          waiting[i]++;
        }
      }
    }
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < nodes.size(); i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    var order = new ArrayList<Integer>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(next);
      for (int user : users.get(next)) {
        if (--waiting[user] == 0) {
          ready.add(user);
        }
      }
    }
    if (order.size() < nodes.size()) {
      throw circle(waiting);
    }
    return order;
  }

  /**
   * Every node that still waits has an input made by one that does; following them ends in a ring.
   */
  private InvalidSpecException circle(int[] waiting) {
    int at = 0;
    while (waiting[at] == 0) {
      at++;
    }
    var seen = new LinkedHashSet<Integer>();
    while (seen.add(at)) {
      for (String input : nodes.get(at).getInputList()) {
        Integer maker = makers.get(input);
        if (maker != null && waiting[maker] > 0) {
          at = maker;
          break;
        }
      }
    }
    var ring = new ArrayList<>(seen);
    List<String> labels =
        ring.subList(ring.indexOf(at), ring.size()).reversed().stream()
            .limit(10)
            .map(i -> Node.label(nodes.get(i), i))
            .toList();
    return new InvalidSpecException(
        labels.size() == 1
            ? labels.get(0) + " depends on its own result"
            : "nodes depend on each other in a circle: " + String.join(", ", labels));
  }
}
