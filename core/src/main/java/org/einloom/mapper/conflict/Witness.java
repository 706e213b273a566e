package org.einloom.mapper.conflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.constraint.Constraint;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.model.DenseModel;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * A few plain mappings that often answer a question: every word alone, all temporal loops outside,
 * with nothing spread, with what is demanded, or with as much as goes. What they answer needs no
 * search.
 */
final class Witness {
  private enum Spread {
    NOTHING,
    DEMANDED,
    MOST
  }

  private final Question question;
  private final Policy policy;

  Witness(Question question, Policy policy) {
    this.question = question;
    this.policy = policy;
  }

  /** Whether one of them is a mapping that is asked for. */
  boolean exists() {
    for (Spread spread : Spread.values()) {
      if (isAnswer(mapping(spread))) {
        return true;
      }
    }
    return false;
  }

  private boolean isAnswer(LoopTree mapping) {
    try {
      Legality.check(question.einsum(), question.architecture(), mapping);
      if (question
          .constraints()
          .violatedBy(question.einsum(), question.architecture(), mapping)
          .isPresent()) {
        return false;
      }
      var counts = DenseModel.analyze(question.einsum(), question.architecture(), mapping).counts();
      Evaluation evaluation =
          Evaluator.evaluate(question.einsum(), question.architecture(), counts, policy);
      return question.constraints().violatedBy(evaluation).isEmpty();
    } catch (InvalidSpecException e) {
      return false;
    }
  }

  private LoopTree mapping(Spread spread) {
    Map<String, Long> left = new HashMap<>();
    for (RankVariable v : question.einsum().variables()) {
      left.put(v.name(), v.extent());
    }
    List<MappingNode> inside = new ArrayList<>();
    List<Node> nodes = question.architecture().nodes();
    for (Node node : nodes.reversed()) {
      switch (node) {
        case Memory m -> inside.addAll(0, storage(m, m.equals(nodes.getFirst())));
        case Fanout f -> inside.addAll(0, spatial(f, spread, left));
        case Compute c -> {}
      }
    }
    int outermost = question.einsum().tensors().size();
    List<MappingNode> temporal = new ArrayList<>();
    for (RankVariable v : question.einsum().variables()) {
      long tile = v.extent() / left.getOrDefault(v.name(), 1L);
      if (tile < v.extent()) {
        temporal.add(new MappingNode.Temporal(v.name(), tile));
      }
    }
    inside.addAll(Math.min(outermost, inside.size()), temporal);
    return new LoopTree(inside);
  }

  private List<MappingNode> storage(Memory memory, boolean outermost) {
    List<MappingNode> kept = new ArrayList<>();
    for (TensorAccess tensor : question.einsum().tensors()) {
      if (outermost || memory.keep().requires(tensor) || isDemanded(memory, tensor)) {
        kept.add(new MappingNode.Storage(memory.name(), tensor.name()));
      }
    }
    return kept;
  }

  private boolean isDemanded(Memory memory, TensorAccess tensor) {
    return question.constraints().all().stream()
        .anyMatch(
            c ->
                c instanceof Constraint.Kept k
                    && k.memory().equals(memory.name())
                    && Keep.names(k.tensors(), tensor));
  }

  /** Loops of a fanout, which cut what further ones inside leave. */
  private List<MappingNode> spatial(Fanout fanout, Spread spread, Map<String, Long> left) {
    List<MappingNode> loops = new ArrayList<>();
    for (Fanout.Dimension dimension : fanout.dimensions()) {
      long room = dimension.size();
      for (RankVariable v : question.einsum().variables()) {
        long extent = left.getOrDefault(v.name(), 1L);
        long wanted = demanded(fanout, dimension, v.name());
        boolean fits = spread != Spread.NOTHING && wanted <= room && extent % wanted == 0;
        if (fits && wanted > 1) {
          loops.add(0, loop(fanout, dimension, v, extent, wanted, left));
          room /= wanted;
        }
      }
      if (spread == Spread.MOST) {
        fill(fanout, dimension, room, left, loops);
      }
    }
    return loops;
  }

  /** With the variable that fills the most, again and again. */
  private void fill(
      Fanout fanout,
      Fanout.Dimension dimension,
      long room,
      Map<String, Long> left,
      List<MappingNode> loops) {
    long free = room;
    while (free > 1) {
      RankVariable best = null;
      long most = 1;
      for (RankVariable v : question.einsum().variables()) {
        long extent = left.getOrDefault(v.name(), 1L);
        long limit = Math.min(free, mayBe(fanout, dimension, v.name()));
        long factor = largestDivisor(extent, limit);
        if (factor > most) {
          most = factor;
          best = v;
        }
      }
      if (best == null) {
        return;
      }
      long extent = left.getOrDefault(best.name(), 1L);
      loops.add(0, loop(fanout, dimension, best, extent, most, left));
      free /= most;
    }
  }

  /**
   * A loop outside of all that there are so far; {@code left} is what remains for those outside.
   */
  private MappingNode loop(
      Fanout fanout,
      Fanout.Dimension dimension,
      RankVariable variable,
      long extent,
      long factor,
      Map<String, Long> left) {
    left.put(variable.name(), extent / factor);
    long tile = variable.extent() / extent;
    return new MappingNode.Spatial(fanout.name(), dimension.name(), variable.name(), tile);
  }

  private long demanded(Fanout fanout, Fanout.Dimension dimension, String variable) {
    return question.constraints().all().stream()
        .mapToLong(
            c ->
                c instanceof Constraint.SpatialFactor s
                        && s.fanout().equals(fanout.name())
                        && s.dimension().equals(dimension.name())
                        && s.variable().equals(variable)
                    ? s.least()
                    : 1)
        .max()
        .orElse(1);
  }

  /** The largest factor that nothing forbids; one that is demanded is placed already. */
  private long mayBe(Fanout fanout, Fanout.Dimension dimension, String variable) {
    boolean allowed =
        question.einsum().tensors().stream().allMatch(t -> dimension.allows(t, variable));
    return allowed
        ? question.constraints().all().stream()
            .mapToLong(c -> most(c, fanout, dimension, variable))
            .min()
            .orElse(Long.MAX_VALUE)
        : 1;
  }

  private static long most(
      Constraint constraint, Fanout fanout, Fanout.Dimension dimension, String variable) {
    return switch (constraint) {
      case Constraint.SpatialFactor s
          when s.fanout().equals(fanout.name())
              && s.dimension().equals(dimension.name())
              && s.variable().equals(variable) ->
          s.most() / s.least();
      case Constraint.SpatialVariables s
          when s.fanout().equals(fanout.name()) && s.dimension().equals(dimension.name()) ->
          s.variables().contains(variable) ? Long.MAX_VALUE : 1;
      default -> Long.MAX_VALUE;
    };
  }

  private static long largestDivisor(long number, long most) {
    return LongStream.rangeClosed(1, Math.min(number, most))
        .filter(d -> number % d == 0)
        .max()
        .orElse(1);
  }
}
