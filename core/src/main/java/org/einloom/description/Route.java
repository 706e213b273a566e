package org.einloom.description;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Memory;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * The memories that a tensor passes through.
 *
 * @param tensor its name
 * @param role of the tensor
 * @param memories that keep it, outermost first
 * @param bypassed memories further in than the first that could keep it and do not
 */
public record Route(String tensor, Role role, List<String> memories, List<String> bypassed) {
  public Route {
    memories = List.copyOf(memories);
    bypassed = List.copyOf(bypassed);
  }

  static List<Route> of(MappedLayer layer) {
    List<Route> routes = new ArrayList<>();
    for (TensorAccess t : layer.einsum().tensors()) {
      List<String> memories = new ArrayList<>();
      List<String> bypassed = new ArrayList<>();
      for (Memory m : layer.path().memories()) {
        if (layer.mapping().nodes().contains(new Storage(m.name(), t.name()))) {
          memories.add(m.name());
        } else if (!memories.isEmpty() && m.keep().allows(t)) {
          bypassed.add(m.name());
        }
      }
      routes.add(new Route(t.name(), t.role(), memories, bypassed));
    }
    return routes;
  }
}
