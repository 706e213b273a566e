package org.einloom.mapper.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Where the instances of fanouts stand: a <em>stand</em> says, by fanout and variable, the size of
 * the tile below the spatial loop, for the variables whose tiles overlap and that the fanout
 * spreads.
 *
 * <p>A stand is chosen before any loop is. It says of a position alone, variable by variable, which
 * spatial loops are below it: those whose tile the variable has reached. At just that size the
 * spatial loop may be above or below; both are counted the same, because no temporal loop over the
 * variable is between. So the spatial loops of one fanout need not be neighbours: loops over a
 * variable may stand between those over others. A fanout <em>begins</em> where its innermost
 * spatial loop may be, above all nodes below it, and <em>has ended</em> when all its variables have
 * reached their tiles.
 */
final class Stands {
  private final Halo halo;
  private final Structure s;
  private final Lattice lattice;
  private final int fanouts;
  private final List<long[][]> all = new ArrayList<>();
  private final LongMap<Reached> reached = new LongMap<>();

  /**
   * How far variables have come at a position.
   *
   * @param sizes of the tile, by variable
   * @param outermost by variable, the outermost fanout whose spatial loop is below; the number of
   *     fanouts if none is
   * @param ended the outermost fanout that has ended like all further in, if they have begun
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Reached(long[] sizes, int[] outermost, int ended) {}

  Stands(Halo halo, Lattice lattice) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    fanouts = s.spreads.length;
    long[] ones = new long[s.temporal.length];
    Arrays.fill(ones, 1);
    choose(fanouts - 1, ones, new long[fanouts][]);
  }

  int count() {
    return all.size();
  }

  /** {@code [fanout][variable]}: sizes of the tile below the spatial loops. */
  long[][] of(int stand) {
    return all.get(stand);
  }

  private void choose(int f, long[] below, long[][] stand) {
    if (f < 0) {
      all.add(stand.clone());
    } else {
      choose(f, 0, below.clone(), stand);
    }
  }

  private void choose(int f, int v, long[] below, long[][] stand) {
    if (v == below.length) {
      long[] above = below.clone();
      for (int u = 0; u < above.length; u++) {
        above[u] *= s.spreads[f].factor()[u];
      }
      long[] before = stand[f];
      stand[f] = below.clone();
      choose(f - 1, above, stand);
      stand[f] = before;
      return;
    }
    if (!matters(f, v)) {
      choose(f, v + 1, below, stand);
      return;
    }
    long spread = 1;
    for (int g = f + 1; g < fanouts; g++) {
      spread *= s.spreads[g].factor()[v];
    }
    long was = below[v];
    long loops = s.temporal[v] / (was / spread);
    for (long n = 1; n <= loops; n++) {
      if (loops % n == 0) {
        below[v] = was * n;
        choose(f, v + 1, below, stand);
      }
    }
    below[v] = was;
  }

  /** Whether it matters where a fanout's spatial loop over a variable stands. */
  private boolean matters(int f, int v) {
    return halo.overlapping[v] && s.spreads[f].factor()[v] > 1;
  }

  private Reached at(int stand, int position) {
    long key = (long) stand << 32 | position;
    Reached at = reached.get(key);
    if (at == null) {
      long[] sizes = lattice.iterations(position);
      int[] outermost = new int[sizes.length];
      int ended = 0;
      for (int v = 0; v < sizes.length; v++) {
        outermost[v] = outermost(stand, sizes[v], v);
        for (int f = fanouts - 1; f >= outermost[v]; f--) {
          sizes[v] *= matters(f, v) ? s.spreads[f].factor()[v] : 1;
        }
        ended = Math.max(ended, next(outermost[v], v) + 1);
      }
      at = new Reached(sizes, outermost, ended);
      reached.put(key, at);
    }
    return at;
  }

  /** The outermost fanout whose spatial loop over a variable is below so many iterations. */
  private int outermost(int stand, long iterations, int v) {
    long size = iterations;
    int outermost = fanouts;
    for (int f = next(fanouts, v); f >= 0 && size >= of(stand)[f][v]; f = next(f, v)) {
      size *= s.spreads[f].factor()[v];
      outermost = f;
    }
    return outermost;
  }

  /** The next fanout further out that matters because of a variable; -1 if there is none. */
  private int next(int f, int v) {
    int next = f - 1;
    while (next >= 0 && !matters(next, v)) {
      next--;
    }
    return next;
  }

  /** Sizes of the tile at a position, of the variables whose tiles overlap. */
  long[] sizes(int stand, int position) {
    return at(stand, position).sizes;
  }

  /** Whether all fanouts from one inwards have ended, provided that they have begun. */
  boolean ended(int stand, int position, int f) {
    return at(stand, position).ended <= f;
  }

  /**
   * The outermost fanout that has to begin below a loop; the number of fanouts if none has to; -1
   * if the loop cannot be, because the tile of a spatial loop further out is not a multiple.
   */
  int below(int stand, int position, int v, long bound) {
    Reached at = at(stand, position);
    int next = next(at.outermost[v], v);
    boolean fits = next < 0 || of(stand)[next][v] % (at.sizes[v] * bound) == 0;
    return fits ? at.outermost[v] : -1;
  }

  /**
   * Puts spatial loops where variables reach their tiles.
   *
   * @param stand -1 if it does not matter
   * @param begins steps, outermost first, with a {@link Assembly.Begin} for each fanout
   */
  List<Assembly.Step> spread(int stand, List<Assembly.Step> begins) {
    Deque<Assembly.Step> steps = new ArrayDeque<>();
    long[] iterations = new long[s.temporal.length];
    Arrays.fill(iterations, 1);
    boolean[][] waiting = new boolean[fanouts][iterations.length];
    for (Assembly.Step step : begins.reversed()) {
      switch (step) {
        case Assembly.Begin b -> {
          for (int v = iterations.length - 1; v >= 0; v--) {
            waiting[b.fanout()][v] = s.spreads[b.fanout()].factor()[v] > 1;
          }
        }
        case Assembly.Loop l -> {
          steps.addFirst(l);
          iterations[l.variable()] *= l.bound();
        }
        case Assembly.Spatial x -> steps.addFirst(x);
        case Assembly.Node n -> steps.addFirst(n);
      }
      for (int f = fanouts - 1; f >= 0; f--) {
        for (int v = iterations.length - 1; v >= 0; v--) {
          if (waiting[f][v]
              && (stand < 0 || !matters(f, v) || outermost(stand, iterations[v], v) <= f)) {
            waiting[f][v] = false;
            steps.addFirst(new Assembly.Spatial(f, v));
          }
        }
      }
    }
    return List.copyOf(steps);
  }
}
