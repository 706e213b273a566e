package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.einloom.mapper.SearchMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Searches a structure some memories of which hold several tensors, by dividing these memories.
 *
 * <p>Where every node has room for itself, nodes are placed late, labels need not be compared by
 * what they take, and {@link FillBound} knows for sure what fits. So each node is given all the
 * room that the others may leave it. A mapping that is best then, and fits together, is best of
 * all. If it does not fit, either one of its nodes takes no more than some size, or it takes more
 * and the others have less: two searches of the same kind. Every mapping that fits is in one of
 * them, and the one that did not fit is in neither, so there is an end. The least bound in line
 * bounds them all.
 */
final class Allotments {
  /**
   * One way to divide the memories.
   *
   * @param most {@code [tensor][node]}: the room that there is for it, in bits
   * @param least {@code [tensor][node]}: bits of it that others cannot have
   * @param value what a mapping costs at least
   * @param number by which equals are told apart
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Room(double[][] most, double[][] least, double value, long number) {}

  private final TemporalSearch search;
  private final Prepared whole;
  private final double @Nullable [] stands;
  private final PriorityQueue<Room> open =
      new PriorityQueue<>(Comparator.comparingDouble(Room::value).thenComparingLong(Room::number));
  private long number;

  /** How often what was best did not fit as it was. */
  long misfits;

  /** How often it did not fit in any way. */
  long divisions;

  /** {@code [tensor][node]}: the sizes that its tiles can have, in bits, the smallest first. */
  private final double[][][] sizes;

  // of the mapping that did not fit
  private double[][] taken = new double[0][];
  private int crowded;

  /**
   * @param stands what {@link StructureBounds#byTilePj} says
   */
  Allotments(TemporalSearch search, Prepared whole, double @Nullable [] stands, Incumbents best) {
    this.search = search;
    this.whole = whole;
    this.stands = stands;
    sizes = new double[whole.tensors][][];
    double[][] least = new double[whole.tensors][];
    double[][] most = new double[whole.tensors][];
    for (int t = 0; t < sizes.length; t++) {
      most[t] = whole.capacity[t].clone();
      least[t] = new double[most[t].length];
      sizes[t] = new double[most[t].length][];
      for (int j = 0; j < most[t].length; j++) {
        sizes[t][j] = whole.capOf[t][j] < 0 ? new double[0] : sizes(t, j);
        least[t][j] = whole.capOf[t][j] < 0 ? 0 : sizes[t][j][0];
      }
    }
    add(most, least, 0, best);
  }

  private double[] sizes(int t, int j) {
    int[] related = whole.lattice.projections(whole.s.problem.relevant[t]);
    var found = new TreeSet<Double>();
    for (int x = 0; x < related.length; x++) {
      if (related[x] == x) {
        found.add(whole.leastBits(t, j, x));
        if (whole.s.problem.regular[t]) {
          found.add(
              whole.tile[t][x] * Math.max(whole.nodeBits[t][j], whole.nodeBitsComplete[t][j]));
        }
      }
    }
    return found.stream().mapToDouble(bits -> bits).toArray();
  }

