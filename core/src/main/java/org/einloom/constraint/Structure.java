package org.einloom.constraint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.mapping.Nest;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * What structural constraints ask about in a mapping.
 *
 * @param kept the storage nodes
 * @param loops outermost first
 */
record Structure(Einsum einsum, Architecture architecture, Set<Storage> kept, List<Placed> loops) {
  /**
   * A loop and where it is.
   *
   * @param memory the one it is at
   */
  private record Placed(MappingNode.Loop loop, long count, String memory) {
    boolean temporalAt(String name) {
      return loop instanceof Temporal && memory.equals(name);
    }

    boolean spatialOf(String fanout) {
      return loop instanceof Spatial s && s.fanout().equals(fanout);
    }

    boolean spatialOf(String fanout, String dimension) {
      return spatialOf(fanout) && loop instanceof Spatial s && s.dimension().equals(dimension);
    }
  }

  /** The structure of a mapping that is legal. */
  static Structure of(Einsum einsum, Architecture architecture, LoopTree mapping) {
    Map<Integer, String> memoryAt = new HashMap<>();
    String memory = architecture.nodes().getFirst().name();
    for (int i = 0; i < mapping.nodes().size(); i++) {
      if (mapping.nodes().get(i) instanceof Storage s) {
        memory = s.memory();
      }
      memoryAt.put(i, memory);
    }
    var loops =
        Nest.of(einsum, mapping).loops().stream()
            .map(b -> new Placed(b.loop(), b.count(), memoryAt.getOrDefault(b.node(), "")))
            .toList();
    Set<Storage> kept =
        mapping.nodes().stream()
            .filter(Storage.class::isInstance)
            .map(Storage.class::cast)
            .collect(Collectors.toUnmodifiableSet());
    return new Structure(einsum, architecture, kept, loops);
  }

  boolean satisfies(Constraint.Structural constraint) {
    return switch (constraint) {
      case Constraint.Kept k -> named(k.tensors()).stream().allMatch(t -> keeps(k.memory(), t));
      case Constraint.Bypassed b ->
          named(b.tensors()).stream().noneMatch(t -> keeps(b.memory(), t));
      case Constraint.TemporalFactor f ->
          !has(f.variable())
              || within(f.least(), f.most(), product(f.variable(), l -> l.temporalAt(f.memory())));
      case Constraint.SpatialFactor f ->
          !has(f.variable())
              || within(
                  f.least(),
                  f.most(),
                  product(f.variable(), l -> l.spatialOf(f.fanout(), f.dimension())));
      case Constraint.LoopOrder o -> ordered(o);
      case Constraint.SpatialVariables v ->
          loops.stream()
              .filter(l -> l.spatialOf(v.fanout(), v.dimension()) && l.count() > 1)
              .allMatch(l -> v.variables().contains(l.loop().variable()));
      case Constraint.MinUtilization u -> used(u.fanout()) >= u.share();
    };
  }

  private List<TensorAccess> named(Set<String> tensors) {
    return einsum.tensors().stream().filter(t -> Keep.names(tensors, t)).toList();
  }

  private boolean keeps(String memory, TensorAccess tensor) {
    return kept.contains(new Storage(memory, tensor.name()));
  }

  private boolean has(String variable) {
    return einsum.variables().stream().anyMatch(v -> v.name().equals(variable));
  }

  private static boolean within(long least, long most, long factor) {
    return least <= factor && factor <= most;
  }

  /** The largest long stands for everything beyond it, as it does for no limit. */
  private long product(String variable, Predicate<Placed> which) {
    return loops.stream()
        .filter(which)
        .filter(l -> l.loop().variable().equals(variable))
        .mapToLong(Placed::count)
        .reduce(1, (a, b) -> a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b);
  }

  private boolean ordered(Constraint.LoopOrder order) {
    List<String> there =
        loops.stream()
            .filter(l -> l.temporalAt(order.memory()) && l.count() > 1)
            .map(l -> l.loop().variable())
            .toList();
    // no more than there are loops: each of these is over some variable that is there
    List<String> asked = order.variables().stream().filter(there::contains).toList();
    int from = order.innermost() ? there.size() - asked.size() : 0;
    return there.subList(from, from + asked.size()).equals(asked);
  }

  private double used(String fanout) {
    double used = 1;
    for (Placed l : loops) {
      used *= l.spatialOf(fanout) ? l.count() : 1;
    }
    // one rounding, as when the share was read: 7 of 100 is exactly a share of 0.07
    return used / ((Fanout) architecture.node(fanout)).children();
  }
}
