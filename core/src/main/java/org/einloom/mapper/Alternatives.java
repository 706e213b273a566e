package org.einloom.mapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapper.MappingResult.None;

/** The answers for an Einsum on several architectures, of which it runs on one, as one answer. */
public final class Alternatives {
  private Alternatives() {}

  /**
   * The best of them. Nothing is better than the least of the lower bounds of all; an answer
   * without a mapping is no bound if that is proven, and otherwise bounds nothing.
   *
   * @param answers at least one, for the same objective; of equal ones the first is taken
   */
  public static MappingResult best(List<MappingResult> answers) {
    List<Found> found =
        answers.stream().filter(Found.class::isInstance).map(Found.class::cast).toList();
    List<None> none =
        answers.stream().filter(None.class::isInstance).map(None.class::cast).toList();
    if (answers.size() == 1) {
      return answers.getFirst();
    }
    if (found.isEmpty()) {
      return new None(none.getFirst().reason(), none.stream().allMatch(None::proven));
    }
    Found best = found.getFirst();
    for (Found f : found) {
      best = f.optimality().value() < best.optimality().value() ? f : best;
    }
    return new Found(
        best.mapping(),
        best.evaluation(),
        optimality(best, found, none),
        front(found),
        best.log(),
        best.sparsity());
  }

  private static Optimality optimality(Found best, List<Found> found, List<None> none) {
    Optimality o = best.optimality();
    OptionalDouble bound = bound(found, none);
    boolean fronts = found.stream().anyMatch(f -> !f.front().isEmpty());
    boolean whole =
        none.stream().allMatch(None::proven)
            && found.stream().allMatch(f -> f.optimality().status() == Optimality.Status.OPTIMAL);
    boolean optimal = bound.isPresent() && bound.getAsDouble() >= o.value();
    Optimality.Status status =
        bound.isEmpty()
            ? Optimality.Status.UNPROVEN
            : optimal && (whole || !fronts) ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED;
    return new Optimality(
        status,
        o.objective(),
        o.value(),
        bound.isPresent() ? OptionalDouble.of(Math.min(o.value(), bound.getAsDouble())) : bound,
        OptionalLong.of(found.stream().mapToLong(f -> f.optimality().evaluated().orElse(0)).sum()),
        OptionalDouble.of(found.stream().mapToDouble(f -> f.optimality().cpuS().orElse(0)).sum()));
  }

  private static OptionalDouble bound(List<Found> found, List<None> none) {
    double bound = none.stream().allMatch(None::proven) ? Double.POSITIVE_INFINITY : 0;
    for (Found f : found) {
      if (f.optimality().lowerBound().isEmpty()) {
        return OptionalDouble.empty();
      }
      bound = Math.min(bound, f.optimality().lowerBound().getAsDouble());
    }
    return OptionalDouble.of(bound);
  }

  /** All points that no other beats, by falling energy; of equal ones the first. */
  private static List<ParetoPoint> front(List<Found> found) {
    List<ParetoPoint> all = new ArrayList<>();
    found.forEach(f -> all.addAll(f.front()));
    all.sort(
        Comparator.comparingDouble((ParetoPoint p) -> p.evaluation().latencyS())
            .thenComparingDouble(p -> p.evaluation().energyPj()));
    List<ParetoPoint> front = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    for (ParetoPoint p : all) { // each costs less energy than all that are faster
      if (p.evaluation().energyPj() < least) {
        least = p.evaluation().energyPj();
        front.add(p);
      }
    }
    return front.reversed();
  }
}
