package org.einloom.io.mapping;

import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.arch.Node;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/**
 * A mapping and the path of a design that it is for.
 *
 * @param path legal for it
 */
public record PlacedMapping(LoopTree tree, Architecture path) {
  /**
   * The path that a mapping means: of those whose computes offer the Einsum's operation the one
   * that ends in the compute that it names; where it names none, the first that has all nodes that
   * it names. Where there is none, some path, for messages to be about.
   *
   * @param names of memories and fanouts
   */
  static Architecture path(
      Design design, Einsum einsum, Set<String> names, Optional<String> compute) {
    var offering = design.offering(einsum);
    return offering.stream()
        .filter(p -> compute.isEmpty() || p.compute().name().equals(compute.get()))
        .filter(p -> p.nodes().stream().map(Node::name).toList().containsAll(names))
        .findFirst()
        .or(
            () ->
                offering.stream()
                    .filter(p -> compute.filter(p.compute().name()::equals).isPresent())
                    .findFirst())
        .orElse(offering.getFirst());
  }
}
