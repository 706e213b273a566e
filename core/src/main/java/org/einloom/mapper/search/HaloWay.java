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
 * alive links is a <em>configuration</em>: at which position each began, at which positions fanouts
 * were passed and, for links whose count has to wait for a fanout, the way since. Configuration 0
 * has nothing to remember.
 */
final class HaloWay {
  private final Halo halo;
  private final Structure s;
  private final Lattice lattice;
  private final HaloWords counts;
  private final int[] dims;
  private final int links;
  private final int fanouts;
  private final int measures;
  private final int[] firstMeasure;
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

  HaloWay(Halo halo, HaloReach reach, Lattice lattice, int[] dims) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    counts = new HaloWords(halo, reach, lattice);
    this.dims = dims;
    links = halo.resolvedBy.length;
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

  /** The same without what cannot matter any more, given how many fanouts were passed. */
  private int settled(int[] config, int outermostPassed) {
    boolean alive = false;
    for (int l = 1; l < links; l++) {
      alive |= config[l] >= 0;
    }
    boolean open = false;
    for (int f = 0; f < outermostPassed; f++) {
      open |= halo.matters[f];
    }
    if (!alive && !open) {
      return 0;
    }
    return number(config);
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

  /**
   * The ways in which instances can stand: by fanout, the sizes of the tile below it, of the
   * variables whose tiles overlap and that it spreads.
   */
  private void stands(int f, long[] below, long[][] stand) {
    if (f < 0) {
      stands.add(stand.clone());
      return;
    }
    choose(f, 0, below.clone(), stand);
  }

  private void choose(int f, int v, long[] below, long[][] stand) {
    if (v == below.length) {
      long[] tiles = below.clone();
      long[] above = below.clone();
      for (int u = 0; u < above.length; u++) {
        above[u] *= s.spreads[f].factor()[u];
      }
      long[] before = stand[f];
      stand[f] = tiles;
      stands(f - 1, above, stand);
      stand[f] = before;
      return;
    }
    if (!halo.overlapping[v] || s.spreads[f].factor()[v] == 1) {
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

  private final List<long[][]> stands = new ArrayList<>();

  int standCount() {
    if (stands.isEmpty()) {
      stands(fanouts - 1, ones(), new long[fanouts][]);
    }
    return stands.size();
  }

  /** Whether a loop would cover more than what stands below a fanout that is not passed yet. */
  boolean tooLarge(int number, int position, int v, long prime, int outermostPassed) {
    int[] config = configs.get(number);
    if (config.length == 0 || config[links] < 0 || !halo.overlapping[v]) {
      return false;
    }
    long[][] stand = stands.get(config[links]);
    for (int f = outermostPassed - 1; f >= 0; f--) {
      if (s.spreads[f].factor()[v] > 1) {
        long size = iterations(position)[v] * prime;
        for (int g = outermostPassed; g < fanouts; g++) {
          size *= s.spreads[g].factor()[v];
        }
        return size > stand(stand, f)[v];
      }
    }
    return false;
  }

  private static long[] stand(long[][] stand, int f) {
    return stand[f];
  }

  /** Whether it matters where a fanout stands. */
  boolean matters(int f) {
    return halo.matters[f];
  }

  /** Whether it matters because of a variable. */
  boolean matters(int f, int v) {
    return s.spreads[f].factor()[v] > 1 && halo.overlapping[v];
  }

  /** Whether a fanout stands where it was chosen to. */
  boolean stands(int number, int position, int f) {
    int[] config = configs.get(number);
    if (!halo.matters[f]) {
      return true;
    }
    long[] chosen = stand(stands.get(config[links]), f);
    long[] sizes = sizes(position, f + 1);
    for (int v = 0; v < sizes.length; v++) {
      if (halo.overlapping[v] && s.spreads[f].factor()[v] > 1 && sizes[v] != chosen[v]) {
        return false;
      }
    }
    return true;
  }

  /** What all links cost at least, the computes' exactly. */
  double startCost(int d, int stand) {
    double cost = 0;
    for (int m = 0; m < measures; m++) {
      Halo.Measure measure = halo.measures.get(m);
      double words = measure.least();
      if (measure.link() == 0) {
        words = halo.count(measure, ones(), ones(), ones(), ones(), -1, 1, stands.get(stand));
      }
      cost += words * measure.costPerWord()[dims[d]];
    }
    return cost;
  }

  int startConfig(int stand) {
    int[] config = new int[links + 1];
    Arrays.fill(config, -1);
    config[links] = stand;
    return settled(config, fanouts);
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

  /** Sizes of a tile at a position above the fanouts from {@code outermost} on. */
  private long[] sizes(int position, int outermost) {
    long[] sizes = iterations(position).clone();
    for (int f = outermost; f < fanouts; f++) {
      for (int v = 0; v < sizes.length; v++) {
        sizes[v] *= s.spreads[f].factor()[v];
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
    return new HaloWords.Child(config[link], sizes, began, config[links], passed(config, link));
  }

  void place(Labels labels, int made, int link, int at, int rawBase) {
    int[] before = configs.get(labels.config[made]);
    int[] config = new int[links + 1];
    Arrays.fill(config, -1);
    System.arraycopy(before, 0, config, 0, before.length);
    int position = labels.position[made];
    config[link] = position;
    HaloWords.Child child = child(config, link);
    for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
      labels.cost[at + rawBase + m] =
          counts.count(m, child, child.sizes(), position, child.began(), HaloWords.NOT_CROSSED, -1);
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
      int crossed = crossed(labels.status[made]);
      long[] sizes = sizes(position, crossed);
      long[] below = iterations(position);
      for (int link = 1; link < links; link++) {
        if (config[link] >= 0) {
          HaloWords.Child child = child(config, link);
          for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
            words[m] = counts.count(m, child, sizes, position, below, crossed, step);
          }
        }
      }
      kept.put(key, words);
    }
    for (int m = 0; m < measures; m++) {
      labels.cost[at + rawBase + m] -= words[m];
    }
  }

  private int crossed(long status) {
    return fanouts - ((int) (status >> 40) & 15);
  }

  /**
   * Where the fanouts above a child stand. Where it was not chosen it does not matter: as if just
   * above the child; a variable whose tiles do not overlap is not asked how its instances stand.
   */
  private long[][] passed(int[] config, int link) {
    if (config[links] >= 0) {
      return stands.get(config[links]);
    }
    long[][] passed = new long[fanouts][];
    for (int f = 0; f < fanouts; f++) {
      if (halo.above(link, f)) {
        passed[f] = sizes(config[link], f + 1);
      }
    }
    return passed;
  }

  void cross(Labels labels, int made) {
    int number = labels.config[made];
    if (number != 0) {
      labels.config[made] = settled(configs.get(number), crossed(labels.status[made]));
    }
  }

  /** Pays for links that are dead; says how many. */
  int settle(Labels labels, int made, int at, int rawBase, int closed) {
    int number = labels.config[made];
    if (number == 0) {
      return 0;
    }
    int[] config = configs.get(number);
    Account account = account(number, config, labels, made);
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
    labels.config[made] = settled(config, crossed(labels.status[made]));
    if (labels.config[made] != 0) {
      account(labels.config[made], configs.get(labels.config[made]), labels, made);
    }
    return account.dead;
  }

  private Account account(int number, int[] config, Labels labels, int label) {
    long key = (long) number << 32 | labels.position[label];
    Account account = accounts.get(key);
    if (account == null) {
      account = account(config, labels.position[label], labels.status[label]);
      accounts.put(key, account);
    }
    return account;
  }

  private Account account(int[] config, int position, long status) {
    double[] most = new double[measures];
    double[] sure = new double[measures];
    double rounds = 1;
    int dead = 0;
    boolean inside = true;
    long[] sizes = sizes(position, crossed(status));
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
        most[m] = counts.count(m, child, sizes, position, below, crossed(status), -1);
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
