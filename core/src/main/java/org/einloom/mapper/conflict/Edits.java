package org.einloom.mapper.conflict;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.einloom.arch.Action;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;

/** Parts of an architecture with one thing changed. */
final class Edits {
  private Edits() {}

  static Memory withSize(Memory m, OptionalLong bits) {
    return new Memory(
        m.name(), bits, m.keep(), m.actions(), m.sharedPort(), m.areaUm2(), m.leakageUw());
  }

  static Memory withKeep(Memory m, Keep keep) {
    return new Memory(
        m.name(), m.capacityBits(), keep, m.actions(), m.sharedPort(), m.areaUm2(), m.leakageUw());
  }

  /** With an action that costs neither energy nor time. */
  static Memory withFree(Memory m, String action) {
    var actions = new LinkedHashMap<>(m.actions());
    actions.put(action, new Action(action, Figure.NONE, 0, Double.POSITIVE_INFINITY));
    return new Memory(
        m.name(), m.capacityBits(), m.keep(), actions, m.sharedPort(), m.areaUm2(), m.leakageUw());
  }

  static Fanout withDimension(Fanout f, String name, UnaryOperator<Fanout.Dimension> change) {
    List<Fanout.Dimension> dimensions =
        f.dimensions().stream().map(d -> d.name().equals(name) ? change.apply(d) : d).toList();
    return f.withDimensions(dimensions);
  }

  static Set<String> plus(Set<String> names, Set<String> more) {
    var all = new HashSet<>(names);
    all.addAll(more);
    return all;
  }

  static Set<String> minus(Set<String> names, Set<String> fewer) {
    var rest = new HashSet<>(names);
    rest.removeAll(fewer);
    return rest;
  }

  /** {@code A, B}, in the order of the alphabet. */
  static String list(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
