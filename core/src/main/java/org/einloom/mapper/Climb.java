package org.einloom.mapper;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.einloom.mapping.LoopTree;
import org.jspecify.annotations.Nullable;

/** Walks from a candidate to ever better neighbours until there is none, or patience ends. */
final class Climb {
  /**
   * Where a walk ended.
   *
   * @param mapping the last and best
   * @param score how good it is; null if not even the start is a mapping
   * @param evaluated candidates evaluated on the way, the start included
   */
  record End(LoopTree mapping, @Nullable Score score, long evaluated) {}

  private Climb() {}

  /**
   * Walks; the neighbours of each step are tried in random order, and the first better one taken.
   */
  static End from(Candidate start, Judge judge, int budget, RandomGenerator random) {
    Candidate at = start;
    LoopTree mapping = at.mapping();
    Score score = judge.score(mapping).orElse(null);
    long evaluated = 1;
    // the score only falls, so what was not better once never will be
    Set<LoopTree> seen = new HashSet<>(Set.of(mapping));
    boolean better = true;
    while (better) {
      better = false;
      List<Candidate> neighbours = Moves.of(at);
      for (int i : Seeds.shuffled(neighbours.size(), random)) {
        LoopTree next = neighbours.get(i).mapping();
        if (!seen.add(next)) {
          continue;
        }
        if (evaluated >= budget) {
          return new End(mapping, score, evaluated);
        }
        evaluated++;
        Optional<Score> found = judge.score(next);
        if (found.isPresent() && (score == null || found.get().compareTo(score) < 0)) {
          at = neighbours.get(i);
          mapping = next;
          score = found.get();
          better = true;
          break;
        }
      }
    }
    return new End(mapping, score, evaluated);
  }
}
