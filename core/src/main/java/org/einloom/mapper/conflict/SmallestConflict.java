package org.einloom.mapper.conflict;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.einloom.mapper.conflict.Feasibility.Answer;

/**
 * A smallest set of numbered requirements that cannot hold together, when fewer requirements are
 * never harder to meet.
 *
 * <p>First, requirements are left out, many at once while that goes well, until none can be spared.
 * Then it is proven that no smaller set is in conflict, or one is found, by the duality of
 * conflicts and corrections (Reiter 1987; Ignatiev et al., CP 2015): what is left out of a set that
 * can be met is hit by every conflict. So a smallest set that hits all corrections known is no
 * larger than the smallest conflict: either it is one, or it can be met and gives another
 * correction.
 */
final class SmallestConflict {
  private static final int MOST_CORRECTIONS = 300;

  private final BitSet all;
  private final Function<BitSet, Answer> ask;
  private final BooleanSupplier giveUp;
  private final List<BitSet> impossible = new ArrayList<>();
  private final List<BitSet> possible = new ArrayList<>();

  private SmallestConflict(int n, Function<BitSet, Answer> ask, BooleanSupplier giveUp) {
    this.all = new BitSet(n);
    this.all.set(0, n);
    this.ask = ask;
    this.giveUp = giveUp;
  }

  /**
   * A conflict.
   *
   * @param smallest whether it is proven that none has fewer members; otherwise none of its members
   *     can be spared, as far as answers were to be had
   */
  record Found(BitSet members, boolean smallest) {}

  /**
   * A conflict among n requirements; empty if it is not known that they conflict. Of several of the
   * same size one of low numbers is preferred.
   *
   * @param hints sets to begin with, if they are in conflict: of these the first that is
   * @param ask whether a set of requirements can be met
   * @param giveUp asked between questions; once true, the best so far is the answer
   */
  static Optional<Found> find(
      int n, List<BitSet> hints, Function<BitSet, Answer> ask, BooleanSupplier giveUp) {
    var search = new SmallestConflict(n, ask, giveUp);
    return Stream.concat(hints.stream(), Stream.of(search.all))
        .filter(set -> search.answer(set) == Answer.NONE)
        .findFirst()
        .map(set -> search.prove(search.shrink(set)));
  }

  /** Leaves out the last ones first. */
  private BitSet shrink(BitSet start) {
    BitSet conflict = copy(start);
    int end = start.length();
    int step = 1;
    while (end > 0 && !giveUp.getAsBoolean()) {
      BitSet fewer = copy(conflict);
      fewer.clear(Math.max(0, end - step), end);
      if (answer(fewer) == Answer.NONE) {
        conflict = fewer;
        end = Math.max(0, end - step);
        step *= 2;
      } else if (step > 1) {
        step /= 2;
      } else {
        end--;
      }
    }
    return conflict;
  }

  private Found prove(BitSet conflict) {
    List<BitSet> corrections = new ArrayList<>();
    for (int r = conflict.nextSetBit(0); r >= 0; r = conflict.nextSetBit(r + 1)) {
      BitSet rest = copy(conflict);
      rest.clear(r);
      correct(rest, corrections);
    }
    while (!giveUp.getAsBoolean() && corrections.size() < MOST_CORRECTIONS) {
      BitSet least = HittingSet.smallest(corrections);
      if (least.cardinality() >= conflict.cardinality()) {
        return new Found(conflict, true);
      }
      switch (answer(least)) {
        case NONE -> {
          return new Found(least, true);
        }
        case EXISTS -> correct(least, corrections);
        case UNKNOWN -> {
          return new Found(conflict, false);
        }
      }
    }
    return new Found(conflict, false);
  }

  /** Grows a set that can be met while it still can; what is left out is a correction. */
  private void correct(BitSet set, List<BitSet> corrections) {
    if (answer(set) != Answer.EXISTS) {
      return;
    }
    BitSet left = copy(all);
    left.andNot(set);
    BitSet correction = copy(all);
    correction.andNot(grow(set, left.stream().boxed().toList()));
    corrections.add(correction);
  }

  private BitSet grow(BitSet set, List<Integer> more) {
    if (more.isEmpty() || giveUp.getAsBoolean()) {
      return set;
    }
    BitSet larger = copy(set);
    more.forEach(larger::set);
    if (answer(larger) == Answer.EXISTS) {
      return larger;
    }
    if (more.size() == 1) {
      return set;
    }
    int half = more.size() / 2;
    return grow(grow(set, more.subList(0, half)), more.subList(half, more.size()));
  }

  private Answer answer(BitSet set) {
    if (impossible.stream().anyMatch(i -> contains(set, i))) {
      return Answer.NONE;
    }
    if (possible.stream().anyMatch(p -> contains(p, set))) {
      return Answer.EXISTS;
    }
    Answer answer = ask.apply(copy(set));
    switch (answer) {
      case NONE -> impossible.add(copy(set));
      case EXISTS -> possible.add(copy(set));
      case UNKNOWN -> {}
    }
    return answer;
  }

  private static boolean contains(BitSet large, BitSet small) {
    BitSet missing = copy(small);
    missing.andNot(large);
    return missing.isEmpty();
  }

  private static BitSet copy(BitSet set) {
    return (BitSet) set.clone();
  }
}