  /** How many sizes are no larger. */
  private int upTo(int t, int j, double bits) {
    int at = Arrays.binarySearch(sizes[t][j], bits);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /**
   * Offers what is best, if it is better than what is known; makes about so many labels at most.
   */
  TemporalSearch.End run(long labels, Incumbents best, SearchMonitor monitor, double otherBound) {
    long before = search.evaluated();
    while (!open.isEmpty()) {
      Room room = open.remove();
      if (!best.wantsFront() && room.value > best.value * (1 + 1e-11)) {
        return TemporalSearch.End.PROVEN;
      }
      long left = labels - (search.evaluated() - before);
      if (left < 0 || monitor.stop()) {
        open.add(room);
        return TemporalSearch.End.STOPPED;
      }
      TemporalSearch.End ended =
          search.search(
              whole.within(room.most),
              stands,
              this,
              left,
              best,
              monitor,
              Math.min(otherBound, openBound()));
      switch (ended) {
        case PROVEN -> {}
        case STOPPED -> {
          double value = Math.max(room.value, search.labels.bound());
          open.add(new Room(room.most, room.least, value, room.number));
          return ended;
        }
        case CROWDED -> {
          divisions++;
          divide(room, Math.max(room.value, search.labels.bound()), best);
        }
      }
    }
    return TemporalSearch.End.PROVEN;
  }

  /** The least value of what is still in line. */
  double openBound() {
    return open.isEmpty() ? Double.POSITIVE_INFINITY : open.peek().value;
  }

  /**
   * A mapping that costs no more and fits, -1 if none is found. On the way to one that fits and
   * costs more, if it comes to that, which is offered if it is good.
   */
  int fitting(int label, Incumbents best) {
    taken = search.taken(label);
    crowded = crowded(taken);
    if (crowded < 0) {
      return label;
    }
    misfits++;
    var shrinking = new Shrinking(search, label);
    int small = shrinking.forNothing();
    taken = search.taken(small);
    crowded = crowded(taken);
    if (crowded < 0) {
      return small;
    }
    double[][] first = taken;
    int memory = crowded;
    for (int c = memory; c >= 0 && small >= 0; c = small < 0 ? -1 : crowded(search.taken(small))) {
      int full = c;
      small = shrinking.byOne((t, j) -> whole.capOf[t][j] == full);
    }
    if (small >= 0 && !best.prunes(search.energy(small), search.cycles(small))) {
      search.finish(small, best);
    }
    taken = first;
    crowded = memory;
    return -1;
  }

  /** A memory in which there is no room for all; -1 if there is none. */
  private int crowded(double[][] taken) {
    for (int c = 0; c < whole.capLast.length; c++) {
      double sum = 0;
      double room = 0;
      for (int t = 0; t < taken.length; t++) {
        for (int j = 0; j < taken[t].length; j++) {
          if (whole.capOf[t][j] == c) {
            sum += taken[t][j];
            room = whole.capacity[t][j];
          }
        }
      }
      if (sum > room) {
        return c;
      }
    }
    return -1;
  }

  /** The largest of the nodes that do not fit either is smaller or is granted some of its size. */
  private void divide(Room room, double value, Incumbents best) {
    double sum = 0;
    int tensor = -1;
    int node = -1;
    double largest = 0;
    double capacity = 0;
    for (int t = 0; t < taken.length; t++) {
      for (int j = 0; j < taken[t].length; j++) {
        if (whole.capOf[t][j] == crowded) {
          sum += taken[t][j];
          capacity = whole.capacity[t][j];
          // one that takes no more than it is granted anyway cannot be what is too much
          if (taken[t][j] > Math.max(largest, room.least[t][j])) {
            largest = taken[t][j];
            tensor = t;
            node = j;
          }
        }
      }
    }
    // if all shrank by the same share, this would be its size
    double size = Math.max(largest * capacity / sum, room.least[tensor][node]);
    int smaller = upTo(tensor, node, size);
    double[][] most = copy(room.most);
    most[tensor][node] = sizes[tensor][node][smaller - 1];
    add(most, room.least, value, best);
    double[][] least = copy(room.least);
    least[tensor][node] = sizes[tensor][node][smaller];
    add(copy(room.most), least, value, best);
  }

  /** Adds what is worth searching: nothing, where some node has no room, or costs too much. */
  private void add(double[][] most, double[][] least, double value, Incumbents best) {
    double[] granted = new double[whole.capLast.length];
    for (int t = 0; t < most.length; t++) {
      for (int j = 0; j < most[t].length; j++) {
        if (whole.capOf[t][j] >= 0) {
          granted[whole.capOf[t][j]] += least[t][j];
        }
      }
    }
    for (int t = 0; t < most.length; t++) {
      for (int j = 0; j < most[t].length; j++) {
        int c = whole.capOf[t][j];
        if (c >= 0) {
          double room = whole.capacity[t][j] - (granted[c] - least[t][j]);
          int fit = upTo(t, j, Math.min(most[t][j], room));
          if (fit == 0) {
            return;
          }
          most[t][j] = sizes[t][j][fit - 1];
        }
      }
    }
    double[] cost = whole.s.least();
    double energy = cost[0] + whole.within(most).fill.toGo(0);
    if (!best.prunes(energy, cost[1])) {
      open.add(new Room(most, least, Math.max(value, best.value(energy, cost[1])), number++));
    }
  }

  private static double[][] copy(double[][] of) {
    double[][] copy = of.clone();
    for (int t = 0; t < copy.length; t++) {
      copy[t] = of[t].clone();
    }
    return copy;
  }
}
