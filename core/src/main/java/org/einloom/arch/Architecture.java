package org.einloom.arch;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;

/**
 * A hardware design: the nodes from the outermost memory to the compute. Today a chain; forks will
 * make it a tree.
 *
 * @param name what reports call it
 * @param clockHz cycles per second of everything in it
 * @param technology as the file says, {@code 65nm}; empty when it does not. Informative
 * @param widths default bits per word by role
 * @param nodes outermost first: a memory first, exactly one compute, last
 */
public record Architecture(
    String name, double clockHz, String technology, Widths widths, List<Node> nodes) {
  public Architecture {
    nodes = List.copyOf(nodes);
    if (!(clockHz > 0) || Double.isInfinite(clockHz)) {
      throw new InvalidSpecException(
          "architecture '" + name + "' has a clock of " + clockHz + " Hz; expected more than 0");
    }
    if (nodes.isEmpty() || !(nodes.getFirst() instanceof Memory)) {
      throw new InvalidSpecException(
          "architecture '" + name + "' must begin with a Memory that holds every tensor");
    }
    long computes = nodes.stream().filter(Compute.class::isInstance).count();
    if (computes != 1 || !(nodes.getLast() instanceof Compute)) {
      throw new InvalidSpecException(
          "architecture '"
              + name
              + "' has "
              + computes
              + " Compute nodes; expected exactly one, as the last node");
    }
    var names = new HashSet<String>();
    long instances = 1;
    for (Node node : nodes) {
      if (!names.add(node.name())) {
        throw new InvalidSpecException(
            "architecture '" + name + "' has two nodes named '" + node.name() + "'");
      }
      if (node instanceof Fanout f) {
        instances =
            Checked.multiply(
                instances, f.children(), "the number of computes of architecture '" + name + "'");
      }
    }
  }

  /** The memories, outermost first. */
  public List<Memory> memories() {
    return nodes.stream().filter(Memory.class::isInstance).map(Memory.class::cast).toList();
  }

  /** The fanouts, outermost first. */
  public List<Fanout> fanouts() {
    return nodes.stream().filter(Fanout.class::isInstance).map(Fanout.class::cast).toList();
  }

  /** The tolls, outermost first. */
  public List<Toll> tolls() {
    return nodes.stream().filter(Toll.class::isInstance).map(Toll.class::cast).toList();
  }

  /** The compute. */
  public Compute compute() {
    return (Compute) nodes.getLast();
  }

  /** The node's position, outermost 0; an {@link InvalidSpecException} names the known ones. */
  public int indexOf(String node) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(node)) {
        return i;
      }
    }
    throw new InvalidSpecException(
        "unknown node '"
            + node
            + "'; architecture '"
            + name
            + "' has "
            + nodes.stream().map(Node::name).collect(Collectors.joining(", ")));
  }

  /** The node of that name. */
  public Node node(String node) {
    return nodes.get(indexOf(node));
  }

  /** How many instances of a node the hardware has, used or not: the fanouts above multiplied. */
  public long instances(Node node) {
    long instances = 1;
    for (Node n : nodes) {
      if (n.equals(node)) {
        return instances;
      }
      if (n instanceof Fanout f) {
        instances *= f.children();
      }
    }
    throw new IllegalArgumentException("not a node of this architecture: " + node.name());
  }
}
