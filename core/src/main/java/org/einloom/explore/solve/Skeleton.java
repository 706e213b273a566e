package org.einloom.explore.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Links;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;

/** Architectures without some of their numbers. */
final class Skeleton {
  private Skeleton() {}

  /** Without sizes, energies, rates, leakage: what those have in common that differ in these. */
  static Architecture of(Architecture a) {
    List<Node> nodes = new ArrayList<>();
    for (Node n : a.nodes()) {
      nodes.add(
          switch (n) {
            case Memory m ->
                new Memory(
                    m.name(),
                    OptionalLong.empty(),
                    m.keep(),
                    bare(m.actions()),
                    false,
                    Figure.NONE,
                    Figure.NONE);
            case Toll t ->
                new Toll(t.name(), t.tensors(), bare(t.actions()), false, Figure.NONE, Figure.NONE);
            case Fanout f ->
                new Fanout(
                    f.name(),
                    f.dimensions().stream()
                        .map(d -> new Fanout.Dimension(d.name(), 1, d.mustNotIndex()))
                        .toList(),
                    f.multicast(),
                    f.reduce(),
                    f.transfer().map(Skeleton::bare),
                    f.links().map(l -> new Links(l.tensors(), l.action().map(Skeleton::bare))),
                    Figure.NONE,
                    Figure.NONE);
            case Compute c ->
                new Compute(c.name(), c.operations(), bare(c.compute()), Figure.NONE, Figure.NONE);
          });
    }
    return new Architecture(a.name(), 1, "", a.widths(), nodes);
  }

  private static SequencedMap<String, Action> bare(Map<String, Action> actions) {
    var bare = new LinkedHashMap<String, Action>();
    actions.forEach((name, a) -> bare.put(name, bare(a)));
    return bare;
  }

  private static Action bare(Action a) {
    return new Action(a.name(), Figure.NONE, a.widthBits(), Double.POSITIVE_INFINITY);
  }

  /** Without leakage. Only the first node of a canonical one leaks. */
  static Architecture withoutLeakage(Architecture a) {
    if (a.leakageUw() == 0) {
      return a;
    }
    List<Node> nodes = new ArrayList<>(a.nodes());
    Memory m = (Memory) nodes.getFirst();
    nodes.set(
        0,
        new Memory(
            m.name(),
            m.capacityBits(),
            m.keep(),
            m.actions(),
            m.sharedPort(),
            m.areaUm2(),
            Figure.NONE));
    return a.withNodes(nodes);
  }
}
