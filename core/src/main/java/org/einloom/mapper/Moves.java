package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;

/** The neighbours of a candidate: everything that one change makes of it and that fits. */
final class Moves {
  private final Candidate from;
  private final Space space;
  private final List<Candidate> found = new ArrayList<>();

  private Moves(Candidate from) {
    this.from = from;
    this.space = from.space;
  }

  static List<Candidate> of(Candidate from) {
    var moves = new Moves(from);
    for (int v = 0; v < moves.space.variables(); v++) {
      moves.moveFactors(v);
    }
    for (int s = 1; s < from.factor.length; s++) {
      moves.exchange(s);
    }
    for (int s = 0; s < from.factor.length; s++) {
      moves.reorder(s);
    }
    moves.toggleKeeps();
    moves.swapMemories();
    return moves.found;
  }

  private void add(Candidate c) {
    if (c.ordered() && c.fits()) {
      found.add(c);
    }
  }

  /** Moves a factor of one variable from any slot to any other. */
  private void moveFactors(int v) {
    for (int to = 0; to < from.factor.length; to++) {
      if (!space.allowed(to, v)) {
        continue;
      }
      for (int source = 0; source < from.factor.length; source++) {
        if (source != to) {
          for (long p : parts(source, v)) {
            Candidate c = from.copy();
            take(c, source, v, p);
            give(c, to, v, p);
            add(c);
          }
        }
      }
    }
  }

  /** Lets one variable have room in a slot that another gives up. */
  private void exchange(int slot) {
    for (int loser = 0; loser < space.variables(); loser++) {
      long had = from.factor[slot][loser];
      if (had == 1) {
        continue;
      }
      for (int winner = 0; winner < space.variables(); winner++) {
        if (winner == loser || !space.allowed(slot, winner)) {
          continue;
        }
        if (space.temporal(slot)) {
          exchangeParts(slot, loser, winner);
        } else {
          Candidate c = from.copy();
          c.factor[slot][loser] = 1;
          give(c, slot, winner, Factors.share(c.rest(winner), space.size(slot) / c.used(slot)));
          add(c);
        }
      }
    }
  }

  private void exchangeParts(int slot, int loser, int winner) {
    for (long p : Factors.primes(from.factor[slot][loser])) {
      for (long q : Factors.growth(from.rest(winner))) {
        Candidate c = from.copy();
        take(c, slot, loser, p);
        give(c, slot, winner, q);
        add(c);
      }
    }
  }

  /** What can be taken from a slot at once: a prime factor or all; from slot 0 a step of growth. */
  private List<Long> parts(int slot, int v) {
    List<Long> parts = new ArrayList<>();
    long whole = slot == 0 ? from.rest(v) : from.factor[slot][v];
    if (whole > 1) {
      parts.addAll(slot == 0 ? Factors.growth(whole) : Factors.primes(whole));
      if (!parts.contains(whole)) {
        parts.add(whole);
      }
    }
    return parts;
  }

  private static void take(Candidate c, int slot, int v, long part) {
    if (slot > 0) {
      c.factor[slot][v] /= part;
    }
  }

  private static void give(Candidate c, int slot, int v, long part) {
    if (slot > 0) {
      c.factor[slot][v] *= part;
    }
  }

  /** Puts each loop of a slot in each other place among the loops that iterate. */
  private void reorder(int slot) {
    int[] order = from.order[slot];
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      if ((slot == 0 ? from.rest(order[i]) : from.factor[slot][order[i]]) > 1) {
        places.add(i);
      }
    }
    for (int a : places) {
      for (int b : places) {
        if (a != b && !(a > b && places.indexOf(a) == places.indexOf(b) + 1)) {
          Candidate c = from.copy();
          int moved = c.order[slot][a];
          int step = a < b ? 1 : -1;
          for (int i = a; i != b; i += step) {
            c.order[slot][i] = c.order[slot][i + step];
          }
          c.order[slot][b] = moved;
          add(c);
        }
      }
    }
  }

  private void toggleKeeps() {
    for (int m = 1; m < from.keep.length; m++) {
      var keep = space.memories.get(m).keep();
      for (int t = 0; t < from.keep[m].length; t++) {
        var tensor = space.tensors.get(t);
        if (keep.allows(tensor) && !keep.requires(tensor)) {
          Candidate c = from.copy();
          c.keep[m][t] = !c.keep[m][t];
          add(c);
        }
      }
    }
  }

  /** Of two memories without a fanout between, lets the inner one's storage stand further out. */
  private void swapMemories() {
    for (int s = 1; s + 1 < from.factor.length; s++) {
      if (space.temporal(s) && space.temporal(s + 1)) {
        Candidate c = from.copy();
        int m = c.memoryOf[s];
        c.memoryOf[s] = c.memoryOf[s + 1];
        c.memoryOf[s + 1] = m;
        add(c);
      }
    }
  }
}
