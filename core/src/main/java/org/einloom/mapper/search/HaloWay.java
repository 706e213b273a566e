package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

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
  private final IntFunction<long[]> iterations;
  private final int[] dims;
  private final int links;
  private final int fanouts;
  private final int measures;
  private final int[] firstMeasure;

  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<int[]> configs = new ArrayList<>();
  private final Map<Long, double[]> kept = new HashMap<>();
  private final Map<Long, Account> accounts = new HashMap<>();
  private final Map<Integer, long[]> iterationsAt = new HashMap<>();

  /**
   * What is known of a configuration at a position.
   *
   * @param start by measure, the words of the tiles that further passes begin with: the most that
   *     can be kept from now on
   * @param dead how many alive links, from inside, keep nothing any more
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Account(double[] start, int dead) {}

  HaloWay(Halo halo, IntFunction<long[]> iterations, int[] dims) {
    this.halo = halo;
    this.s = halo.structure;
    this.iterations = iterations;
    this.dims = dims;
    links = halo.resolvedBy.length;
    fanouts = s.spreads.length;
    measures = halo.measures.size();
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

  // a configuration: by link the position it began at or -1, by fanout the position it was passed
  // at or -1, the number of the way, whether the computes' link waits

  private int number(int[] config) {
    boolean idle = config[links + fanouts + 1] == 0;
    boolean alive = false;
    for (int l = 1; l < links; l++) {
      alive |= config[l] >= 0;
    }
    if (idle && !alive) {
      return 0;
    }
    if (config[links + fanouts + 1] == 0) {
      // a fanout below all alive children does not matter any more
      for (int f = 0; f < fanouts; f++) {
        boolean matters = false;
        for (int l = 1; l < links; l++) {
          matters |= config[l] >= 0 && halo.above(l, f);
        }
        if (!matters) {
          config[links + f] = -1;
        }
      }
    }
    if (!waits(config)) {
      config[links + fanouts] = 0;
    }
    List<Integer> key = Arrays.stream(config).boxed().toList();
    Integer n = numbers.get(key);
    if (n == null) {
      n = configs.size();
      numbers.put(key, n);
      configs.add(config);
    }
    return n;
  }

  /** Whether some alive link waits for a fanout. */
  private boolean waits(int[] config) {
    for (int l = 1; l < links; l++) {
      if (config[l] >= 0 && !resolved(config, l)) {
        return true;
      }
    }
    return false;
  }

  private boolean resolved(int[] config, int link) {
    return halo.resolvedBy[link] < 0 || config[links + halo.resolvedBy[link]] >= 0;
  }

  private final Map<Long, Integer> ways = new HashMap<>();

  private int way(int before, int step, int position) {
    return ways.computeIfAbsent(
        (long) before << 40 | (long) step << 32 | position, k -> ways.size() + 1);
  }

  /** The bound of what all links cost; the computes' exactly if nothing has to be waited for. */
  double startCost(int d) {
    double cost = 0;
    for (int m = 0; m < measures; m++) {
      Halo.Measure measure = halo.measures.get(m);
      double words = measure.least();
      if (measure.link() == 0 && halo.resolvedBy[0] < 0) {
        words = all(measure, ones(), ones(), new long[fanouts][]);
      }
      cost += words * measure.costPerWord()[dims[d]];
    }
    return cost;
  }

  int startConfig() {
    int[] config = new int[links + fanouts + 2];
    Arrays.fill(config, 0, links + fanouts, -1);
    config[links + fanouts + 1] = halo.resolvedBy[0] < 0 ? 0 : 1;
    return number(config);
  }

  private long[] ones() {
    long[] ones = new long[s.temporal.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double all(Halo.Measure m, long[] start, long[] below, long[][] passed) {
    return halo.count(m, start, start, below, -1, 1, passed);
  }

  /** Temporal iterations below a position. */
  private long[] iterations(int position) {
    return iterationsAt.computeIfAbsent(position, iterations::apply);
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

  private long[] start(int[] config, int link) {
    long[] sizes = iterations(config[link]).clone();
    long[] below = s.below[halo.tensor][link - 1];
    for (int v = 0; v < sizes.length; v++) {
      sizes[v] *= below[v];
    }
    return sizes;
  }

  private long[][] passed(int[] config) {
    long[][] passed = new long[fanouts][];
    for (int f = 0; f < fanouts; f++) {
      if (config[links + f] >= 0) {
        passed[f] = sizes(config[links + f], f + 1);
      }
    }
    return passed;
  }

  /** The outermost fanout that was passed. */
  private int outermostPassed(int[] config) {
    for (int f = 0; f < fanouts; f++) {
      if (config[links + f] >= 0) {
        return f;
      }
    }
    return fanouts;
  }

  void place(Labels labels, int made, int link, int at, int rawBase) {
    int[] before = configs.get(labels.config[made]);
    int[] config =
        before.length == 0 ? configOf(labels.status[made]) : Arrays.copyOf(before, before.length);
    config[link] = labels.position[made];
    if (resolved(config, link)) {
      long[] start = start(config, link);
      long[] below = iterations(labels.position[made]);
      long[][] passed = passed(config);
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
        labels.cost[at + rawBase + m] = all(halo.measures.get(m), start, below, passed);
      }
    } else {
      config[links + fanouts] = way(config[links + fanouts], 63, labels.position[made]);
    }
    labels.config[made] = number(config);
  }

  private int[] configOf(long status) {
    int[] config = new int[links + fanouts + 2];
    Arrays.fill(config, 0, links + fanouts, -1);
    return config;
  }

  void loop(
      Labels labels, int made, int position, int v, long prime, int step, int at, int rawBase) {
    int number = labels.config[made];
    int[] config = configs.get(number);
    if (waits(config)) {
      config = Arrays.copyOf(config, config.length);
      config[links + fanouts] = way(config[links + fanouts], step, position);
    }
    long key = ((long) number << 32 | position) << 6 | step;
    double[] words = kept.get(key);
    if (words == null) {
      words = new double[measures];
      int outermost = crossed(labels.status[made]);
      long[] sizes = sizes(position, outermost);
      for (int link = 1; link < links; link++) {
        if (config[link] >= 0 && resolved(config, link)) {
          long[] start = start(config, link);
          long[][] passed = passedAll(config, labels.status[made], link);
          for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
            words[m] =
                halo.count(
                    halo.measures.get(m), start, sizes, iterations(position), v, prime, passed);
          }
        }
      }
      kept.put(key, words);
    }
    for (int m = 0; m < measures; m++) {
      labels.cost[at + rawBase + m] -= words[m];
    }
    labels.config[made] = number(config);
  }

  private int crossed(long status) {
    return fanouts - ((int) (status >> 40) & 15);
  }

  /**
   * What was passed, also where the place does not matter: there, as if just above the child. A
   * variable whose tiles do not overlap is not asked how its instances stand.
   */
  private long[][] passedAll(int[] config, long status, int link) {
    long[][] passed = passed(config);
    for (int f = crossed(status); f < fanouts; f++) {
      if (passed[f] == null && halo.above(link, f)) {
        passed[f] = sizes(config[link], f + 1);
      }
    }
    return passed;
  }

  void cross(Labels labels, int made, int f, int at, int rawBase, TemporalSearch search) {
    int[] before = configs.get(labels.config[made]);
    if (before.length == 0) {
      return; // nothing to remember
    }
    int[] config = Arrays.copyOf(before, before.length);
    if (halo.matters[f]) {
      config[links + f] = labels.position[made];
    }
    for (int link = 0; link < links; link++) {
      if (halo.resolvedBy[link] != f) {
        continue;
      }
      if (link == 0) {
        long[][] passed = passed(config);
        for (int m = firstMeasure[0]; m < firstMeasure[1]; m++) {
          Halo.Measure measure = halo.measures.get(m);
          double words = all(measure, ones(), ones(), passed) - measure.least();
          for (int d = 0; d < dims.length; d++) {
            labels.cost[at + d] += words * measure.costPerWord()[dims[d]];
          }
        }
        config[links + fanouts + 1] = 0;
      } else if (config[link] >= 0) {
        resolve(labels, made, link, config, at, rawBase, search);
      }
    }
    labels.config[made] = number(config);
  }

  /** Counts a link from its beginning, now that all is known that it depends on. */
  private void resolve(
      Labels labels, int made, int link, int[] config, int at, int rawBase, TemporalSearch search) {
    long[] start = start(config, link);
    int first = firstMeasure[link];
    int last = firstMeasure[link + 1];
    long[][] passed = passedAll(config, labels.status[made], link);
    for (int m = first; m < last; m++) {
      labels.cost[at + rawBase + m] =
          all(halo.measures.get(m), start, iterations(config[link]), passed);
    }
    int placedOf = link; // storage nodes of the tensor placed when the link began
    for (int label = made; label >= 0; label = labels.parent[label]) {
      int parent = labels.parent[label];
      int step = labels.step[label];
      if (step >= 0 && step < search.stepCount()) {
        long[] sizes = sizes(labels.position[parent], crossed(labels.status[parent]));
        for (int m = first; m < last; m++) {
          labels.cost[at + rawBase + m] -=
              halo.count(
                  halo.measures.get(m),
                  start,
                  sizes,
                  iterations(labels.position[parent]),
                  search.stepVariable(step),
                  search.stepPrime(step),
                  passed);
        }
      } else if (step == search.stepCount() + halo.tensor && --placedOf >= 0) {
        int placed = (int) (labels.status[label] >> (6 * halo.tensor)) & 7;
        if (placed == link) {
          break; // here it began
        }
      }
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
    labels.config[made] = number(config);
    account(labels.config[made], configs.get(labels.config[made]), labels, made);
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
    int dead = 0;
    boolean inside = true;
    long[] sizes = sizes(position, crossed(status));
    long[] below = iterations(position);
    long[] left = s.temporal.clone();
    for (int v = 0; v < left.length; v++) {
      left[v] /= below[v];
    }
    for (int link = 1; link < links && config.length > 0; link++) {
      if (config[link] < 0) {
        continue;
      }
      if (!resolved(config, link)) {
        inside = false;
        continue;
      }
      long[] start = start(config, link);
      long[][] passed = passedAll(config, status, link);
      if (inside && halo.dead(start, sizes, passed, link, left)) {
        dead++;
        continue;
      }
      inside = false;
      for (int m = firstMeasure[link]; m < firstMeasure[link + 1]; m++) {
        most[m] = halo.count(halo.measures.get(m), start, sizes, below, -1, 1, passed);
      }
    }
    return new Account(most, dead);
  }

  /** What alive links cost for sure beyond the bound that every label begins with. */
  double extra(int number, int position, double[] cost, int at, int d) {
    if (number == 0) {
      return 0;
    }
    @Nullable Account account = accounts.get((long) number << 32 | position);
    if (account == null) {
      return 0;
    }
    double extra = 0;
    for (int m = 0; m < measures; m++) {
      Halo.Measure measure = halo.measures.get(m);
      double words = cost[at + m] - account.start[m] - measure.least();
      if (words > 0) {
        extra += words * measure.costPerWord()[dims[d]];
      }
    }
    return extra;
  }
}
