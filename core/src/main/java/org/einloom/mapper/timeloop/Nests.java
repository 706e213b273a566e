package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.TensorAccess;

/** Mappings that were found, written down. */
final class Nests {
  private Nests() {}

  /** The nest of a label that is a mapping. */
  static Nest of(Problem problem, Label label) {
    List<List<Nest.Loop>> time = new ArrayList<>();
    for (int p = 0; p < problem.levels; p++) {
      time.add(new ArrayList<>());
    }
    for (Label l = label; l != null; l = l.before()) {
      if (l.dim() >= 0) {
        time.get(l.level())
            .add(new Nest.Loop(problem.dimName[l.dim()], l.count(), l.count(), Nest.Axis.TIME));
      }
    }
    List<Nest.Level> levels = new ArrayList<>();
    for (int p = 0; p < problem.levels; p++) {
      Set<String> keeps = new HashSet<>();
      for (int t = 0; t < problem.tensors; t++) {
        if (label.structure().keeps[p][t]) {
          keeps.add(problem.tensorName[t]);
        }
      }
      levels.add(
          new Nest.Level(
              problem.space.levels().get(p).memory(),
              keeps,
              time.get(p),
              label.structure().space.get(p).stream()
                  .map(l -> new Nest.Loop(problem.dimName[l.dim()], l.count(), l.count(), l.axis()))
                  .toList(),
              problem.space.levels().get(p).noReuse().inSpace(),
              problem.space.levels().get(p).noReuse().byNeighbours(),
              problem.space.levels().get(p).noReuse().inTime(),
              problem.space.levels().get(p).noReuse().firstRead(),
              Optional.empty()));
    }
    return new Nest(problem.space.einsum(), levels, List.of());
  }

  /** The same as a LoopTree: storage of a level stands before its loops in time. */
  static LoopTree tree(Nest nest, Architecture architecture) {
    Map<String, Long> tile = new HashMap<>(nest.extents());
    List<MappingNode> nodes = new ArrayList<>();
    for (Nest.Level level : nest.levels()) {
      for (TensorAccess t : nest.einsum().tensors()) {
        if (level.keeps().contains(t.name())) {
          nodes.add(new MappingNode.Storage(level.memory(), t.name()));
        }
      }
      for (Nest.Loop l : level.all()) {
        long inside = tile.getOrDefault(l.dimension(), 1L) / l.count();
        tile.put(l.dimension(), inside);
        nodes.add(
            l.axis() == Nest.Axis.TIME
                ? new MappingNode.Temporal(l.dimension(), inside)
                : new MappingNode.Spatial(
                    fanout(architecture, level.memory()), l.axis().name(), l.dimension(), inside));
      }
    }
    return new LoopTree(nodes);
  }

  private static String fanout(Architecture architecture, String memory) {
    int at = architecture.indexOf(memory);
    if (architecture.nodes().get(at + 1) instanceof Fanout f) {
      return f.name();
    }
    throw new IllegalStateException("no fanout below " + memory);
  }
}
