package org.einloom.io.timeloop.convert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;

/** Sources of figures without folders, lines and columns: files are converted to be passed on. */
final class Sources {
  private static final Pattern PLACE = Pattern.compile("(^|[ ,])[^ ,]*/|:\\d+(?::\\d+)?$");

  private Sources() {}

  static Architecture shortened(Architecture a) {
    return a.withNodes(a.nodes().stream().map(Sources::of).toList());
  }

  private static Node of(Node node) {
    return switch (node) {
      case Memory m ->
          new Memory(
              m.name(),
              m.capacityBits(),
              m.keep(),
              of(m.actions()),
              m.sharedPort(),
              of(m.areaUm2()),
              of(m.leakageUw()));
      case Fanout f ->
          new Fanout(
              f.name(),
              f.dimensions(),
              f.multicast(),
              f.reduce(),
              f.transfer().map(Sources::of),
              f.links(),
              of(f.areaUm2()),
              of(f.leakageUw()));
      case Compute c ->
          new Compute(
              c.name(), c.operations(), of(c.compute()), of(c.areaUm2()), of(c.leakageUw()));
      case Toll t -> t;
    };
  }

  private static SequencedMap<String, Action> of(Map<String, Action> actions) {
    var all = new LinkedHashMap<String, Action>();
    actions.forEach((name, a) -> all.put(name, of(a)));
    return all;
  }

  private static Action of(Action a) {
    return new Action(a.name(), of(a.energyPj()), a.widthBits(), a.perCycle());
  }

  private static Figure of(Figure f) {
    String source = PLACE.matcher(f.source()).replaceAll("$1");
    return new Figure(f.value(), source, f.assumption(), f.derivation());
  }
}
