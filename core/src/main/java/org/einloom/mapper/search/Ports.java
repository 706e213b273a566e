package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;

/**
 * The dimensions of cost: energy, then every port that limits something.
 *
 * @param of {@code [node][action]}: the dimension of the port that an action uses; -1 for none
 * @param dimensions how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Ports(int[][] of, int dimensions) {
  static final List<String> ACTIONS = List.of("read", "write", "update");

  static final int READ = 0;
  static final int WRITE = 1;
  static final int UPDATE = 2;

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
      switch (p.nodes.get(n)) {
        case Memory m -> dimensions = open(m.actions(), m.sharedPort(), of[n], dimensions);
        case Toll t -> dimensions = open(t.actions(), t.sharedPort(), of[n], dimensions);
        case Fanout f -> {
          if (n != last
              && f.transfer().isPresent()
              && Double.isFinite(f.transfer().get().perCycle())) {
            of[n][0] = dimensions++;
          }
        }
        case Compute c -> {}
      }
    }
    return new Ports(of, dimensions);
  }

  /**
   * The ports of a node with several actions.
   *
   * @param of takes the dimension of each action
   * @return how many dimensions there are with these
   */
  private static int open(Map<String, Action> actions, boolean isShared, int[] of, int dimensions) {
    int next = dimensions;
    int shared = -1;
    for (int i = 0; i < ACTIONS.size(); i++) {
      Action a = actions.get(ACTIONS.get(i));
      if (a == null || Double.isInfinite(a.perCycle())) {
        continue;
      }
      if (!isShared || shared < 0) {
        shared = next++;
      }
      of[i] = shared;
    }
    return next;
  }
}
