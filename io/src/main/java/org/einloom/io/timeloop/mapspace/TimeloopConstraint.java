package org.einloom.io.timeloop.mapspace;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.FactorText;
import org.einloom.mapper.timeloop.NestSpace;

/** One thing that Timeloop's constraints ask of mappings. */
public sealed interface TimeloopConstraint {
  /** The level it is about, without path and range. */
  String target();

  /** Where it begins. */
  Position at();

  /**
   * Of the loops of a level, in time, or in space below it.
   *
   * @param spatial whether they are in space
   * @param factors what the counts of loops have to be
   * @param permutation dimensions, innermost first; what is not named is outside of them
   * @param split how many of the first dimensions of the permutation lie along X
   * @param noReuse what is not reused by this level
   */
  record Loops(
      String target,
      boolean spatial,
      List<FactorText.Item> factors,
      List<String> permutation,
      OptionalInt split,
      NestSpace.NoReuse noReuse,
      Position at)
      implements TimeloopConstraint {
    public Loops {
      factors = List.copyOf(factors);
      permutation = List.copyOf(permutation);
    }
  }

  /** Of what a level keeps. */
  record Kept(String target, Set<String> keep, Set<String> bypass, Position at)
      implements TimeloopConstraint {
    public Kept {
      keep = Collections.unmodifiableSet(new LinkedHashSet<>(keep));
      bypass = Collections.unmodifiableSet(new LinkedHashSet<>(bypass));
    }
  }

  /** Of the share of all computes that is used. */
  record MinParallelism(String target, double least, Position at) implements TimeloopConstraint {}
}
