package org.einloom.description;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;

/**
 * Memories side by side, such as the scratchpads of one processing element, and what stays in them.
 *
 * @param memories of which no two can hold one tensor, with no fanout between them; outermost first
 * @param stays of the tensors that a mapping keeps there, the longest first; empty where it keeps
 *     none
 * @param rowStationary whether the field calls this row stationary ({@link RowStationary})
 */
public record Level(List<String> memories, List<Stay> stays, boolean rowStationary) {
  public Level {
    memories = List.copyOf(memories);
    stays = List.copyOf(stays);
  }

  /** The stays that are the longest, if they are longer than one step. */
  public List<Stay> stationary() {
    return stays.stream().filter(s -> s.uses() > 1 && s.uses() == stays.getFirst().uses()).toList();
  }

  /** {@code weight stationary}; {@code no reuse} where every word serves one step. */
  public String dataflow() {
    if (rowStationary) {
      return "row stationary";
    }
    if (stationary().isEmpty()) {
      return "no reuse";
    }
    Set<String> roles = new LinkedHashSet<>();
    stationary().forEach(s -> roles.add(s.role().label()));
    return String.join(" and ", roles) + " stationary";
  }

  /** The memories that hold what {@link #dataflow} names. */
  public String place() {
    List<Stay> of = rowStationary || stationary().isEmpty() ? stays : stationary();
    Set<String> holding = of.stream().map(Stay::memory).collect(Collectors.toSet());
    return memories.stream().filter(holding::contains).collect(Collectors.joining("/"));
  }

  /** The levels of a path that are below the outermost memory, outermost first. */
  static List<List<String>> of(Architecture path) {
    List<List<String>> levels = new ArrayList<>();
    Set<String> held = new HashSet<>();
    List<String> open = new ArrayList<>();
    for (Node node : path.nodes().subList(1, path.nodes().size())) {
      if (node instanceof Memory m) {
        Set<String> holds = new HashSet<>(m.keep().must());
        holds.addAll(m.keep().may());
        if (overlap(held, holds)) {
          close(levels, open, held);
        }
        held.addAll(holds);
        open.add(m.name());
      } else if (node instanceof Fanout) {
        close(levels, open, held);
      }
    }
    close(levels, open, held);
    return levels;
  }

  private static void close(List<List<String>> levels, List<String> open, Set<String> held) {
    if (!open.isEmpty()) {
      levels.add(List.copyOf(open));
    }
    open.clear();
    held.clear();
  }

  private static boolean overlap(Set<String> a, Set<String> b) {
    return !a.isEmpty()
        && !b.isEmpty()
        && (a.contains(Keep.ALL) || b.contains(Keep.ALL) || a.stream().anyMatch(b::contains));
  }
}
