package org.einloom.mapper.conflict;

import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.constraint.Constraint;
import org.einloom.evaluation.Capacity;

/** Something that stands in the way of some mappings. Without it there are as many or more. */
public sealed interface Requirement {
  /** As a sentence, without its full stop. */
  String says();

  /** The question without it. */
  Question leftOut(Question question);

  /** The user demands it. */
  record Demand(Constraint constraint) implements Requirement {
    @Override
    public String says() {
      return constraint.origin();
    }

    @Override
    public Question leftOut(Question question) {
      return question.without(constraint);
    }
  }

  /** A memory is of limited size. */
  record Size(String memory, long bits) implements Requirement {
    @Override
    public String says() {
      return memory + " holds " + Capacity.bitsAsText(bits);
    }

    @Override
    public Question leftOut(Question question) {
      return question.withMemory(memory, m -> Edits.withSize(m, OptionalLong.empty()));
    }
  }

  /** A memory must keep something: these names of its {@code keep}. */
  record MustKeep(String memory, Set<String> tensors) implements Requirement {
    public MustKeep {
      tensors = Set.copyOf(tensors);
    }

    @Override
    public String says() {
      return memory + " must keep " + Edits.list(tensors);
    }

    @Override
    public Question leftOut(Question question) {
      return question.withMemory(
          memory,
          m ->
              Edits.withKeep(
                  m,
                  new Keep(
                      Edits.minus(m.keep().must(), tensors), Edits.plus(m.keep().may(), tensors))));
    }
  }

  /** A memory may not keep a tensor. */
  record MayNotKeep(String memory, String tensor) implements Requirement {
    @Override
    public String says() {
      return memory + " may not keep " + tensor;
    }

    @Override
    public Question leftOut(Question question) {
      return question.withMemory(
          memory,
          m ->
              Edits.withKeep(
                  m, new Keep(m.keep().must(), Edits.plus(m.keep().may(), Set.of(tensor)))));
    }
  }

  /**
   * A dimension of a fanout must not index something: these names of its {@code must_not_index}.
   */
  record MustNotIndex(String fanout, String dimension, Set<String> tensors) implements Requirement {
    public MustNotIndex {
      tensors = Set.copyOf(tensors);
    }

    @Override
    public String says() {
      return "dimension '%s' of %s must not index %s"
          .formatted(dimension, fanout, Edits.list(tensors));
    }

    @Override
    public Question leftOut(Question question) {
      return question.withFanout(
          fanout,
          f ->
              Edits.withDimension(
                  f,
                  dimension,
                  d ->
                      new Fanout.Dimension(
                          d.name(), d.size(), Edits.minus(d.mustNotIndex(), tensors))));
    }
  }

  /** A memory cannot do something. */
  record NoAction(String memory, String action) implements Requirement {
    @Override
    public String says() {
      return memory + " has no action '" + action + "'";
    }

    @Override
    public Question leftOut(Question question) {
      return question.withMemory(memory, (Memory m) -> Edits.withFree(m, action));
    }
  }

  /** The tiles of a variable divide what they cut. */
  record Divides(String variable) implements Requirement {
    @Override
    public String says() {
      return "tiles of " + variable + " divide what they cut";
    }

    @Override
    public Question leftOut(Question question) {
      return question.withImperfect(variable);
    }
  }
}
