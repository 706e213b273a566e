package org.einloom.arch;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Widths;

/**
 * What one Einsum runs on: the nodes from the outermost memory to the compute, and what else there
 * is. Where a {@link Design} forks, one of its paths.
 *
 * @param name what reports call it
 * @param clockHz cycles per second of everything in it
 * @param technology as the file says, {@code 65nm}; empty when it does not. Informative
 * @param widths default bits per word by role
 * @param nodes outermost first: a memory first, exactly one compute, last
 * @param idle nodes of branches that this path does not take; they have area and leak
 */
public record Architecture(
    String name,
    double clockHz,
    String technology,
    Widths widths,
    List<Node> nodes,
    List<Idle> idle) {
  public Architecture {
    nodes = List.copyOf(nodes);
    idle = List.copyOf(idle);
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
    for (Idle i : idle) {
      if (!names.add(i.node().name())) {
        throw new InvalidSpecException(
            "architecture '" + name + "' has two nodes named '" + i.node().name() + "'");
      }
    }
  }

  /** One without forks. */
  public Architecture(
      String name, double clockHz, String technology, Widths widths, List<Node> nodes) {
    this(name, clockHz, technology, widths, nodes, List.of());
  }

  /** The same with other nodes on the path. */
  public Architecture withNodes(List<Node> others) {
    return new Architecture(name, clockHz, technology, widths, others, idle);
  }

  /** The same with other widths. */
  public Architecture withWidths(Widths others) {
    return new Architecture(name, clockHz, technology, others, nodes, idle);
  }

  /** Area in um2 of all instances of all nodes, idle ones included. */
  public double areaUm2() {
    double area = 0;
    for (Node node : nodes) {
      area += node.areaUm2().value() * (double) instances(node);
    }
    for (Idle i : idle) {
      area += i.node().areaUm2().value() * (double) i.instances();
    }
    return area;
  }

  /** Leakage in uW of all instances of all nodes, idle ones included. */
  public double leakageUw() {
    double leakage = 0;
    for (Node node : nodes) {
      leakage += node.leakageUw().value() * (double) instances(node);
    }
    for (Idle i : idle) {
      leakage += i.node().leakageUw().value() * (double) i.instances();
    }
    return leakage;
  }

  /** All nodes there are: those of the path, outermost first, then the idle ones. */
  public List<Node> everyNode() {
    return Stream.concat(nodes.stream(), idle.stream().map(Idle::node)).toList();
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
