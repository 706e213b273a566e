package org.einloom.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.einloom.workload.Layer;
import org.einloom.workload.Links;
import org.einloom.workload.Links.Source;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;

/**
 * The results of layers that later layers read.
 *
 * @param readers by layer, the layers that read its result or what is made of it, ascending; empty
 *     for results that nothing reads
 */
record Intermediates(Workload workload, List<List<Integer>> readers) {

  static Intermediates of(Workload workload) {
    List<TreeSet<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < workload.layers().size(); i++) {
      readers.add(new TreeSet<>());
      for (Source source : workload.links().layers().get(i).operands()) {
        for (int from : source.layers()) {
          readers.get(from).add(i);
        }
      }
    }
    return new Intermediates(workload, readers.stream().map(List::copyOf).toList());
  }

  Layer layer(int i) {
    return workload.layers().get(i);
  }

  Links.Ends ends(int i) {
    return workload.links().layers().get(i);
  }

  /** How many results are read. */
  long count() {
    return readers.stream().filter(r -> !r.isEmpty()).count();
  }

  /** The operands of a layer that layers make or help to make. */
  List<TensorAccess> operands(int i) {
    List<TensorAccess> found = new ArrayList<>();
    List<TensorAccess> operands = layer(i).einsum().operands();
    for (int o = 0; o < operands.size(); o++) {
      if (!ends(i).operands().get(o).layers().isEmpty()) {
        found.add(operands.get(o));
      }
    }
    return found;
  }

  /**
   * The operands of a layer that are the whole result of another, word by word.
   *
   * @return empty if one of them is only made of it, so that the result is not all that is read
   */
  Optional<List<String>> whole(int reader, int from) {
    List<String> found = new ArrayList<>();
    List<TensorAccess> operands = layer(reader).einsum().operands();
    for (int o = 0; o < operands.size(); o++) {
      Source source = ends(reader).operands().get(o);
      if (source.layers().contains(from)) {
        boolean whole =
            source instanceof Links.Result
                && operands.get(o).words() == layer(from).einsum().output().words();
        if (!whole) {
          return Optional.empty();
        }
        found.add(operands.get(o).name());
      }
    }
    return Optional.of(found);
  }
}
