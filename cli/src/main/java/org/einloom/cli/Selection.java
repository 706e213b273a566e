package org.einloom.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;

/**
 * The distinct layers of a workload that a command works on.
 *
 * @param named whether they are one that the user named
 */
record Selection(List<Entry> entries, boolean named) {
  /**
   * A distinct layer.
   *
   * @param layer the occurrence that the user named, else the first
   * @param names of all occurrences
   */
  record Entry(Layer layer, List<String> names) {
    long repeats() {
      return names.size();
    }
  }

  /** All layers, or the one that the user named, with its repetitions. */
  static Selection of(Workload workload, Optional<String> layer) {
    Map<Layer.Computation, List<Layer>> distinct = new LinkedHashMap<>();
    for (Layer l : workload.layers()) {
      distinct.computeIfAbsent(l.computation(), k -> new ArrayList<>()).add(l);
    }
    List<Entry> all = distinct.values().stream().map(same -> entry(same.getFirst(), same)).toList();
    if (layer.isEmpty()) {
      return new Selection(all, false);
    }
    return distinct.values().stream()
        .flatMap(
            same ->
                same.stream().filter(l -> l.name().equals(layer.get())).map(l -> entry(l, same)))
        .findFirst()
        .map(e -> new Selection(List.of(e), true))
        .orElseThrow(() -> unknown(workload, layer.get()));
  }

  /**
   * The same, where layers of one computation are distinct if they differ in something else. Of a
   * layer that the user named, its like alone.
   *
   * @param by what they may differ in, by name
   */
  Selection apart(Workload workload, Function<String, ?> by) {
    Map<String, Layer> layers = new HashMap<>();
    workload.layers().forEach(l -> layers.put(l.name(), l));
    List<Entry> all = new ArrayList<>();
    for (Entry e : entries) {
      Map<Object, List<String>> groups = new LinkedHashMap<>();
      for (String name : e.names()) {
        groups.computeIfAbsent(by.apply(name), k -> new ArrayList<>()).add(name);
      }
      for (List<String> group : groups.values()) {
        boolean own = group.contains(e.layer().name());
        if (own || !named) {
          Layer first = own ? e.layer() : layers.get(group.getFirst());
          all.add(new Entry(Objects.requireNonNull(first), group));
        }
      }
    }
    return new Selection(all, named);
  }

  /** The names of each. */
  List<List<String>> names() {
    return entries.stream().map(Entry::names).toList();
  }

  private static Entry entry(Layer layer, List<Layer> same) {
    return new Entry(layer, same.stream().map(Layer::name).toList());
  }

  private static InvalidSpecException unknown(Workload workload, String name) {
    List<String> known = workload.layers().stream().map(Layer::name).toList();
    return new InvalidSpecException(
        "workload '%s' has no layer %s; the command 'workload' lists them%s"
            .formatted(workload.name(), Words.quote(name), Names.guess(name, known)));
  }
}
