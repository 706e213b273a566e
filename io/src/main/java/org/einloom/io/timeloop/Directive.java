package org.einloom.io.timeloop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.io.input.Position;

/** One entry of Timeloop's mapping. */
public sealed interface Directive {
  /** The name of the level, without path and range. */
  String target();

  /** Where it begins. */
  Position at();

  /**
   * The loops of a level, in time, or in space below it.
   *
   * @param spatial whether they are in space
   * @param permutation dimensions, innermost first, as far as the file says
   * @param factors by dimension, as far as the file says
   * @param split of loops in space, how many of the first dimensions of the permutation lie along
   *     X; empty where the file does not say
   * @param noReuse tensors whose equal tiles are not shared between children
   * @param noLinkTransfer tensors that neighbours do not hand on
   * @param noTemporalReuse tensors of which nothing is kept from one step to the next
   * @param rmwFirstUpdate tensors whose first update reads as well
   */
  record Loops(
      String target,
      boolean spatial,
      List<String> permutation,
      SequencedMap<String, Factor> factors,
      OptionalInt split,
      Set<String> noReuse,
      Set<String> noLinkTransfer,
      Set<String> noTemporalReuse,
      Set<String> rmwFirstUpdate,
      Position at)
      implements Directive {
    public Loops {
      permutation = List.copyOf(permutation);
      factors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(factors));
      noReuse = Set.copyOf(noReuse);
      noLinkTransfer = Set.copyOf(noLinkTransfer);
      noTemporalReuse = Set.copyOf(noTemporalReuse);
      rmwFirstUpdate = Set.copyOf(rmwFirstUpdate);
    }
  }

  /**
   * What a level keeps. A tensor that is named in no directive for the level is kept.
   *
   * @param keep tensors that it holds
   * @param bypass tensors that it does not hold
   */
  record Bypass(String target, Set<String> keep, Set<String> bypass, Position at)
      implements Directive {
    public Bypass {
      keep = Collections.unmodifiableSet(new LinkedHashSet<>(keep));
      bypass = Collections.unmodifiableSet(new LinkedHashSet<>(bypass));
    }
  }

  /**
   * Turns which child below a level does what, from step to step: child {@code x} takes the place
   * {@code (sum of terms) mod modulo}.
   */
  record Skew(String target, long modulo, List<SkewTerm> terms, Position at) implements Directive {
    public Skew {
      terms = List.copyOf(terms);
    }
  }

  /**
   * A term of a skew: {@code constant * (variable - bound)}, as far as these stand.
   *
   * @param dimension of the variable; empty where there is none
   * @param spatial whether the variable is the loop in space of that dimension, or that in time
   * @param boundDimension of the loop whose bound is subtracted or multiplied; empty where there is
   *     none
   */
  record SkewTerm(
      long constant,
      String dimension,
      boolean spatial,
      String boundDimension,
      boolean boundSpatial) {}

  /**
   * How often a loop runs.
   *
   * @param count iterations; 0 for whatever remains of the dimension
   * @param last iterations in the last turn of the loops over the same dimension outside of it; as
   *     many as {@code count} where the file does not say
   * @param at where it stands
   */
  record Factor(long count, long last, Position at) {}
}
