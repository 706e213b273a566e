package org.einloom.mapper.search;

import java.util.Arrays;
import org.einloom.model.LongKey;
import org.jspecify.annotations.Nullable;

/**
 * What the ranks of an operand whose tiles overlap add to the words of one of its links, in tables:
 * {@link Halo#rank} and {@link Halo#end} for the positions of one structure. What a rank adds
 * depends on the loops over its own variables alone, and of these there are few.
 */
final class RankWords {
  private final Halo halo;
  private final Structure s;
  private final Lattice lattice;
  private final Stands stands;
  private final RankNumbers ranked;
  private final int link;
  private final Halo.Measure[] kinds;

  /** The ranks that have variables; all arrays by rank are by these. */
  private final int[] of;

  private final int ranks;

  /** {@code [rank][position]}: see {@link RankNumbers}. */
  private final int[][] number;

  private final int[] numbers;

  /** By step, the rank that its loop is over a variable of; -1 if there is none. */
  private final int[] owner;

  /** {@code [rank][step + 1]}: 0 for all tiles, 1 for loops over others' variables. */
  private final int[][] loop;

  private final int[] loops;

  /** {@code [rank][stand + 1]}: a number for where instances stand along it. */
  private final int[][] along;

  /** {@code [rank][along]}: a stand that has it. */
  private final int[][] example;

  /** {@code [rank][number of where a tile begins, then along]}: what is known of it. */
  private final @Nullable Known[][] tables;

  private final long[] below;

  /** What the ranks add where loops over others' variables advance, for the position at hand. */
  private final double[] base;

