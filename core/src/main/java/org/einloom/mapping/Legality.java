package org.einloom.mapping;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * The rules a mapping must follow whatever it costs: names known, loops that cover every rank
 * variable, storage in the order of the architecture, fanouts not exceeded. Capacity is not among
 * them; it follows from tile sizes, which the model knows.
 */
public final class Legality {
  /** More than any search or person makes; what walks through loops may recurse so deep. */
  private static final int MOST_NODES = 1000;

  private Legality() {}

  /**
   * Returns when the mapping is legal.
   *
   * @throws InvalidMappingException naming the first node that breaks a rule, and the rule
   */
  public static void check(Einsum einsum, Architecture architecture, LoopTree mapping) {
    if (mapping.nodes().size() > MOST_NODES) {
      throw new InvalidMappingException(
          MOST_NODES,
          "the mapping has "
              + mapping.nodes().size()
              + " nodes; expected at most "
              + MOST_NODES
              + ": leave out loops with one iteration");
    }
    Map<String, Long> size = new HashMap<>();
    for (RankVariable v : einsum.variables()) {
      size.put(v.name(), v.extent());
    }
    Map<String, Integer> innermost = new HashMap<>();
    Map<String, Integer> innermostLoop = new HashMap<>();
    Map<String, Long> spread = new HashMap<>();
    Set<String> outermostSeen = new HashSet<>();
    boolean loopSeen = false;
    int deepestFanout = -1;
    int deepestStorage = -1;
    for (int i = 0; i < mapping.nodes().size(); i++) {
      switch (mapping.nodes().get(i)) {
        case Storage s -> {
          TensorAccess tensor = tensor(einsum, s, i);
          int at = memory(architecture, s, tensor, i);
          if (loopSeen && outermostSeen.add(s.tensor())) {
            throw new InvalidMappingException(
                i,
                "tensor '"
                    + s.tensor()
                    + "' is first kept at '"
                    + s.memory()
                    + "' below a loop; its outermost storage must come before any loop");
          }
          outermostSeen.add(s.tensor());
          Integer above = innermost.put(s.tensor(), at);
          if (above != null && above >= at) {
            throw new InvalidMappingException(
                i,
                "tensor '"
                    + s.tensor()
                    + "' is kept at '"
                    + s.memory()
                    + "' below '"
                    + architecture.nodes().get(above).name()
                    + "'; its storage nodes must follow the order of the architecture");
          }
          if (at < deepestFanout) {
            throw new InvalidMappingException(
                i,
                "storage at '"
                    + s.memory()
                    + "' stands below a spatial loop of fanout '"
                    + architecture.nodes().get(deepestFanout).name()
                    + "', which is below that memory; move it above the loop");
          }
          deepestStorage = Math.max(deepestStorage, at);
        }
        case Loop loop -> {
          loopSeen = true;
          Long outer = size.get(loop.variable());
          if (outer == null) {
            throw new InvalidMappingException(
                i,
                "a loop iterates '"
                    + loop.variable()
                    + "', which is no rank variable of '"
                    + einsum.name()
                    + "'; expected one of "
                    + names(einsum));
          }
          if (loop.tile() > outer) {
            throw new InvalidMappingException(
                i,
                "the loop over '"
                    + loop.variable()
                    + "' has tile "
                    + loop.tile()
                    + ", larger than the "
                    + outer
                    + " above it; expected at most "
                    + outer);
          }
          size.put(loop.variable(), loop.tile());
          innermostLoop.put(loop.variable(), i);
          if (loop instanceof Spatial s) {
            int at = fanout(einsum, architecture, s, i);
            if (at < deepestFanout || at < deepestStorage) {
              int below = Math.max(deepestFanout, deepestStorage);
              throw new InvalidMappingException(
                  i,
                  "the spatial loop of fanout '"
                      + s.fanout()
                      + "' stands below '"
                      + architecture.nodes().get(below).name()
                      + "'; it must come before everything below that fanout");
            }
            deepestFanout = at;
            spread(architecture, s, outer, spread, i);
          }
        }
      }
    }
    for (RankVariable v : einsum.variables()) {
      long left = size.getOrDefault(v.name(), 1L);
      if (left != 1) {
        throw new InvalidMappingException(
            innermostLoop.getOrDefault(v.name(), -1),
            "the loops over '"
                + v.name()
                + "' do not cover it: "
                + left
                + " of "
                + v.extent()
                + " values are left inside the innermost tile; its innermost loop needs tile 1");
      }
    }
    for (TensorAccess tensor : einsum.tensors()) {
      if (!outermostSeen.contains(tensor.name())) {
        throw new InvalidMappingException(
            -1,
            "tensor '"
                + tensor.name()
                + "' is kept nowhere; keep it in '"
                + architecture.nodes().getFirst().name()
                + "' before any loop");
      }
    }
    requireKeeps(einsum, architecture, mapping);
  }

