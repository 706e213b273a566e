package org.einloom.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Counts;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/**
 * A layer some of whose tensors lie as a whole in a memory of the chip in place of the outermost
 * one; all else of its mapping stays.
 *
 * @param evaluation what it then costs
 * @param heldBits the most that the layer itself then holds in that memory
 */
record Relocated(Evaluation evaluation, long heldBits) {

  /**
   * The layer, with these tensors there.
   *
   * @param memory on the path of the layer, and not its outermost; there is one of it
   * @param tensors access names; may be none
   * @return empty if the memory may not keep them, does not hold them beside what else the mapping
   *     keeps there, or what it takes cannot be counted
   */
  static Optional<Relocated> of(
      Einsum einsum,
      Architecture path,
      LoopTree mapping,
      Memory memory,
      Set<String> tensors,
      Policy policy) {
    try {
      Architecture relaxed = withFreeOutermost(path);
      LoopTree moved = moved(mapping, path, memory, tensors);
      Counts counts = DenseModel.analyze(einsum, relaxed, moved).counts();
      return Optional.of(
          new Relocated(
              Evaluator.evaluate(einsum, relaxed, counts, policy),
              heldBits(einsum, path.widths(), counts.component(memory.name()).occupancy())));
    } catch (InvalidSpecException e) {
      return Optional.empty(); // as the mapping is legal, it is the tensors there that are not
    }
  }

  /** Whether there is one of the memory, inside the outermost one, and it has a size. */
  static boolean isCandidate(Architecture path, Memory memory) {
    if (memory.capacityBits().isEmpty() || path.memories().getFirst().equals(memory)) {
      return false;
    }
    return path.nodes().stream()
        .takeWhile(n -> !n.equals(memory))
        .noneMatch(n -> n instanceof Fanout f && f.children() > 1);
  }

  /** The tensors whole in that memory before any loop, and in no memory further out. */
  static LoopTree moved(LoopTree mapping, Architecture path, Memory memory, Set<String> tensors) {
    int at = path.indexOf(memory.name());
    List<MappingNode> nodes = new ArrayList<>();
    for (MappingNode node : mapping.nodes()) {
      boolean replaced =
          node instanceof Storage s
              && tensors.contains(s.tensor())
              && path.indexOf(s.memory()) <= at;
      if (!replaced) {
        nodes.add(node);
      }
    }
    int first = 0;
    while (first < nodes.size()
        && nodes.get(first) instanceof Storage s
        && path.indexOf(s.memory()) < at) {
      first++;
    }
    nodes.addAll(first, tensors.stream().sorted().map(t -> new Storage(memory.name(), t)).toList());
    return new LoopTree(nodes);
  }

  /** As far as mappings go, nothing has to be in the outermost memory. */
  private static Architecture withFreeOutermost(Architecture path) {
    Memory m = path.memories().getFirst();
    Set<String> may =
        Stream.concat(m.keep().must().stream(), m.keep().may().stream())
            .collect(Collectors.toSet());
    List<Node> nodes = new ArrayList<>(path.nodes());
    nodes.set(
        0,
        new Memory(
            m.name(),
            m.capacityBits(),
            new Keep(Set.of(), may),
            m.actions(),
            m.sharedPort(),
            m.areaUm2(),
            m.leakageUw()));
    return path.withNodes(nodes);
  }

  private static long heldBits(Einsum einsum, Widths widths, Map<String, Occupancy> occupancy) {
    long bits = 0;
    for (TensorAccess tensor : einsum.tensors()) {
      Occupancy held = occupancy.get(tensor.name());
      if (held != null) {
        bits += held.words() * (held.partial() ? widths.partialOf(tensor) : widths.of(tensor));
      }
    }
    return bits;
  }
}
