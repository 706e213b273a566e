package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final HaloWords counts;
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

  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<int[]> configs = new ArrayList<>();
  private final LongMap<double[]> kept = new LongMap<>();
  private final LongMap<Account> accounts = new LongMap<>();
  private final LongMap<long[]> iterationsAt = new LongMap<>();

  /**
   * What is known of a configuration at a position.
   *
   * @param start by measure, the words of the tiles that further passes begin with: the most that
   *     can be kept from now on
   * @param dead how many alive links, from inside, keep nothing any more
   * @param sure by measure, words that are fetched in any case, because no loop over an irrelevant
   *     variable keeps anything any more
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Account(double[] start, int dead, double[] sure) {}

  HaloWay(Halo halo, HaloReach reach, RankNumbers numbers, Lattice lattice, int[] dims) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    counts = new HaloWords(halo, reach, numbers, lattice);
    stands = new Stands(halo, lattice);
    this.dims = dims;
    links = halo.resolvedBy.length;
    related = lattice.projections(s.problem.relevant[halo.tensor]);
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
    for (int link = 0; link <= links; link++) {
      int l = link;
      firstMeasure[link] = (int) halo.measures.stream().filter(m -> m.link() < l).count();
    }
    configs.add(new int[0]);
  }

  int measures() {
    return measures;
  }

  // a configuration: by link the position it began at or -1, then the number of the stand that was
  // chosen, or -1 when it does not matter any more

  private int number(int[] config) {
    List<Integer> key = Arrays.stream(config).boxed().toList();
    Integer n = numbers.get(key);
    if (n == null) {
      n = configs.size();
      numbers.put(key, n);
      configs.add(config);
    }
    return n;
  }

  /**
   * The same without what cannot matter any more.
   *
   * @param begun the outermost fanout that has begun
   */
  private int settled(int[] config, int position, int begun) {
    boolean open = config[links] >= 0 && !stands.ended(config[links], position, begun);
    for (int l = 1; l < links; l++) {
      open |= config[l] >= 0;
    }
    for (int f = 0; f < begun; f++) {
      open |= halo.matters[f];
    }
    return open ? number(config) : 0;
  }

  /** Whether some operand tile is held that may be used again. */
  boolean alive(int number) {
    int[] config = configs.get(number);
    for (int l = 1; l < config.length - 1; l++) {
      if (config[l] >= 0) {
        return true;
      }
    }
    return false;
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
  int below(int number, int position, int v, long bound) {
    int stand = stand(number);
    return stand < 0 || !halo.overlapping[v] ? fanouts : stands.below(stand, position, v, bound);
  }

  /** Whether all fanouts from one inwards have ended, provided that they have begun. */
  boolean ended(int number, int position, int f) {
    int stand = stand(number);
    return stand < 0 || stands.ended(stand, position, f);
  }

  private int stand(int number) {
    int[] config = configs.get(number);
    return config.length == 0 ? -1 : config[links];
  }

  /**
   * The way to a label with spatial loops where they belong.
   *
   * @param start the configuration that the way began with
   * @param begins steps, outermost first
   */
  List<Assembly.Step> spread(int start, List<Assembly.Step> begins) {
    return stands.spread(stand(start), begins);
  }

  /** What all links cost at least, the computes' exactly. */
  double startCost(int d, int stand) {
    double cost = 0;
    for (int m = 0; m < measures; m++) {
      Halo.Measure measure = halo.measures.get(m);
      double words = measure.least();
      if (measure.link() == 0) {
        words = halo.count(measure, ones(), ones(), ones(), ones(), -1, 1, stands.of(stand));
      }
      cost += words * measure.costPerWord()[dims[d]];
    }
    return cost;
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

  /** Temporal iterations below a position. */
  private long[] iterations(int position) {
    long[] found = iterationsAt.get(position);
    if (found == null) {
      found = lattice.iterations(position);
      iterationsAt.put(position, found);
    }
    return found;
  }

  /** Sizes of the tile at a position, of the variables whose tiles overlap. */
  private long[] sizes(int[] config, int position) {
    if (config[links] >= 0) {
      return stands.sizes(config[links], position);
    }
    long[] sizes = iterations(position).clone();
    for (Spread f : s.spreads) {
      for (int v = 0; v < sizes.length; v++) {
        sizes[v] *= f.factor()[v];
      }
    }
    return sizes;
  }

  private HaloWords.Child child(int[] config, int link) {
    long[] began = iterations(config[link]);
    long[] sizes = began.clone();
    long[] below = s.below[halo.tensor][link - 1];
    for (int v = 0; v < sizes.length; v++) {
      sizes[v] *= below[v];
    }
    return new HaloWords.Child(config[link], sizes, began, config[links], passed(config));
  }

  void place(Labels labels, int made, int link, int at, int rawBase) {
    int[] before = configs.get(labels.config[made]);
    int[] config = new int[links + 1];
    Arrays.fill(config, -1);
    System.arraycopy(before, 0, config, 0, before.length);
    int position = labels.position[made];
    config[link] = related[position];
    HaloWords.Child child = child(config, link);
    for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
      labels.cost[at + rawBase + m] =
          counts.count(m, child, child.sizes(), position, iterations(position), -1);
    }
    labels.config[made] = number(config);
  }

  void loop(Labels labels, int made, int position, int step, int at, int rawBase) {
    int number = labels.config[made];
    long key = ((long) number << 32 | position) << 6 | step;
    double[] words = kept.get(key);
    if (words == null) {
      int[] config = configs.get(number);
      words = new double[measures];
      long[] sizes = sizes(config, position);
      long[] below = iterations(position);
      for (int link = 1; link < links; link++) {
        if (config[link] >= 0) {
          HaloWords.Child child = child(config, link);
          for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
            words[m] = counts.count(m, child, sizes, position, below, step);
          }
        }
      }
      kept.put(key, words);
    }
    for (int m = 0; m < measures; m++) {
      labels.cost[at + rawBase + m] -= words[m];
    }
  }

  /** Where the fanouts above a child stand; nowhere if none of these matters. */
  private long[][] passed(int[] config) {
    return config[links] >= 0 ? stands.of(config[links]) : new long[fanouts][];
  }

  /** Forgets the stand if it cannot matter any more. */
  void forget(Labels labels, int made, int begun) {
    int number = labels.config[made];
    if (number != 0 && !alive(number)) {
      labels.config[made] = settled(configs.get(number), labels.position[made], begun);
    }
  }

  /** Pays for links that are dead; says how many. */
  int settle(Labels labels, int made, int at, int rawBase, int closed, int begun) {
    int number = labels.config[made];
    if (number == 0) {
      return 0;
    }
    int[] config = configs.get(number);
    Account account = account(number, config, labels.position[made]);
    if (account.dead == 0) {
      return 0;
    }
    config = Arrays.copyOf(config, config.length);
    for (int link = closed + 1; link <= closed + account.dead; link++) {
      config[link] = -1;
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
        Halo.Measure measure = halo.measures.get(m);
        double words = labels.cost[at + rawBase + m] - measure.least();
        for (int d = 0; d < dims.length; d++) {
          labels.cost[at + d] += words * measure.costPerWord()[dims[d]];
        }
        labels.cost[at + rawBase + m] = 0;
      }
    }
    labels.config[made] = settled(config, labels.position[made], begun);
    if (labels.config[made] != 0) {
      account(labels.config[made], config, labels.position[made]);
    }
    return account.dead;
  }

  private Account account(int number, int[] config, int position) {
    long key = (long) number << 32 | position;
    Account account = accounts.get(key);
    if (account == null) {
      account = account(config, position);
      accounts.put(key, account);
    }
    return account;
  }

  private Account account(int[] config, int position) {
    double[] most = new double[measures];
    double[] sure = new double[measures];
    double rounds = 1;
    int dead = 0;
    boolean inside = true;
    long[] sizes = sizes(config, position);
    long[] below = iterations(position);
    long[] left = s.temporal.clone();
    for (int v = 0; v < left.length; v++) {
      left[v] /= below[v];
      rounds *= s.problem.relevant[halo.tensor][v] ? 1 : (double) left[v];
    }
    for (int link = 1; link < links && config.length > 0; link++) {
      if (config[link] < 0) {
        continue;
      }
      HaloWords.Child child = child(config, link);
      int ends = halo.ends(child.sizes(), child.began(), sizes, below, child.passed(), link, left);
      if (inside && ends == Halo.DEAD) {
        dead++;
        continue;
      }
      inside = false;
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
        most[m] = counts.count(m, child, sizes, position, below, -1);
        sure[m] = ends == Halo.NEAR ? 0 : rounds * needed[m];
      }
    }
    return new Account(most, dead, sure);
  }

  /** What alive links cost for sure beyond the bound that every label begins with, by dimension. */
  boolean extra(int number, int position, double[] cost, int at, double[] extra) {
    Account account = number == 0 ? null : accounts.get((long) number << 32 | position);
    if (account == null) {
      return false;
    }
    Arrays.fill(extra, 0);
    for (int m = 0; m < measures; m++) {
      double words = Math.max(cost[at + m] - account.start[m], account.sure[m]) - least[m];
      if (words > 0) {
        for (int d = 0; d < dims.length; d++) {
          extra[d] += words * perWord[m][d];
        }
      }
    }
    return true;
  }
}
