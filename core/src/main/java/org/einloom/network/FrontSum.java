package org.einloom.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The corners of a sum of fronts. One point is chosen of each front; which choices can be best for
 * some weighing of energy against latency?
 *
 * <p>Those are the corners of the convex hull of the sum, on the side of small values. The hull of
 * a sum is the sum of the hulls, so its corners follow from those of each front: from the choice of
 * least energy, its edges in the order of their rates, each a step of one front to its next corner.
 */
final class FrontSum {
  /**
   * A point.
   *
   * @param energy at least 0
   * @param latency at least 0
   */
  record Point(double energy, double latency) {}

  /**
   * A corner of the sum.
   *
   * @param choice by front, the number of its point
   * @param sum of the chosen points
   * @param fromRate the corner is best where a unit of latency is worth this much energy ...
   * @param toRate ... to this much
   */
  record Corner(List<Integer> choice, Point sum, double fromRate, double toRate) {}

  /** A step to the next corner of one front; it gains one of latency for so much energy. */
  private record Edge(int front, int to, double rate) {}

  private FrontSum() {}

  /**
   * The corners by rising energy; the first has the least energy, the last the least latency.
   *
   * @param fronts points of each, at least one
   */
  static List<Corner> corners(List<List<Point>> fronts) {
    List<Edge> edges = new ArrayList<>();
    int[] choice = new int[fronts.size()];
    for (int f = 0; f < fronts.size(); f++) {
      List<Integer> hull = hull(fronts.get(f));
      choice[f] = hull.getFirst();
      for (int i = 1; i < hull.size(); i++) {
        Point from = fronts.get(f).get(hull.get(i - 1));
        Point to = fronts.get(f).get(hull.get(i));
        edges.add(new Edge(f, hull.get(i), rate(from, to)));
      }
    }
    // stable: the edges of one front stay in order where rounding makes their rates equal
    edges.sort(Comparator.comparingDouble(Edge::rate));
    List<Corner> corners = new ArrayList<>();
    double rate = 0;
    for (Edge e : edges) {
      corners.add(corner(fronts, choice, rate, e.rate()));
      choice[e.front()] = e.to();
      rate = e.rate();
    }
    corners.add(corner(fronts, choice, rate, Double.POSITIVE_INFINITY));
    return corners;
  }

  private static Corner corner(
      List<List<Point>> fronts, int[] choice, double fromRate, double toRate) {
    List<Integer> chosen = new ArrayList<>();
    double energy = 0;
    double latency = 0;
    for (int f = 0; f < choice.length; f++) {
      Point p = fronts.get(f).get(choice[f]);
      energy += p.energy();
      latency += p.latency();
      chosen.add(choice[f]);
    }
    return new Corner(List.copyOf(chosen), new Point(energy, latency), fromRate, toRate);
  }

  /**
   * The corners of one front, from the least energy to the least latency, by number: the lower left
   * half of Andrew's monotone chain.
   */
  private static List<Integer> hull(List<Point> points) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble((Integer i) -> points.get(i).energy())
            .thenComparingDouble(i -> points.get(i).latency()));
    List<Integer> hull = new ArrayList<>();
    for (int i : order) {
      Point p = points.get(i);
      if (!hull.isEmpty() && p.latency() >= points.get(hull.getLast()).latency()) {
        continue; // no less of either
      }
      while (hull.size() > 1
          && rate(points.get(hull.get(hull.size() - 2)), points.get(hull.getLast()))
              >= rate(points.get(hull.getLast()), p)) {
        hull.removeLast();
      }
      hull.add(i);
    }
    return hull;
  }

  /** Energy paid for one of latency. */
  private static double rate(Point from, Point to) {
    return (to.energy() - from.energy()) / (from.latency() - to.latency());
  }
}
