package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws structures of a problem: who keeps what, and how each fanout is spread. */
final class RandomStructures {
  private RandomStructures() {}

  static Structure draw(Problem p, SplittableRandom random) {
    List<Placement> placements = Placement.all(p);
    return new Structure(p, placements.get(random.nextInt(placements.size())), spreads(p, random));
  }

  /** Well used as often as not. */
  static Spread[] spreads(Problem p, SplittableRandom random) {
    Spread[] spreads = new Spread[p.fanouts.length];
    long[] left = p.extent.clone();
    for (int f = 0; f < spreads.length; f++) {
      List<Spread> fitting = new ArrayList<>();
      for (Spread s : Spread.all(p, p.fanouts[f])) {
        boolean divides = true;
        for (int v = 0; v < left.length; v++) {
          divides &= left[v] % s.factor()[v] == 0;
        }
        if (divides) {
          fitting.add(s);
        }
      }
      Spread a = fitting.get(random.nextInt(fitting.size()));
      Spread b = fitting.get(random.nextInt(fitting.size()));
      spreads[f] = a.used() > b.used() || random.nextInt(3) == 0 ? a : b;
      for (int v = 0; v < left.length; v++) {
        left[v] /= spreads[f].factor()[v];
      }
    }
    return spreads;
  }
}
