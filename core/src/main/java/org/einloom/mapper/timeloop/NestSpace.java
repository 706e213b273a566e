package org.einloom.mapper.timeloop;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.workload.Einsum;

/**
 * Which mappings of Timeloop's there are: at each level of storage any choice of tensors, and for
 * every dimension one factor in time and one in space, along X or along Y; loops in any order. All
 * factors of a dimension multiply to its extent. The outermost level keeps everything. This takes
 * out of them what is asked for.
 *
 * @param einsum what is computed
 * @param levels outermost first
 * @param leastParallelism the share of all computes that has to be used
 */
public record NestSpace(Einsum einsum, List<Level> levels, double leastParallelism) {
  public NestSpace {
    levels = List.copyOf(levels);
  }

  /** How often a loop may run. */
  public record Range(long least, long most) {
    /** Any number of times. */
    public static final Range ANY = new Range(1, Long.MAX_VALUE);

    boolean has(long count) {
      return least <= count && count <= most;
    }
  }

  /**
   * What is not reused at a level, by tensor.
   *
   * @param inSpace whose equal tiles are not shared between children
   * @param byNeighbours that its children do not hand on to each other
   * @param inTime of which it keeps nothing from one step to the next
   * @param firstRead results of which also the first update reads
   */
  public record NoReuse(
      Set<String> inSpace, Set<String> byNeighbours, Set<String> inTime, Set<String> firstRead) {
    /** Everything is reused. */
    public static final NoReuse NONE = new NoReuse(Set.of(), Set.of(), Set.of(), Set.of());

    public NoReuse {
      inSpace = Set.copyOf(inSpace);
      byNeighbours = Set.copyOf(byNeighbours);
      inTime = Set.copyOf(inTime);
      firstRead = Set.copyOf(firstRead);
    }

    /** What is not reused by this or by that. */
    public NoReuse and(NoReuse o) {
      return new NoReuse(
          union(inSpace, o.inSpace),
          union(byNeighbours, o.byNeighbours),
          union(inTime, o.inTime),
          union(firstRead, o.firstRead));
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
      Set<String> union = new HashSet<>(a);
      union.addAll(b);
      return union;
    }
  }

  /**
   * What is asked of a level.
   *
   * @param memory its name
   * @param keeps tensors that it has to keep
   * @param bypasses tensors that it must not keep
   * @param time by dimension, how often its loop in time may run; any number where none stands
   * @param timeOrder dimensions whose loops in time are inside of all others, innermost first
   * @param space the same of loops in space below it
   * @param spaceOrder the same along each axis
   * @param alongX dimensions that may lie along X
   * @param alongY dimensions that may lie along Y
   * @param noReuse how it counts what is moved
   */
  public record Level(
      String memory,
      Set<String> keeps,
      Set<String> bypasses,
      Map<String, Range> time,
      List<String> timeOrder,
      Map<String, Range> space,
      List<String> spaceOrder,
      Set<String> alongX,
      Set<String> alongY,
      NoReuse noReuse) {
    public Level {
      keeps = Set.copyOf(keeps);
      bypasses = Set.copyOf(bypasses);
      time = Map.copyOf(time);
      timeOrder = List.copyOf(timeOrder);
      space = Map.copyOf(space);
      spaceOrder = List.copyOf(spaceOrder);
      alongX = Set.copyOf(alongX);
      alongY = Set.copyOf(alongY);
    }

    /** A level that reuses everything. */
    public Level(
        String memory,
        Set<String> keeps,
        Set<String> bypasses,
        Map<String, Range> time,
        List<String> timeOrder,
        Map<String, Range> space,
        List<String> spaceOrder,
        Set<String> alongX,
        Set<String> alongY) {
      this(
          memory,
          keeps,
          bypasses,
          time,
          timeOrder,
          space,
          spaceOrder,
          alongX,
          alongY,
          NoReuse.NONE);
    }

    /** A level of which nothing is asked. */
    public static Level free(String memory, Einsum einsum) {
      Set<String> all = new java.util.HashSet<>();
      einsum.variables().forEach(v -> all.add(v.name()));
      return new Level(
          memory, Set.of(), Set.of(), Map.of(), List.of(), Map.of(), List.of(), all, all);
    }
  }
}
