package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;

/** The names of all layers that are one computation, by the name of the first. */
final class Occurrences {
  private Occurrences() {}

  static Map<String, List<String>> of(Workload workload) {
    record Key(String operator, Einsum einsum) {}
    Map<Key, List<String>> same = new LinkedHashMap<>();
    for (Layer l : workload.layers()) {
      same.computeIfAbsent(new Key(l.operator(), l.einsum().named("")), k -> new ArrayList<>())
          .add(l.name());
    }
    var byFirst = new LinkedHashMap<String, List<String>>();
    same.values().forEach(names -> byFirst.put(names.getFirst(), names));
    return byFirst;
  }
}