  private static void requireKeeps(Einsum einsum, Architecture architecture, LoopTree mapping) {
    for (Memory memory : architecture.memories()) {
      for (TensorAccess tensor : einsum.tensors()) {
        if (memory.keep().requires(tensor)
            && !mapping.nodes().contains(new Storage(memory.name(), tensor.name()))) {
          throw new InvalidMappingException(
              -1,
              "memory '"
                  + memory.name()
                  + "' must keep tensor '"
                  + tensor.name()
                  + "', but the mapping has no such storage node; add it, or move the tensor to"
                  + " may_keep in the architecture");
        }
      }
    }
  }

  private static TensorAccess tensor(Einsum einsum, Storage s, int node) {
    try {
      return einsum.tensor(s.tensor());
    } catch (org.einloom.workload.InvalidSpecException e) {
      throw new InvalidMappingException(node, String.valueOf(e.getMessage()));
    }
  }

  private static int memory(Architecture architecture, Storage s, TensorAccess tensor, int node) {
    int at = index(architecture, s.memory(), node);
    if (!(architecture.nodes().get(at) instanceof Memory memory)) {
      throw new InvalidMappingException(
          node, "'" + s.memory() + "' is no Memory; only a Memory keeps tensors");
    }
    if (!memory.keep().allows(tensor)) {
      throw new InvalidMappingException(
          node,
          "memory '"
              + s.memory()
              + "' may not keep tensor '"
              + s.tensor()
              + "'; see its keep and may_keep");
    }
    return at;
  }

  private static int fanout(Einsum einsum, Architecture architecture, Spatial s, int node) {
    int at = index(architecture, s.fanout(), node);
    if (!(architecture.nodes().get(at) instanceof Fanout fanout)) {
      throw new InvalidMappingException(
          node, "'" + s.fanout() + "' is no Fanout; only a Fanout takes spatial loops");
    }
    for (Fanout.Dimension d : fanout.dimensions()) {
      if (d.name().equals(s.dimension())) {
        for (TensorAccess tensor : einsum.tensors()) {
          if (!d.allows(tensor, s.variable())) {
            throw new InvalidMappingException(
                node,
                "a spatial loop over '"
                    + s.variable()
                    + "' on dimension '"
                    + d.name()
                    + "' of fanout '"
                    + s.fanout()
                    + "' would index tensor '"
                    + tensor.name()
                    + "', which that dimension must not index");
          }
        }
        return at;
      }
    }
    throw new InvalidMappingException(
        node,
        "fanout '"
            + s.fanout()
            + "' has no dimension '"
            + s.dimension()
            + "'; it has "
            + fanout.dimensions().stream().map(Fanout.Dimension::name).toList());
  }

  private static void spread(
      Architecture architecture, Spatial s, long outer, Map<String, Long> spread, int node) {
    Fanout fanout = (Fanout) architecture.node(s.fanout());
    long size =
        fanout.dimensions().stream()
            .filter(d -> d.name().equals(s.dimension()))
            .mapToLong(Fanout.Dimension::size)
            .findFirst()
            .orElseThrow();
    long bound = Math.ceilDiv(outer, s.tile());
    String key = s.fanout() + "/" + s.dimension();
    long before = spread.getOrDefault(key, 1L);
    if (bound > size / before) {
      throw new InvalidMappingException(
          node,
          "spatial loops on dimension '"
              + s.dimension()
              + "' of fanout '"
              + s.fanout()
              + "' use "
              + before
              + " x "
              + bound
              + " children, but it has "
              + size
              + "; use a larger tile or another dimension");
    }
    spread.put(key, before * bound);
  }

  private static int index(Architecture architecture, String name, int node) {
    try {
      return architecture.indexOf(name);
    } catch (org.einloom.workload.InvalidSpecException e) {
      throw new InvalidMappingException(node, String.valueOf(e.getMessage()));
    }
  }

  private static String names(Einsum einsum) {
    return einsum.variables().stream().map(RankVariable::name).toList().toString();
  }
}
