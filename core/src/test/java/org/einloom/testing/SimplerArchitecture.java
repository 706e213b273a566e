package org.einloom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.arch.Links;
import org.einloom.arch.Node;

/** Less hardware, with plainer networks. */
final class SimplerArchitecture {
  private SimplerArchitecture() {}

  static List<Supplier<RandomCase>> of(RandomCase c) {
    List<Supplier<RandomCase>> attempts = new ArrayList<>();
    List<Node> nodes = c.architecture().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      int at = i;
      attempts.add(() -> with(c, at, List.of()));
      if (nodes.get(i) instanceof Fanout f) {
        attempts.add(
            () -> with(c, at, List.of(network(f, f.dimensions(), Multicast.NONE, f.reduce()))));
        attempts.add(() -> with(c, at, List.of(network(f, f.dimensions(), f.multicast(), false))));
        attempts.add(() -> with(c, at, List.of(linked(f, Optional.empty()))));
        for (Fanout.Dimension d : f.dimensions()) {
          attempts.add(() -> with(c, at, List.of(dimension(f, d, 0))));
          attempts.add(() -> with(c, at, List.of(dimension(f, d, d.size() - 1))));
        }
      }
    }
    return attempts;
  }

  /** The fanout with a dimension of another size; without it for size 0. */
  private static Fanout dimension(Fanout f, Fanout.Dimension dimension, long size) {
    var dimensions = new ArrayList<Fanout.Dimension>();
    for (Fanout.Dimension d : f.dimensions()) {
      if (!d.equals(dimension)) {
        dimensions.add(d);
      } else if (size > 0) {
        dimensions.add(new Fanout.Dimension(d.name(), size, Set.of()));
      }
    }
    return network(f, dimensions, f.multicast(), f.reduce());
  }

  private static Fanout network(
      Fanout f, List<Fanout.Dimension> dimensions, Multicast multicast, boolean reduce) {
    return linked(RandomArchitectures.fanout(f.name(), dimensions, multicast, reduce), f.links());
  }

  /** The fanout with other links. */
  static Fanout linked(Fanout f, Optional<Links> links) {
    return new Fanout(
        f.name(),
        f.dimensions(),
        f.multicast(),
        f.reduce(),
        f.transfer(),
        links,
        f.areaUm2(),
        f.leakageUw());
  }

  private static RandomCase with(RandomCase c, int at, List<Node> instead) {
    var nodes = new ArrayList<Node>(c.architecture().nodes());
    nodes.remove(at);
    nodes.addAll(at, instead);
    Architecture a = c.architecture();
    var smaller = new Architecture(a.name(), a.clockHz(), a.technology(), a.widths(), nodes);
    return new RandomCase(c.seed(), c.einsum(), smaller, c.mapping());
  }

  static long size(Architecture architecture) {
    long size = 0;
    for (Node node : architecture.nodes()) {
      size += 100;
      if (node instanceof Fanout f) {
        size += f.dimensions().stream().mapToLong(d -> 20 + d.size()).sum();
        size += (f.multicast() == Multicast.NONE ? 0 : 10) + (f.reduce() ? 10 : 0);
        size += f.links().isPresent() ? 10 : 0;
      }
    }
    return size;
  }
}
