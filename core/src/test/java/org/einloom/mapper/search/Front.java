package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.Objective;

/** What no other beats in both energy and cycles. */
final class Front {
  private static final double SAME = 1e-9;

  /** One way to trade energy for cycles. */
  record Point(double energyPj, double cycles) {
    /** In both, rounding errors apart. */
    boolean atMost(Point o) {
      return atMost(energyPj, o.energyPj) && atMost(cycles, o.cycles);
    }

    /** Rounding errors apart. */
    boolean same(Point o) {
      return atMost(o) && o.atMost(this);
    }

    private static boolean atMost(double a, double b) {
      return a <= b + SAME * Math.abs(b) + 1e-12;
    }
  }

  final List<Point> points = new ArrayList<>();

  void add(double energyPj, double cycles) {
    var p = new Point(energyPj, cycles);
    if (points.stream().noneMatch(q -> q.energyPj <= energyPj && q.cycles <= cycles)) {
      points.removeIf(q -> energyPj <= q.energyPj && cycles <= q.cycles);
      points.add(p);
    }
  }

  /** Of mappings that have a cost. */
  static Front of(List<EveryStructure.Costed> mappings) {
    var front = new Front();
    mappings.forEach(m -> m.cost().ifPresent(e -> front.add(e.energyPj(), e.latencyCycles())));
    return front;
  }

  /** Of what a search found. */
  static Front of(Incumbents best) {
    var front = new Front();
    best.points.forEach(p -> front.add(p.energyPj(), p.cycles()));
    return front;
  }

  /** What a search of the loops of a structure finds. */
  static Front of(Structure structure, TemporalSearch search) {
    Incumbents best = wanted(structure.problem);
    search.run(structure, best, structure.problem.options.monitor(), Double.NEGATIVE_INFINITY);
    return of(best);
  }

  /** Where all of the front is wanted. */
  static Incumbents wanted(Problem p) {
    double none = Double.POSITIVE_INFINITY;
    return new Incumbents(p.objective, true, p.architecture.clockHz(), none, none);
  }

  /** Where only the least energy is. */
  static Incumbents energyWanted(Problem p) {
    double none = Double.POSITIVE_INFINITY;
    return new Incumbents(Objective.ENERGY, false, p.architecture.clockHz(), none, none);
  }

  /** That each has a point at least as good as any of the other. */
  void assertSame(Front other, String what) {
    assertNoWorse(other, what);
    other.assertNoWorse(this, what);
  }

  private void assertNoWorse(Front other, String what) {
    for (Point p : other.points) {
      assertThat(points).as("%s: as good as %s", what, p).anyMatch(q -> q.atMost(p));
    }
  }

  @Override
  public String toString() {
    return points.toString();
  }
}
