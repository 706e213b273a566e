package org.einloom.mapper.timeloop;

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
      Set<String> alongY) {
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

    /** A level of which nothing is asked. */
    public static Level free(String memory, Einsum einsum) {
      Set<String> all = new java.util.HashSet<>();
      einsum.variables().forEach(v -> all.add(v.name()));
      return new Level(
          memory, Set.of(), Set.of(), Map.of(), List.of(), Map.of(), List.of(), all, all);
    }
  }
}
