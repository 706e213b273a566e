package org.einloom.arch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;

/**
 * A hardware design with one or several ways down to a compute. An Einsum runs on one of them, one
 * Einsum after the other; what is on no way of an Einsum is idle, but takes area and leaks.
 *
 * @param paths the ways, in the order of their computes; each with the nodes of all others as
 *     {@link Architecture#idle}. At least one, all of one name, clock and widths
 */
public record Design(List<Architecture> paths) {
  public Design {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("a design without a path");
    }
  }

  /** A design without forks. */
  public static Design of(Architecture architecture) {
    return new Design(List.of(architecture));
  }

  /**
   * A design with forks.
   *
   * @throws InvalidSpecException if a path is not a legal {@link Architecture}
   */
  public static Design of(
      String name, double clockHz, String technology, Widths widths, Branch root) {
    List<List<Node>> paths = new ArrayList<>();
    walk(root, List.of(), paths, new HashSet<>());
    // nodes above a fork are on several paths, and are one
    SequencedMap<String, Idle> every = new LinkedHashMap<>();
    for (List<Node> path : paths) {
      long above = 1;
      for (Node node : path) {
        every.putIfAbsent(node.name(), new Idle(node, above));
        if (node instanceof Fanout f) {
          above =
              Checked.multiply(
                  above, f.children(), "the number of computes of architecture '" + name + "'");
        }
      }
    }
    List<Architecture> all = new ArrayList<>();
    for (List<Node> path : paths) {
      SequencedMap<String, Idle> idle = new LinkedHashMap<>(every);
      path.forEach(node -> idle.remove(node.name()));
      all.add(
          new Architecture(name, clockHz, technology, widths, path, List.copyOf(idle.values())));
    }
    return new Design(all);
  }

  private static void walk(
      Branch branch, List<Node> above, List<List<Node>> paths, Set<String> names) {
    List<Node> nodes = new ArrayList<>(above);
    nodes.addAll(branch.nodes());
    for (Node node : branch.nodes()) {
      if (!names.add(node.name())) {
        throw new InvalidSpecException("two nodes are named '" + node.name() + "'");
      }
    }
    if (branch.fork().isEmpty()) {
      paths.add(nodes);
    }
    for (Branch b : branch.fork()) {
      walk(b, nodes, paths, names);
    }
  }

  /** The first path: where it does not matter which. */
  public Architecture first() {
    return paths.getFirst();
  }

  /** The path that ends in the compute of that name. */
  public Architecture path(String compute) {
    return paths.stream()
        .filter(p -> p.compute().name().equals(compute))
        .findFirst()
        .orElseThrow(() -> new InvalidSpecException("unknown compute '%s'".formatted(compute)));
  }

  /**
   * The paths whose computes offer what the Einsum does at each point; at least one.
   *
   * @throws InvalidSpecException if there is none
   */
  public List<Architecture> offering(Einsum einsum) {
    List<Architecture> offering =
        paths.stream().filter(p -> p.compute().offers(einsum.operation())).toList();
    if (offering.isEmpty()) {
      var offered = new TreeSet<String>();
      paths.forEach(p -> offered.addAll(p.compute().operations()));
      throw new InvalidSpecException(
          "no compute of architecture '%s' offers '%s', which Einsum '%s' needs; %s"
              .formatted(
                  first().name(),
                  einsum.operation(),
                  einsum.name(),
                  "offered are "
                      + offered.stream()
                          .map(o -> "'" + o + "'")
                          .collect(Collectors.joining(", "))));
    }
    return offering;
  }

  /** The same with other widths. */
  public Design withWidths(Widths widths) {
    return new Design(paths.stream().map(p -> p.withWidths(widths)).toList());
  }
}
