package org.einloom.explore.solve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Links;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;

/**
 * Whether a problem is another one made easier. Of two architectures of one structure (the same
 * nodes, rules, widths of actions and networks), let the first have memories and fanouts that are
 * at least as large, actions that take at most as much energy and time, and at most as much
 * leakage. Then each mapping for the second is one for the first: it is legal and fits. It makes
 * the same actions there, as what is counted depends on the structure and the mapping alone; so it
 * costs no more energy and no more time. An objective never falls when energy or time rises. So:
 *
 * <ul>
 *   <li>the least value for the first is a lower bound for the second;
 *   <li>if the best mapping for the first fits the second and costs the same there, it is the best
 *       there, too.
 * </ul>
 */
final class Relaxation {
  private Relaxation() {}

  /** Whether {@code a} is {@code b} made easier, or as hard. */
  static boolean holds(Architecture a, Architecture b) {
    return a.leakageUw() <= b.leakageUw() && holds(a, b, true);
  }

  /** The same for the energy of actions alone: whatever the times, and whatever leaks. */
  static boolean holdsForDynamicEnergy(Architecture a, Architecture b) {
    return holds(a, b, false);
  }

  private static boolean holds(Architecture a, Architecture b, boolean time) {
    if (a.nodes().size() != b.nodes().size() || !a.widths().equals(b.widths())) {
      return false;
    }
    double clocks = a.clockHz() / b.clockHz();
    for (int i = 0; i < a.nodes().size(); i++) {
      if (!holds(a.nodes().get(i), b.nodes().get(i), clocks, time)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(Node a, Node b, double clocks, boolean time) {
    return switch (a) {
      case Memory m ->
          b instanceof Memory o
              && m.name().equals(o.name())
              && m.keep().equals(o.keep())
              && atLeast(m, o)
              && (!time || !m.sharedPort() || o.sharedPort())
              && actions(m.actions(), o.actions(), clocks, time);
      case Toll t ->
          b instanceof Toll o
              && t.name().equals(o.name())
              && t.tensors().equals(o.tensors())
              && (!time || !t.sharedPort() || o.sharedPort())
              && actions(t.actions(), o.actions(), clocks, time);
      case Fanout f ->
          b instanceof Fanout o
              && f.name().equals(o.name())
              && f.multicast() == o.multicast()
              && f.reduce() == o.reduce()
              && dimensions(f.dimensions(), o.dimensions())
              && f.transfer().isPresent() == o.transfer().isPresent()
              && f.transfer().stream()
                  .allMatch(x -> o.transfer().stream().allMatch(y -> action(x, y, clocks, time)))
              && links(f.links(), o.links(), clocks, time);
      case Compute c ->
          b instanceof Compute o
              && c.name().equals(o.name())
              && c.operations().equals(o.operations())
              && action(c.compute(), o.compute(), clocks, time);
    };
  }

  private static boolean links(Optional<Links> a, Optional<Links> b, double clocks, boolean time) {
    return a.map(Links::tensors).equals(b.map(Links::tensors))
        && a.flatMap(Links::action).isPresent() == b.flatMap(Links::action).isPresent()
        && a.flatMap(Links::action).stream()
            .allMatch(
                x -> b.flatMap(Links::action).stream().allMatch(y -> action(x, y, clocks, time)));
  }

  private static boolean atLeast(Memory a, Memory b) {
    return a.capacityBits().isEmpty()
        || (b.capacityBits().isPresent()
            && a.capacityBits().getAsLong() >= b.capacityBits().getAsLong());
  }

  private static boolean dimensions(List<Fanout.Dimension> a, List<Fanout.Dimension> b) {
    boolean holds = a.size() == b.size();
    for (int i = 0; holds && i < a.size(); i++) {
      holds =
          a.get(i).name().equals(b.get(i).name())
              && a.get(i).size() >= b.get(i).size()
              && a.get(i).mustNotIndex().equals(b.get(i).mustNotIndex());
    }
    return holds;
  }

  private static boolean actions(
      Map<String, Action> a, Map<String, Action> b, double clocks, boolean time) {
    if (!List.copyOf(a.keySet()).equals(List.copyOf(b.keySet()))) {
      return false; // an action that is missing forbids mappings
    }
    for (Map.Entry<String, Action> e : a.entrySet()) {
      Action other = b.get(e.getKey());
      if (other == null || !action(e.getValue(), other, clocks, time)) {
        return false;
      }
    }
    return true;
  }

  private static boolean action(Action a, Action b, double clocks, boolean time) {
    return a.widthBits() == b.widthBits()
        && a.energyPj().value() <= b.energyPj().value()
        && (!time || a.perCycle() * clocks >= b.perCycle());
  }
}