  /**
   * @param kinds what is counted of the link
   */
  RankWords(
      Halo halo,
      RankNumbers ranked,
      Stands stands,
      Lattice lattice,
      int link,
      Halo.Measure[] kinds) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    this.stands = stands;
    this.ranked = ranked;
    this.link = link;
    this.kinds = kinds;
    below = s.below[halo.tensor][link - 1];
    int[] found = new int[halo.overlap.ranks.size()];
    int many = 0;
    for (int r = 0; r < found.length; r++) {
      if (halo.overlap.ranks.get(r).variables().length > 0) {
        found[many++] = r;
      }
    }
    of = Arrays.copyOf(found, many);
    ranks = many;
    number = new int[ranks][];
    numbers = new int[ranks];
    loops = new int[ranks];
    loop = new int[ranks][lattice.steps + 1];
    owner = new int[lattice.steps];
    Arrays.fill(owner, -1);
    for (int r = 0; r < ranks; r++) {
      number[r] = ranked.of(of[r]);
      numbers[r] = ranked.count[of[r]];
      loops[r] = ranked.owns[of[r]] + 2;
      for (int i = 0; i < lattice.steps; i++) {
        loop[r][i + 1] = ranked.own[of[r]][i] + 2;
        owner[i] = ranked.own[of[r]][i] >= 0 ? r : owner[i];
      }
    }
    base = new double[ranks * kinds.length];
    along = new int[ranks][];
    example = new int[ranks][];
    tables = new @Nullable Known[ranks][];
    for (int r = 0; r < ranks; r++) {
      Stands.Along of = stands.along(halo.overlap.ranks.get(this.of[r]));
      along[r] = of.number();
      example[r] = of.example();
      tables[r] = new @Nullable Known[numbers[r] * example[r].length];
    }
  }

  /** What is known of a rank, the beginning of a tile and where instances stand along it. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Known(double[] words, double[] ends) {}

  /** A tile where it does not matter where instances stand. */
  static final int NO_STAND = -1;

  /**
   * A tile that begins at a position.
   *
   * @param stand may be {@link #NO_STAND}
   */
  Tile tile(int stand, int position) {
    Tile tile = new Tile(position);
    for (int r = 0; r < ranks; r++) {
      tile.take(r, stand, known(r, along[r][stand + 1], position));
    }
    return tile;
  }

  /**
   * The same for whatever stand: of each rank, at most so many words in all, and at least so many
   * that are kept, as for any of them.
   */
  Tile anyhow(int position) {
    return anyhow(position, -1, 0);
  }

  /**
   * The same for whatever stand that agrees with others along one rank.
   *
   * @param fixed the rank; -1 if there is none
   * @param at where they stand along it
   */
  Tile anyhow(int position, int fixed, int at) {
    Tile tile = new Tile(position);
    for (int r = 0; r < ranks; r++) {
      if (r == fixed || example[r].length < 3) {
        int only = r == fixed ? at : example[r].length - 1;
        tile.take(r, example[r][only], known(r, only, position));
      } else {
        tile.take(r, NO_STAND, any(r, position));
        tile.any[r] = true;
      }
    }
    return tile;
  }

  private Known any(int r, int position) {
    Known known = tables[r][number[r][position]]; // of no stand, of which there are several
    if (known == null) {
      LongKey.Builder key = key(RankNumbers.WORDS, r, position);
      key.add(-1L);
      known = known(key, r);
      tables[r][number[r][position]] = known;
    }
    return known;
  }

  /** How many ranks have variables. */
  int ranks() {
    return ranks;
  }

  /** One of them. */
  RankOverlap.Rank rank(int r) {
    return halo.overlap.ranks.get(of[r]);
  }

  /** By number of where instances stand along a rank, a stand that has it; the first is none. */
  int[] examples(int r) {
    return example[r];
  }

  /** The number of where instances stand along a rank. */
  int along(int r, int stand) {
    return along[r][stand + 1];
  }

  private Known known(int r, int at, int position) {
    int place = at * numbers[r] + number[r][position];
    Known known = tables[r][place];
    if (known == null) {
      LongKey.Builder key = key(RankNumbers.WORDS, r, position);
      long[][] passed = passed(example[r][at]);
      for (int v : halo.overlap.ranks.get(of[r]).variables()) {
        for (long[] sizes : passed) {
          key.add(sizes == null ? 0L : sizes[v]);
        }
      }
      known = known(key, r);
      tables[r][place] = known;
    }
    return known;
  }

  private LongKey.Builder key(long what, int r, int position) {
    LongKey.Builder key = ranked.key(what, of[r]);
    key.add((long) kinds.length);
    long[] began = lattice.iterations(position);
    for (int v : halo.overlap.ranks.get(of[r]).variables()) {
      key.add(began[v]);
    }
    for (int f = 0; f < s.spreads.length; f++) {
      key.add(halo.above(link, f));
      for (Halo.Measure kind : kinds) {
        key.add(kind.united()[f]);
      }
    }
    return key;
  }

  private Known known(LongKey.Builder key, int r) {
    LongKey words = key.key();
    key.set(0, RankNumbers.ENDS);
    return new Known(
        halo.overlap.table(words, () -> filled(numbers[r] * loops[r] * kinds.length)),
        halo.overlap.table(key.key(), () -> new double[numbers[r]]));
  }

  private static double[] filled(int length) {
    double[] array = new double[length];
    Arrays.fill(array, Double.NaN);
    return array;
  }

  private long[][] passed(int stand) {
    return stand >= 0 ? stands.of(stand) : new long[s.spreads.length][];
  }

  /** Temporal iterations below a position, and the sizes of the tile there. */
  private long[] sizes(int stand, int x) {
    if (stand >= 0) {
      return stands.sizes(stand, x);
    }
    long[] sizes = lattice.iterations(x);
    for (Spread f : s.spreads) {
      for (int v = 0; v < sizes.length; v++) {
        sizes[v] *= f.factor()[v];
      }
    }
    return sizes;
  }

  /** A tile of the node that the link fills, and what of its words is kept. */
  final class Tile {
    private final int position;

    /** By rank, a stand that agrees with what is meant along it. */
    private final int[] standOf = new int[ranks];

    private final double[][] words = new double[ranks][];
    private final double[][] ends = new double[ranks][];

    /** By rank, whether it is meant whatever the stand. */
    private final boolean[] any = new boolean[ranks];

    private Tile(int position) {
      this.position = position;
    }

    private void take(int r, int stand, Known known) {
      standOf[r] = stand;
      words[r] = known.words;
      ends[r] = known.ends;
    }

    /**
     * The product of what the ranks add, for one irrelevant iteration.
     *
     * @param kind which of what is counted
     * @param x where a loop advances
     * @param step the loop; -1 for the words of all tiles
     */
    double words(int kind, int x, int step) {
      double product = 1;
      for (int r = 0; r < ranks; r++) {
        int at = (number[r][x] * loops[r] + loop[r][step + 1]) * kinds.length + kind;
        double found = words[r][at];
        if (Double.isNaN(found)) {
          found = count(kind, r, x, step);
          words[r][at] = found;
        }
        product *= found;
      }
      return product;
    }

    /**
     * The words of all tiles, for one irrelevant iteration.
     *
     * @param perWord by kind, what a word counts
     */
    double words(int x, double[] perWord) {
      double sum = 0;
      for (int kind = 0; kind < perWord.length; kind++) {
        sum += perWord[kind] * words(kind, x, -1);
      }
      return sum;
    }

    /**
     * What is kept when loops advance, for one irrelevant iteration.
     *
     * @param x where they advance
     * @param steps the loops, as bits
     * @param perWord by kind, what a word counts
     * @param kept by step, is filled
     */
    void kept(int x, int steps, double[] perWord, double[] kept) {
      int n = perWord.length;
      for (int r = 0; r < ranks; r++) {
        int at = (number[r][x] * loops[r] + 1) * n;
        for (int kind = 0; kind < n; kind++) {
          double found = words[r][at + kind];
          if (Double.isNaN(found)) {
            found = other(kind, r, x);
            words[r][at + kind] = found;
          }
          base[r * n + kind] = found;
        }
      }
      for (int left = steps; left != 0; left &= left - 1) {
        int i = Integer.numberOfTrailingZeros(left);
        int own = owner[i];
        double sum = 0;
        for (int kind = 0; kind < n; kind++) {
          double product = perWord[kind];
          for (int r = 0; r < ranks; r++) {
            product *= r == own ? 1 : base[r * n + kind];
          }
          if (product != 0 && own >= 0) {
            int at = (number[own][x] * loops[own] + loop[own][i + 1]) * n + kind;
            double found = words[own][at];
            if (Double.isNaN(found)) {
              found = count(kind, own, x, i);
              words[own][at] = found;
            }
            product *= found;
          }
          sum += product;
        }
        kept[i] = sum;
      }
    }

    /** What a rank adds where a loop over no variable of it advances. */
    private double other(int kind, int r, int x) {
      int step = 0;
      while (step < owner.length && owner[step] == r) {
        step++;
      }
      return step < owner.length ? count(kind, r, x, step) : 0;
    }

    private double count(int kind, int r, int x, int step) {
      if (!any[r]) {
        return count(standOf[r], kind, r, x, step);
      }
      int at = (number[r][x] * loops[r] + loop[r][step + 1]) * kinds.length + kind;
      double found = step < 0 ? Double.POSITIVE_INFINITY : 0;
      for (int a = 1; a < example[r].length; a++) {
        double[] table = known(r, a, position).words;
        if (Double.isNaN(table[at])) {
          table[at] = count(example[r][a], kind, r, x, step);
        }
        found = step < 0 ? Math.min(found, table[at]) : Math.max(found, table[at]);
      }
      return found;
    }

    private double count(int stand, int kind, int r, int x, int step) {
      long[] began = lattice.iterations(position);
      long[] start = start(began);
      // spatial loops at just the size of the tile are above it
      long[] at = step < 0 && number[r][x] == number[r][position] ? start : sizes(stand, x);
      return halo.rank(
          kinds[kind],
          of[r],
          start,
          began,
          at,
          lattice.iterations(x),
          step < 0 ? -1 : lattice.variable[step],
          step < 0 ? 1 : lattice.prime[step],
          passed(stand));
    }

    private long[] start(long[] began) {
      long[] start = began.clone();
      for (int v = 0; v < start.length; v++) {
        start[v] *= below[v];
      }
      return start;
    }

    /** What is known of the tile's end at a position: see {@link Halo#ends}. */
    int ends(int x) {
      if (x == lattice.positions - 1) {
        return Halo.DEAD;
      }
      int far = 0;
      for (int r = 0; r < ranks; r++) {
        int n = number[r][x];
        double end = ends[r][n];
        if (end == 0) {
          end = 1.0 + (any[r] ? endsAnyhow(r, x) : end(standOf[r], r, x));
          ends[r][n] = end;
        }
        if (end == 1 + Halo.DEAD) {
          return Halo.DEAD;
        }
        far += end == 1 + Halo.FAR ? 1 : 0;
      }
      return far >= 2 ? Halo.DEAD : far == 1 ? Halo.FAR : Halo.NEAR;
    }

    private int endsAnyhow(int r, int x) {
      int least = Halo.DEAD;
      for (int a = 1; a < example[r].length; a++) {
        least = Math.min(least, end(example[r][a], r, x));
      }
      return least;
    }

    private int end(int stand, int r, int x) {
      long[] inside = lattice.iterations(x);
      long[] left = s.temporal.clone();
      for (int v = 0; v < left.length; v++) {
        left[v] /= inside[v];
      }
      long[] began = lattice.iterations(position);
      return halo.end(
          of[r], start(began), began, sizes(stand, x), inside, passed(stand), link, left);
    }
  }
}
