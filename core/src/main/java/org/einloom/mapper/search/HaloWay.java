package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the accounts of a {@link Halo} along the labels of one structure. The links that may still
 * keep something when a loop advances are <em>alive</em>; a label carries, for each of their
 * measures, the words of all tiles less what was kept so far. What else decides over the future of
 * alive links, and over where fanouts have yet to go, is a <em>configuration</em>: at which
 * position each began, and the choice of {@link Stands}. Configuration 0 has nothing to remember.
 */
final class HaloWay {
  private final Halo halo;
  private final Structure s;
  private final Lattice lattice;
  private final Stands stands;
  private final int[] dims;
  private final int links;
  private final int fanouts;
  private final int measures;
  private final int[] firstMeasure;

  /** By position, the least one with the same iterations of relevant variables. */
  private final int[] related;

  private final double[] least;
  private final double[] needed;
  private final double[][] perWord;

  /** By measure, how often a word is asked for that instances are served with separately. */
  private final double[] separate;

  /** By position, irrelevant iterations outside. */
  private final double[] rounds;

  /** By step, the share of the iterations in which an irrelevant loop advances; otherwise 1. */
  private final double[] advances;

  /** {@code [link]}: where it is known what it counts; none for that of the computes. */
  private final @Nullable RankWords[] words;

  private final RankNumbers ranked;

  /** {@code [measure][rank][where instances stand along it]}; no number if not known yet. */
  private double[][][] starts = {};

  private final Interned numbers = new Interned();
  private Config[] configs = new Config[64];
  private final LongMap<RankWords.Tile> tiles = new LongMap<>();

  /**
   * A configuration.
   *
   * @param began by link, the position it began at, or -1; then the number of the stand that was
   *     chosen, or -1 when it does not matter any more
   * @param stand the latter
   * @param tiles by link, the tile if it is alive
   * @param alive whether some link is
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Config(int[] began, int stand, RankWords.@Nullable Tile[] tiles, boolean alive) {}

  HaloWay(
      Halo halo,
      HaloReach reach,
      RankNumbers numbers,
      Lattice lattice,
      double[] rounds,
      int[] dims) {
    this.rounds = rounds;
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    stands = new Stands(halo, lattice);
    this.dims = dims;
    links = halo.resolvedBy.length;
    related = reach.related();
    fanouts = s.spreads.length;
    measures = halo.measures.size();
    least = new double[measures];
    needed = new double[measures];
    perWord = new double[measures][dims.length];
    for (int m = 0; m < measures; m++) {
      least[m] = halo.measures.get(m).least();
      needed[m] = reach.needed(halo.measures.get(m));
      for (int d = 0; d < dims.length; d++) {
        perWord[m][d] = halo.measures.get(m).costPerWord()[dims[d]];
      }
    }
    firstMeasure = new int[links + 1];
    for (Halo.Measure m : halo.measures) {
      for (int link = m.link() + 1; link <= links; link++) {
        firstMeasure[link]++;
      }
    }
    separate = new double[measures];
    for (int m = 0; m < measures; m++) {
      separate[m] = reach.separate(halo.measures.get(m));
    }
    advances = new double[lattice.steps];
    for (int i = 0; i < advances.length; i++) {
      double bound = lattice.prime[i];
      advances[i] = s.problem.relevant[halo.tensor][lattice.variable[i]] ? 1 : (bound - 1) / bound;
    }
    words = new @Nullable RankWords[links];
    ranked = numbers;
    int[] none = new int[links + 1];
    Arrays.fill(none, -1);
    configs[0] = new Config(none, -1, new RankWords.@Nullable Tile[links], false);
  }

  int measures() {
    return measures;
  }

  private int number(int[] began) {
    int n = 0;
    for (int link = 1; link <= links; link++) {
      if (began[link] >= 0) {
        n = numbers.number(n, began[link] * (links + 1) + link);
      }
    }
    if (n >= configs.length || configs[n] == null) {
      configs = numbers.room(configs);
      configs[n] = config(began);
    }
    return n;
  }

  private Config config(int[] began) {
    var of = new RankWords.@Nullable Tile[links];
    boolean alive = false;
    int stand = began[links];
    for (int link = 1; link < links; link++) {
      if (began[link] >= 0) {
        alive = true;
        long key = ((long) (stand + 1) * links + link) * lattice.positions + began[link];
        RankWords.Tile tile = tiles.get(key);
        if (tile == null) {
          tile = words(link).tile(stand, began[link]);
          tiles.put(key, tile);
        }
        of[link] = tile;
      }
    }
    return new Config(began.clone(), stand, of, alive);
  }

  private RankWords words(int link) {
    RankWords found = words[link];
    if (found == null) {
      Halo.Measure[] kinds =
          halo.measures
              .subList(firstMeasure[link], firstMeasure[link + 1])
              .toArray(new Halo.Measure[0]);
      found = new RankWords(halo, ranked, stands, lattice, link, kinds);
      words[link] = found;
    }
    return found;
  }

  /**
   * The number of a configuration without what cannot matter any more.
   *
   * @param begun the outermost fanout that has begun
   */
  private int settled(int[] began, int position, int begun) {
    int stand = began[links];
    boolean open = stand >= 0 && !stands.ended(stand, position, begun);
    for (int l = 1; l < links; l++) {
      open |= began[l] >= 0;
    }
    for (int f = 0; f < begun; f++) {
      open |= halo.matters[f];
    }
    return open ? number(began) : 0;
  }

