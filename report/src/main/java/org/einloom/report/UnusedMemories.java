package org.einloom.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Capacity;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** Memories that no layer uses, where the reason lies in the architecture and may be a mistake. */
final class UnusedMemories {
  private UnusedMemories() {}

  static List<String> notes(NetworkResult result) {
    Set<String> used = new HashSet<>();
    for (LayerResult l : result.layers()) {
      l.mapping().nodes().stream()
          .filter(Storage.class::isInstance)
          .forEach(n -> used.add(((Storage) n).memory()));
    }
    List<String> notes = new ArrayList<>();
    if (used.isEmpty()) {
      return notes; // mappings of nothing, as in tests
    }
    for (Memory m : memories(result)) {
      if (!used.contains(m.name())) {
        reason(m, result)
            .ifPresent(why -> notes.add("note: memory " + m.name() + " is never used: " + why));
      }
    }
    return notes;
  }

  private static List<Memory> memories(NetworkResult result) {
    return result.design().paths().stream().flatMap(p -> p.memories().stream()).distinct().toList();
  }

  private static Optional<String> reason(Memory m, NetworkResult result) {
    List<TensorAccess> allowed =
        result.layers().stream()
            .flatMap(l -> l.layer().einsum().tensors().stream())
            .filter(m.keep()::allows)
            .distinct()
            .toList();
    if (allowed.isEmpty()) {
      return Optional.of("its keep and may_keep name no tensor of these layers");
    }
    List<String> missing =
        allowed.stream().flatMap(t -> missing(m, t).stream()).distinct().sorted().toList();
    if (allowed.stream().noneMatch(t -> missing(m, t).isEmpty())) {
      return Optional.of(
          "it has no action %s; declare it, with energy 0 pJ if it is free"
              .formatted(
                  missing.stream().map(a -> "'" + a + "'").collect(Collectors.joining(" and "))));
    }
    Widths widths = result.design().first().widths();
    long least = allowed.stream().mapToLong(widths::of).min().orElse(0);
    long size = m.capacityBits().orElse(Long.MAX_VALUE);
    return size < least
        ? Optional.of(
            "it holds %s, less than one word of any tensor that it may keep (%s)"
                .formatted(Capacity.bitsAsText(size), Capacity.bitsAsText(least)))
        : Optional.empty();
  }

  /** Whatever is kept is read; an operand is written, a result written or updated. */
  private static List<String> missing(Memory m, TensorAccess t) {
    List<String> missing = new ArrayList<>();
    if (!m.actions().containsKey("read")) {
      missing.add("read");
    }
    boolean result = t.role() == Role.OUTPUT;
    if (!m.actions().containsKey("write") && !(result && m.actions().containsKey("update"))) {
      missing.add("write");
    }
    return missing;
  }
}
