package org.einloom.evaluation.timeloop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * A mapping as Timeloop has it: for each level of storage its loops in time, and the loops in space
 * below it.
 *
 * @param einsum what is computed
 * @param levels outermost first
 * @param flattened dimensions that loops run over in place of several variables
 */
public record Nest(Einsum einsum, List<Level> levels, List<Flattened> flattened) {
  public Nest {
    levels = List.copyOf(levels);
    flattened = List.copyOf(flattened);
    for (Level level : levels) {
      for (Loop loop : level.all()) {
        if (loop.count() < 1 || loop.last() < 1 || loop.last() > loop.count()) {
          throw new InvalidSpecException(
              "a loop over '%s' at '%s' has %d iterations and %d in the last turn; expected at least 1, and no more in the last turn"
                  .formatted(loop.dimension(), level.memory(), loop.count(), loop.last()));
        }
      }
    }
  }

  /** Where the iterations of a loop are. */
  public enum Axis {
    /** One after the other. */
    TIME,
    /** Side by side. */
    X,
    /** One below the other. */
    Y
  }

  /**
   * A loop.
   *
   * @param dimension a rank variable, or a flattened dimension
   * @param count iterations
   * @param last iterations while all loops outside over the same dimension are in their last
   */
  public record Loop(String dimension, long count, long last, Axis axis) {}

  /**
   * A level of storage.
   *
   * @param memory its name
   * @param keeps the tensors that it holds
   * @param time its loops in time, outermost first
   * @param space the loops in space below it, outermost first: they are inside the loops in time
   * @param noReuse tensors whose equal tiles are not shared between children
   * @param noLinks tensors that its children do not hand on to each other
   * @param noTemporalReuse tensors of which it keeps nothing from one step to the next
   * @param readsFirst results of which also the first update reads
   * @param skew turns the children, if there is one
   */
  public record Level(
      String memory,
      Set<String> keeps,
      List<Loop> time,
      List<Loop> space,
      Set<String> noReuse,
      Set<String> noLinks,
      Set<String> noTemporalReuse,
      Set<String> readsFirst,
      Optional<Skew> skew) {
    public Level {
      keeps = Set.copyOf(keeps);
      time = List.copyOf(time);
      space = List.copyOf(space);
      noReuse = Set.copyOf(noReuse);
      noLinks = Set.copyOf(noLinks);
      noTemporalReuse = Set.copyOf(noTemporalReuse);
      readsFirst = Set.copyOf(readsFirst);
    }

    /** Its loops in time, then those in space. */
    public List<Loop> all() {
      return java.util.stream.Stream.concat(time.stream(), space.stream()).toList();
    }
  }

  /**
   * A dimension in place of several variables, which it runs through in turn.
   *
   * @param variables the one that changes fastest first
   */
  public record Flattened(String name, List<String> variables) {
    public Flattened {
      variables = List.copyOf(variables);
    }
  }

  /** Child {@code (sum of terms) mod modulo} is the one that would be some other without a skew. */
  public record Skew(long modulo, List<SkewTerm> terms) {
    public Skew {
      terms = List.copyOf(terms);
    }
  }

  /**
   * A product of a constant and the indices of up to two loops of the level.
   *
   * @param first of a loop; empty for a factor of 1
   * @param second of another
   */
  public record SkewTerm(long constant, Optional<Index> first, Optional<Index> second) {}

  /** The index of a loop of the level over that dimension. */
  public record Index(String dimension, boolean space) {}

  /** Whether every loop has the same iterations in every turn. */
  public boolean isPerfect() {
    return levels.stream().flatMap(l -> l.all().stream()).allMatch(l -> l.count() == l.last());
  }

  /** The variables and flattened dimensions that loops may run over, with how many values each. */
  public Map<String, Long> extents() {
    var extents = new java.util.LinkedHashMap<String, Long>();
    einsum.variables().forEach(v -> extents.put(v.name(), v.extent()));
    for (Flattened f : flattened) {
      long product = 1;
      for (String v : f.variables()) {
        Long extent = extents.remove(v);
        if (extent == null) {
          throw new InvalidSpecException(
              "'%s' flattens '%s', which is no rank variable".formatted(f.name(), v));
        }
        product = Math.multiplyExact(product, extent);
      }
      extents.put(f.name(), product);
    }
    return extents;
  }
}
