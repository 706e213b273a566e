package org.einloom.constraint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/**
 * Everything a user asks of a mapping; all of it has to hold.
 *
 * @param all in the order they were written
 */
public record Constraints(List<Constraint> all) {
  /** Nothing is asked. */
  public static final Constraints NONE = new Constraints(List.of());

  public Constraints {
    all = List.copyOf(all);
  }

  /** These, then those. */
  public Constraints and(Constraints others) {
    var both = new ArrayList<>(all);
    both.addAll(others.all);
    return new Constraints(both);
  }

  /**
   * The first constraint that the nodes of a mapping break, whatever they cost; empty if none.
   *
   * @param mapping legal for the Einsum and the architecture
   */
  public Optional<Constraint> violatedBy(
      Einsum einsum, Architecture architecture, LoopTree mapping) {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    Structure structure = Structure.of(einsum, architecture, mapping);
    return all.stream()
        .filter(c -> c instanceof Constraint.Structural s && !structure.satisfies(s))
        .findFirst();
  }

  /** The first limit that what a mapping costs exceeds; empty if none. */
  public Optional<Constraint> violatedBy(Evaluation evaluation) {
    return all.stream()
        .filter(c -> c instanceof Constraint.Limit l && !isWithin(l, evaluation))
        .findFirst();
  }

  /** The first limit of area that the architecture exceeds, whatever runs on it; empty if none. */
  public Optional<Constraint> violatedBy(Architecture architecture) {
    double areaUm2 = architecture.areaUm2();
    return all.stream()
        .filter(c -> c instanceof Constraint.MaxArea a && areaUm2 > a.areaUm2())
        .findFirst();
  }

  private static boolean isWithin(Constraint.Limit limit, Evaluation evaluation) {
    return switch (limit) {
      case Constraint.MaxEnergy e -> evaluation.energyPj() <= e.energyPj();
      case Constraint.MaxLatency l -> evaluation.latencyS() <= l.latencyS();
      case Constraint.MaxArea a -> evaluation.areaUm2() <= a.areaUm2();
    };
  }

  /** Those that are about this path of a design: without those about nodes that are idle on it. */
  public Constraints on(Architecture path) {
    Set<String> idle = new HashSet<>();
    path.idle().forEach(i -> idle.add(i.node().name()));
    return new Constraints(
        all.stream().filter(c -> Names.node(c).filter(idle::contains).isEmpty()).toList());
  }

  /**
   * Returns when the architecture has every memory, fanout and dimension that is named.
   *
   * @throws org.einloom.workload.InvalidSpecException naming the first that it has not, those it
   *     has, and the one that was likely meant
   */
  public void check(Architecture architecture) {
    all.forEach(c -> Names.check(c, architecture));
  }

  /**
   * Returns when each tensor and rank variable that is named is one of some Einsum. A name that
   * none of them has would ask nothing of anything and go unnoticed.
   *
   * @param workload what messages call the Einsums
   * @throws org.einloom.workload.InvalidSpecException naming the first name that none has, those
   *     they have, and the one that was likely meant
   */
  public void check(String workload, Collection<Einsum> einsums) {
    var vocabulary = Vocabulary.of(workload, einsums);
    all.forEach(vocabulary::check);
  }
}