  /** Whether some operand tile is held that may be used again. */
  boolean alive(int number) {
    return configs[number].alive;
  }

  Stands stands() {
    return stands;
  }

  /** What all links cost at least, whatever the stand, in pJ. */
  double leastPj() {
    double pj = 0;
    for (int m = 0; m < measures; m++) {
      pj += least[m] * perWord[m][0];
    }
    return pj;
  }

  int standCount() {
    return stands.count();
  }

  /**
   * The outermost fanout that has to begin below a loop; the number of fanouts if none has to; -1
   * if the loop cannot be.
   */
  int below(int number, int position, int step) {
    int stand = configs[number].stand;
    return stand < 0 ? fanouts : stands.below(stand, position, step);
  }

  /** Whether all fanouts from one inwards have ended, provided that they have begun. */
  boolean ended(int number, int position, int f) {
    int stand = configs[number].stand;
    return stand < 0 || stands.ended(stand, position, f);
  }

  /**
   * The way to a label with spatial loops where they belong.
   *
   * @param start the configuration that the way began with
   * @param begins steps, outermost first
   */
  List<Assembly.Step> spread(int start, List<Assembly.Step> begins) {
    return stands.spread(configs[start].stand, begins);
  }

  /** What all links cost at least, the computes' exactly. */
  double startCost(int d, int stand) {
    double cost = 0;
    for (int m = 0; m < measures; m++) {
      Halo.Measure measure = halo.measures.get(m);
      double words = measure.least();
      if (measure.link() == 0) {
        words = ofComputes(m, stand);
      }
      cost += words * measure.costPerWord()[dims[d]];
    }
    return cost;
  }

  /** What a measure of the computes' link counts: {@link Halo#count} of all tiles. */
  private double ofComputes(int m, int stand) {
    int ranks = halo.overlap.ranks.size();
    if (starts.length == 0) {
      starts = new double[measures][ranks][0];
    }
    double words = separate[m] * halo.rounds(ones(), -1, 1);
    for (int r = 0; r < ranks; r++) {
      // of many stands few differ along one rank
      Stands.Along along = stands.along(halo.overlap.ranks.get(r));
      if (starts[m][r].length == 0) {
        starts[m][r] = new double[along.example().length];
        Arrays.fill(starts[m][r], Double.NaN);
      }
      int at = along.number()[stand + 1];
      double found = starts[m][r][at];
      if (Double.isNaN(found)) {
        long[][] passed = stands.of(along.example()[at]);
        Halo.Measure measure = halo.measures.get(m);
        found = halo.rank(measure, r, ones(), ones(), ones(), ones(), -1, 1, passed);
        starts[m][r][at] = found;
      }
      words *= found;
    }
    return words;
  }

