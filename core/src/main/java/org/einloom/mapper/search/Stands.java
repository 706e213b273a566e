package org.einloom.mapper.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.model.LongKey;

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
  private final Structure structure;
  private final Lattice lattice;
  private final int fanouts;
  private final List<long[][]> all = new ArrayList<>();

  /** The variables that decide where instances stand. */
  private final int[] deciding;

  /** By variable, which of these it is; -1 if none. */
  private final int[] index;

  private final IdentityHashMap<RankOverlap.Rank, Along> alongs = new IdentityHashMap<>();

  /** {@code [deciding][position]}: a number for how far the variable has come. */
  private final int[][] numberOf;

  /** {@code [stand][deciding]}: where to look up what depends on the variable's tiles. */
  private final int[][] from;

  /** {@code [deciding][from + number]}: see {@link #ended}. */
  private final int[][] ended;

  /** {@code [step]}: which of the deciding variables its loop is over; -1 if none. */
  private final int[] decides;

  /** {@code [step][from + number]}: see {@link #below}. */
  private final int[][] below;

  Stands(Halo halo, Lattice lattice) {
    this.halo = halo;
    structure = halo.structure;
    this.lattice = lattice;
    fanouts = structure.spreads.length;
    long[] ones = new long[structure.temporal.length];
    Arrays.fill(ones, 1);
    choose(fanouts - 1, ones, new long[fanouts][]);
    index = new int[ones.length];
    Arrays.fill(index, -1);
    int[] found = new int[ones.length];
    int n = 0;
    for (int v = 0; v < ones.length; v++) {
      for (int f = 0; f < fanouts && index[v] < 0; f++) {
        if (matters(f, v)) {
          index[v] = n;
          found[n++] = v;
        }
      }
    }
    deciding = Arrays.copyOf(found, n);
    numberOf = new int[deciding.length][];
    from = new int[all.size()][deciding.length];
    ended = new int[deciding.length][];
    decides = new int[lattice.steps];
    Arrays.fill(decides, -1);
    below = new int[lattice.steps][];
    for (int k = 0; k < deciding.length; k++) {
      decide(k);
    }
  }

  /** Works out what depends on how far one variable has come, and on its tiles. */
  private void decide(int k) {
    int v = deciding[k];
    boolean[] of = new boolean[lattice.variables];
    of[v] = true;
    int[] number = lattice.projections(of);
    int[] first = new int[number.length];
    int count = 0;
    for (int x = 0; x < number.length; x++) {
      first[count] = x;
      number[x] = number[x] == x ? count++ : number[number[x]];
    }
    numberOf[k] = number;
    Map<LongKey, Integer> known = new HashMap<>();
    List<Integer> examples = new ArrayList<>();
    for (int stand = 0; stand < all.size(); stand++) {
      var tiles = new LongKey.Builder();
      for (long[] sizes : all.get(stand)) {
        tiles.add(sizes[v]);
      }
      Integer at = known.putIfAbsent(tiles.key(), examples.size());
      if (at == null) {
        at = examples.size();
        examples.add(stand);
      }
      from[stand][k] = at * count;
    }
    ended[k] = new int[examples.size() * count];
    for (int i = 0; i < lattice.steps; i++) {
      if (lattice.variable[i] == v) {
        decides[i] = k;
        below[i] = new int[ended[k].length];
      }
    }
    for (int stand : examples) {
      for (int n = 0; n < count; n++) {
        long iterations = lattice.iterations(first[n])[v];
        int outermost = outermost(stand, iterations, v);
        int next = next(outermost, v);
        int at = from[stand][k] + n;
        ended[k][at] = next + 1;
        long size = iterations;
        for (int f = fanouts - 1; f >= outermost; f--) {
          size *= matters(f, v) ? structure.spreads[f].factor()[v] : 1;
        }
        for (int i = 0; i < lattice.steps; i++) {
          if (decides[i] == k) {
            boolean fits = next < 0 || of(stand)[next][v] % (size * lattice.prime[i]) == 0;
            below[i][at] = fits ? outermost : -1;
          }
        }
      }
    }
  }

  /**
   * Where instances stand along some variables.
   *
   * @param number by stand, the first one being none: the same for stands that agree
   * @param example by number, a stand that has it; -1 for none
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Along(int[] number, int[] example) {}

  /** Which stands agree in the tiles of a rank's variables. */
  Along along(RankOverlap.Rank rank) {
    Along found = alongs.get(rank);
    if (found == null) {
      found = find(rank);
      alongs.put(rank, found);
    }
    return found;
  }

  private Along find(RankOverlap.Rank rank) {
    int[] variables = rank.variables();
    int[] number = new int[all.size() + 1];
    int[] example = new int[number.length];
    example[0] = -1;
    var numbers = new Interned();
    int count = 1;
    LongMap<Integer> known = new LongMap<>();
    for (int stand = 0; stand < all.size(); stand++) {
      int n = 0;
      for (int v : variables) {
        n = index[v] < 0 ? n : numbers.number(n, from[stand][index[v]]);
      }
      Integer at = known.get(n);
      if (at == null) {
        at = count;
        example[count++] = stand;
        known.put(n, at);
      }
      number[stand + 1] = at;
    }
    return new Along(number, Arrays.copyOf(example, count));
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
        above[u] *= structure.spreads[f].factor()[u];
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
      spread *= structure.spreads[g].factor()[v];
    }
    long was = below[v];
    long loops = structure.temporal[v] / (was / spread);
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
    return halo.overlapping[v] && structure.spreads[f].factor()[v] > 1;
  }

  /** The outermost fanout whose spatial loop over a variable is below so many iterations. */
  private int outermost(int stand, long iterations, int v) {
    long size = iterations;
    int outermost = fanouts;
    for (int f = next(fanouts, v); f >= 0 && size >= of(stand)[f][v]; f = next(f, v)) {
      size *= structure.spreads[f].factor()[v];
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
    long[] sizes = lattice.iterations(position);
    for (int v = 0; v < sizes.length; v++) {
      int outermost = outermost(stand, sizes[v], v);
      for (int f = fanouts - 1; f >= outermost; f--) {
        sizes[v] *= matters(f, v) ? structure.spreads[f].factor()[v] : 1;
      }
    }
    return sizes;
  }

  /** Whether all fanouts from one inwards have ended, provided that they have begun. */
  boolean ended(int stand, int position, int f) {
    for (int k = 0; k < deciding.length; k++) {
      if (ended[k][from[stand][k] + numberOf[k][position]] > f) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same if where instances stand is known along some of the deciding variables: they may be
   * elsewhere along others.
   *
   * @param known these variables, as bits: see {@link #deciding}
   */
  boolean mayHaveEnded(int stand, int position, int f, long known) {
    for (int k = 0; k < deciding.length; k++) {
      if ((known >> k & 1) != 0 && ended[k][from[stand][k] + numberOf[k][position]] > f) {
        return false;
      }
    }
    return true;
  }

  /** The variables that decide where instances stand along a rank, as bits. */
  long deciding(RankOverlap.Rank rank) {
    long bits = 0;
    for (int v : rank.variables()) {
      bits |= index[v] < 0 ? 0 : 1L << index[v];
    }
    return bits;
  }

  /** Whether where instances stand along other variables alone says nothing of a step. */
  boolean depends(int step, long known) {
    return decides[step] >= 0 && (known >> decides[step] & 1) == 0;
  }

  /**
   * The outermost fanout that has to begin below a loop; the number of fanouts if none has to; -1
   * if the loop cannot be, because the tile of a spatial loop further out is not a multiple.
   */
  int below(int stand, int position, int step) {
    int k = decides[step];
    return k < 0 ? fanouts : below[step][from[stand][k] + numberOf[k][position]];
  }

  /**
   * Puts spatial loops where variables reach their tiles.
   *
   * @param stand -1 if it does not matter
   * @param begins steps, outermost first, with a {@link Assembly.Begin} for each fanout
   */
  List<Assembly.Step> spread(int stand, List<Assembly.Step> begins) {
    Deque<Assembly.Step> steps = new ArrayDeque<>();
    long[] iterations = new long[structure.temporal.length];
    Arrays.fill(iterations, 1);
    boolean[][] waiting = new boolean[fanouts][iterations.length];
    for (Assembly.Step step : begins.reversed()) {
      switch (step) {
        case Assembly.Begin b -> {
          for (int v = iterations.length - 1; v >= 0; v--) {
            waiting[b.fanout()][v] = structure.spreads[b.fanout()].factor()[v] > 1;
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
