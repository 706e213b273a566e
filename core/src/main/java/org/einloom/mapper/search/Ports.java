package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.List;
import org.einloom.arch.Action;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;

/**
 * The dimensions of cost: energy, then every port that limits something.
 *
 * @param of {@code [node][action]}: the dimension of the port that an action uses; -1 for none
 * @param dimensions how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Ports(int[][] of, int dimensions) {
  static final List<String> ACTIONS = List.of("read", "write", "update");

  /**
   * Those of nodes up to one.
   *
   * @param last the last node whose ports count
   */
  static Ports upTo(Problem p, int last) {
    int[][] of = new int[p.nodes.size()][ACTIONS.size()];
    int dimensions = 1;
    for (int n = 0; n < of.length; n++) {
      Arrays.fill(of[n], -1);
      if (n > last) {
        continue;
      }
      if (p.nodes.get(n) instanceof Memory m) {
        int shared = -1;
        for (int i = 0; i < ACTIONS.size(); i++) {
          Action a = m.actions().get(ACTIONS.get(i));
          if (a == null || Double.isInfinite(a.perCycle())) {
            continue;
          }
          if (m.sharedPort() && shared >= 0) {
            of[n][i] = shared;
          } else {
            shared = dimensions++;
            of[n][i] = shared;
          }
        }
      } else if (p.nodes.get(n) instanceof Fanout f
          && n != last
          && f.transfer().isPresent()
          && Double.isFinite(f.transfer().get().perCycle())) {
        of[n][0] = dimensions++;
      }
    }
    return new Ports(of, dimensions);
  }
}
