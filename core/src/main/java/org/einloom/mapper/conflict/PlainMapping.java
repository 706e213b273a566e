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
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraint;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Keeps what has to be kept, every word alone, with all temporal loops outside. Made without
 * looking at what it costs or whether it is legal.
 */
record PlainMapping(Question question, Spread spread) {
  /** What its spatial loops are. */
  enum Spread {
    NOTHING,
    DEMANDED,
    MOST
  }

  /** From the inside out; a loop's tile is what those inside it cover. */
  LoopTree tree() {
    Map<String, Long> covered = new HashMap<>();
    List<MappingNode> inside = new ArrayList<>();
    List<Node> nodes = question.architecture().nodes();
    for (Node node : nodes.reversed()) {
      switch (node) {
        case Memory m -> inside.addAll(0, storage(m, m.equals(nodes.getFirst())));
        case Fanout f -> inside.addAll(0, spatial(f, covered));
        case Toll t -> {}
        case Compute c -> {}
      }
    }
    List<MappingNode> temporal = new ArrayList<>();
    for (RankVariable v : question.einsum().variables()) {
      long tile = covered.getOrDefault(v.name(), 1L);
      if (tile < v.extent()) {
        temporal.add(new MappingNode.Temporal(v.name(), tile));
      }
    }
    int outermost = question.einsum().tensors().size();
    inside.addAll(outermost, temporal);
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

  private List<MappingNode> spatial(Fanout fanout, Map<String, Long> covered) {
    List<MappingNode> loops = new ArrayList<>();
    for (Fanout.Dimension dimension : fanout.dimensions()) {
      long room = dimension.size();
      for (RankVariable v : question.einsum().variables()) {
        long wanted = demanded(fanout, dimension, v.name());
        if (spread != Spread.NOTHING
            && wanted > 1
            && wanted <= room
            && factor(v, covered, wanted) == wanted) {
          loops.addFirst(loop(fanout, dimension, v, wanted, covered));
          room /= wanted;
        }
      }
      if (spread == Spread.MOST) {
        fill(fanout, dimension, room, covered, loops);
      }
    }
    return loops;
  }

  /** With the variable that fills the most, again and again. */
  private void fill(
      Fanout fanout,
      Fanout.Dimension dimension,
      long room,
      Map<String, Long> covered,
      List<MappingNode> loops) {
    long free = room;
    while (free > 1) {
      RankVariable best = null;
      long most = 1;
      for (RankVariable v : question.einsum().variables()) {
        boolean used = loops.stream().anyMatch(l -> isOver(l, dimension, v));
        long limit = Math.min(free, mayBe(fanout, dimension, v.name()));
        long factor = used ? 1 : factor(v, covered, limit);
        if (factor > most) {
          most = factor;
          best = v;
        }
      }
      if (best == null) {
        return;
      }
      loops.addFirst(loop(fanout, dimension, best, most, covered));
      free /= most;
    }
  }

  private static boolean isOver(
      MappingNode loop, Fanout.Dimension dimension, RankVariable variable) {
    return loop instanceof MappingNode.Spatial s
        && s.dimension().equals(dimension.name())
        && s.variable().equals(variable.name());
  }

  /** The largest factor up to a limit that the tiling allows outside of what is covered. */
  private long factor(RankVariable variable, Map<String, Long> covered, long limit) {
    long left = variable.extent() / covered.getOrDefault(variable.name(), 1L);
    return question.tiling().imperfect(variable.name())
        ? Math.clamp(left, 1, limit)
        : largestDivisor(left, limit);
  }

  private static MappingNode loop(
      Fanout fanout,
      Fanout.Dimension dimension,
      RankVariable variable,
      long factor,
      Map<String, Long> covered) {
    long tile = covered.getOrDefault(variable.name(), 1L);
    covered.put(variable.name(), tile * factor);
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

  /** The largest factor that nothing forbids. */
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
          s.most();
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