  int startConfig(int stand) {
    int[] config = new int[links + 1];
    Arrays.fill(config, -1);
    config[links] = stand;
    return settled(config, 0, fanouts);
  }

  private long[] ones() {
    long[] ones = new long[s.temporal.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  void place(Labels labels, int made, int link, int at, int rawBase) {
    int[] began = configs[labels.config[made]].began.clone();
    int position = labels.position[made];
    began[link] = related[position];
    int number = number(began);
    RankWords.Tile tile = configs[number].tiles[link];
    for (int m = firstMeasure[link]; m < firstMeasure[link + 1] && tile != null; m++) {
      labels.cost[at + rawBase + m] =
          separate[m] * rounds[position] * tile.words(m - firstMeasure[link], position, -1);
    }
    labels.config[made] = number;
  }

  void loop(Labels labels, int made, int position, int step, int at, int rawBase) {
    RankWords.@Nullable Tile[] tiles = configs[labels.config[made]].tiles;
    double times = rounds[position] * advances[step];
    for (int link = 1; link < links; link++) {
      RankWords.Tile tile = tiles[link];
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1] && tile != null; m++) {
        labels.cost[at + rawBase + m] -=
            separate[m] * times * tile.words(m - firstMeasure[link], position, step);
      }
    }
  }

  /** Forgets the stand if it cannot matter any more. */
  void forget(Labels labels, int made, int begun) {
    int number = labels.config[made];
    if (number != 0 && !configs[number].alive) {
      labels.config[made] = settled(configs[number].began, labels.position[made], begun);
    }
  }

  /** Pays for links that keep nothing any more; says how many. */
  int settle(Labels labels, int made, int at, int rawBase, int closed, int begun) {
    Config config = configs[labels.config[made]];
    int position = labels.position[made];
    int dead = 0;
    for (int link = 1; link < links && config.alive; link++) {
      RankWords.Tile tile = config.tiles[link];
      if (tile != null) {
        if (tile.ends(position) != Halo.DEAD) {
          break;
        }
        dead++;
      }
    }
    if (dead == 0) {
      return 0;
    }
    int[] began = config.began.clone();
    for (int link = closed + 1; link <= closed + dead; link++) {
      began[link] = -1;
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
        double words = labels.cost[at + rawBase + m] - least[m];
        for (int d = 0; d < dims.length; d++) {
          labels.cost[at + d] += words * perWord[m][d];
        }
        labels.cost[at + rawBase + m] = 0;
      }
    }
    labels.config[made] = settled(began, position, begun);
    return dead;
  }

  /**
   * What alive links cost for sure beyond the bound that every label begins with, by dimension:
   * what is fetched so far, if all that further passes begin with can be kept from now on; and what
   * is fetched in any case, because no loop over an irrelevant variable keeps anything any more.
   */
  boolean extra(int number, int position, double[] cost, int at, double[] extra) {
    Config config = configs[number];
    if (!config.alive) {
      return false;
    }
    Arrays.fill(extra, 0);
    for (int link = 1; link < links; link++) {
      RankWords.Tile tile = config.tiles[link];
      if (tile == null) {
        continue;
      }
      boolean near = tile.ends(position) == Halo.NEAR;
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
        double start =
            separate[m] * rounds[position] * tile.words(m - firstMeasure[link], position, -1);
        double sure = near ? 0 : rounds[position] * needed[m];
        double words = Math.max(cost[at + m] - start, sure) - least[m];
        if (words > 0) {
          for (int d = 0; d < dims.length; d++) {
            extra[d] += words * perWord[m][d];
          }
        }
      }
    }
    return true;
  }
}
