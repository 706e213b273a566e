package org.einloom.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.einloom.mapping.Legality;
import org.einloom.workload.InvalidSpecException;

/** Makes a failing case small, so that a person can work it out by hand. */
public final class Shrinker {
  private Shrinker() {}

  /**
   * Tries simplifications, one after the other and over again, and keeps those with which the case
   * still fails: loops merged, extents reduced, storage nodes, ranks, operands and hardware
   * dropped, spatial loops made temporal, networks made plain.
   *
   * @param fails whether a (legal) case shows the failure that is being looked for
   * @return a case that fails and none of whose simplifications does
   */
  public static RandomCase shrink(RandomCase start, Predicate<RandomCase> fails) {
    RandomCase smallest = start;
    boolean found = true;
    while (found) {
      found = false;
      for (RandomCase candidate : simpler(smallest)) {
        if (size(candidate) < size(smallest) && fails.test(candidate)) {
          smallest = candidate;
          found = true;
          break;
        }
      }
    }
    return smallest;
  }

  /** All legal cases one simplification away, the boldest first. */
  private static List<RandomCase> simpler(RandomCase start) {
    List<Supplier<RandomCase>> attempts = new ArrayList<>();
    attempts.addAll(SimplerMapping.of(start));
    attempts.addAll(SimplerArchitecture.of(start));
    attempts.addAll(SimplerEinsum.of(start));
    return attempts.stream().map(Shrinker::legal).flatMap(Optional::stream).toList();
  }

  /** What the attempt makes; nothing when that breaks a rule. */
  private static Optional<RandomCase> legal(Supplier<RandomCase> attempt) {
    try {
      RandomCase candidate = attempt.get();
      Legality.check(candidate.einsum(), candidate.architecture(), candidate.mapping());
      return Optional.of(candidate);
    } catch (InvalidSpecException e) {
      return Optional.empty();
    }
  }

  /** What shrinking makes smaller with every step, so that it ends. */
  private static long size(RandomCase c) {
    return SimplerMapping.size(c.mapping())
        + SimplerArchitecture.size(c.architecture())
        + SimplerEinsum.size(c.einsum());
  }
}
