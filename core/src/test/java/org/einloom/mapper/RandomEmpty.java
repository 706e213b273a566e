package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.conflict.Feasibility;
import org.einloom.mapper.conflict.Question;

/** Draws small problems that ask for too much. */
public final class RandomEmpty {
  private static final int MOST_MAPPINGS = 300;

  private RandomEmpty() {}

  /** The problem that belongs to this seed, unless it has a mapping. */
  public static Optional<Question> draw(long seed, Feasibility truth) {
    var random = new SplittableRandom(seed);
    Problem drawn = RandomProblems.draw(seed);
    if (EveryMapping.count(drawn.einsum(), drawn.architecture(), drawn.tiling(), MOST_MAPPINGS)
        >= MOST_MAPPINGS) {
      return Optional.empty();
    }
    List<Constraint> all = new ArrayList<>(drawn.constraints().all());
    for (int i = 0; i < 3; i++) {
      for (Constraint c : TinyConstraints.add(random, drawn).constraints().all()) {
        all.add(renamed(c, "demand " + all.size()));
      }
    }
    var question =
        new Question(drawn.einsum(), drawn.architecture(), new Constraints(all), drawn.tiling());
    return truth.ask(question) == Feasibility.Answer.NONE
        ? Optional.of(question)
        : Optional.empty();
  }

  /** So that a person can tell which is meant. */
  private static Constraint renamed(Constraint constraint, String origin) {
    return switch (constraint) {
      case Constraint.Kept c -> new Constraint.Kept(origin, c.memory(), c.tensors());
      case Constraint.Bypassed c -> new Constraint.Bypassed(origin, c.memory(), c.tensors());
      case Constraint.TemporalFactor c ->
          new Constraint.TemporalFactor(origin, c.memory(), c.variable(), c.least(), c.most());
      case Constraint.SpatialFactor c ->
          new Constraint.SpatialFactor(
              origin, c.fanout(), c.dimension(), c.variable(), c.least(), c.most());
      case Constraint.LoopOrder c ->
          new Constraint.LoopOrder(origin, c.memory(), c.variables(), c.innermost());
      case Constraint.SpatialVariables c ->
          new Constraint.SpatialVariables(origin, c.fanout(), c.dimension(), c.variables());
      case Constraint.MinUtilization c ->
          new Constraint.MinUtilization(origin, c.fanout(), c.share());
      case Constraint.MaxEnergy c -> new Constraint.MaxEnergy(origin, c.energyPj());
      case Constraint.MaxLatency c -> new Constraint.MaxLatency(origin, c.latencyS());
      case Constraint.MaxArea c -> new Constraint.MaxArea(origin, c.areaUm2());
    };
  }
}
