package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.explore.PointResult;

/**
 * The points that no other beats, of all that were offered so far. Less is better in everything.
 */
final class Front {
  /** A point with its costs. */
  private static final class Member {
    private final PointResult result;
    private final double[] costs;

    Member(PointResult result, double[] costs) {
      this.result = result;
      this.costs = costs;
    }
  }

  private final List<Member> members = new ArrayList<>();

  /** Takes a point unless another is better in something and worse in nothing. */
  boolean offer(PointResult result, double[] costs) {
    if (members.stream().anyMatch(m -> dominates(m.costs, costs))) {
      return false;
    }
    members.removeIf(m -> dominates(costs, m.costs));
    members.add(new Member(result, costs));
    return true;
  }

  /** Who is at least as good as these bounds in everything, and better in something. */
  Optional<PointResult> beats(double[] bounds) {
    return members.stream().filter(m -> dominates(m.costs, bounds)).map(m -> m.result).findFirst();
  }

  /** In the order in which they came. */
  List<PointResult> results() {
    return members.stream().map(m -> m.result).toList();
  }

  int size() {
    return members.size();
  }

  /** Whether {@code a} is better in something and worse in nothing. */
  static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
      better |= a[i] < b[i];
    }
    return better;
  }
}
