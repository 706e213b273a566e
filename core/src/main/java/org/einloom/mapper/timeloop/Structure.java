package org.einloom.mapper.timeloop;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.jspecify.annotations.Nullable;

/**
 * What each level keeps, and the loops in space. What is left to choose are factors and orders of
 * loops in time, and what they change is what the {@link Link links} move.
 */
final class Structure {
  final Problem problem;

  /** By level and tensor. */
  final boolean[][] keeps;

  /** By level, the loops in space below it, outermost first. */
  final List<List<SpaceLoop>> space;

  /** By level, how many there are; last, of the computes. */
  final double[] instances;

  /** By level and dimension, what all loops in space further out come to. */
  final long[][] spaceOutside;

  final double computeCycles;
  final @Nullable Link[][] links;

  /** Costs that no loop in time changes. */
  final Tally base;

  /** By boundary and tensor, what the link costs at least. */
  final @Nullable Tally[][] least;

  /** By what the sums of two mappings can be nearer than their costs; 0 where costs are sums. */
  double slackPj;

  final double[] slackCycles;

  /** Whether costs that are summed up are those of the mapping but for the slack. */
  boolean comparable = true;

  /** By tensor, what its links cost at least, with what no loop changes. */
  final double[] tensorPj;

  final double[][] tensorCycles;

  /** By boundary, what its links cost at least together. */
  double[] levelPj = new double[0];

  private LevelBound[] levelBounds = new LevelBound[0];
  private final Ports ports;
  private final Fans fans;
  private int rounded;

  Structure(Problem problem, Ports ports, boolean[][] keeps, List<List<SpaceLoop>> space) {
    this.problem = problem;
    this.ports = ports;
    this.keeps = keeps;
    this.space = space;
    fans = new Fans(problem, ports, space);
    int levels = problem.levels;
    instances = new double[levels + 1];
    spaceOutside = new long[levels + 1][problem.dims];
    Arrays.fill(spaceOutside[0], 1);
    instances[0] = 1;
    for (int p = 0; p < levels; p++) {
      instances[p + 1] = instances[p];
      spaceOutside[p + 1] = spaceOutside[p].clone();
      for (SpaceLoop l : space.get(p)) {
        instances[p + 1] *= l.count();
        spaceOutside[p + 1][l.dim()] *= l.count();
      }
    }
    computeCycles = problem.computes / instances[levels];
    links = new Link[levels][problem.tensors];
    least = new Tally[levels][problem.tensors];
    slackCycles = new double[ports.count];
    for (int b = 0; b < levels; b++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (b == levels - 1 || keeps[b + 1][t]) {
          rounded += rounds(b, t) ? 3 : 0;
        }
      }
    }
    base = tally();
    base.energyPj = problem.computePj;
    rounded = 0;
    tensorPj = new double[problem.tensors];
    tensorCycles = new double[problem.tensors][ports.count];
    for (int b = 0; b < levels; b++) {
      for (int t = 0; t < problem.tensors; t++) {
        if (b == levels - 1 || keeps[b + 1][t]) {
          double before = base.energyPj - slackPj;
          double[] cycles = new double[ports.count];
          Arrays.setAll(cycles, i -> base.cycles[i] - slackCycles[i]);
          link(b, t);
          Tally l = Objects.requireNonNull(least[b][t]);
          tensorPj[t] += base.energyPj - slackPj - before + l.energyPj;
          for (int i = 0; i < cycles.length; i++) {
            tensorCycles[t][i] += base.cycles[i] - slackCycles[i] - cycles[i] + l.cycles[i];
          }
        }
      }
    }
    base.energyPj -= slackPj;
    for (int i = 0; i < ports.count; i++) {
      base.cycles[i] -= slackCycles[i];
    }
  }

  /**
   * What no mapping of it comes below: links at least, level by level. To be called before a search
   * of it begins.
   *
   * @param together whether links into one level are bounded together, as {@link LevelBound} does
   */
  double bound(boolean together) {
    double pj = base.energyPj;
    double[] cycles = base.cycles.clone();
    levelPj = new double[problem.levels];
    levelBounds = new LevelBound[together ? problem.levels - 1 : 0];
    for (int b = 0; b < problem.levels; b++) {
      double sum = 0;
      for (Tally l : least[b]) {
        if (l != null) {
          sum += l.energyPj;
          for (int i = 0; i < cycles.length; i++) {
            cycles[i] += l.cycles[i];
          }
        }
      }
      if (b < levelBounds.length) {
        levelBounds[b] = LevelBound.of(this, b);
        sum = Math.max(sum, levelBounds[b].overall());
      }
      levelPj[b] = sum;
      pj += levelPj[b];
    }
    return value(pj, cycles);
  }

  /** By how much more than each by itself the links into a level cost with tiles of that size. */
  double morePj(int boundary, long[] tiles) {
    if (boundary >= levelBounds.length) {
      return 0;
    }
    double sum = 0;
    for (Tally l : least[boundary]) {
      sum += l == null ? 0 : l.energyPj;
    }
    return Math.max(0, levelBounds[boundary].least(tiles) - sum);
  }

  /** Whether tiles of that size fit a level. */
  boolean fits(int level, long[] tiles) {
    var capacity = problem.machine.levels().get(level).capacityWords();
    if (capacity.isEmpty()) {
      return true;
    }
    double words = 0;
    for (int t = 0; t < problem.tensors; t++) {
      if (keeps[level][t]) {
        words += Extents.of(problem, t, tiles).words();
      }
    }
    return words <= capacity.getAsLong();
  }

  double value(double energyPj, double[] cycles) {
    double most = computeCycles;
    for (double c : cycles) {
      most = Math.max(most, c);
    }
    return problem.value(energyPj, most + problem.aroundCycles);
  }

  Tally tally() {
    return new Tally(ports.count, rounded);
  }

  /** Whether accesses or words of this link are rounded after they are added up. */
  private boolean rounds(int b, int t) {
    return mayLink(b, t)
        || blocks(b)
        || (b + 1 < problem.levels && blocks(b + 1))
        || blocks(kept(b, t));
  }

  private boolean blocks(int p) {
    return problem.machine.levels().get(p).blockWords() > 1
        && !problem.switches.has(Switch.NO_CEILINGS);
  }

  private int kept(int b, int t) {
    int p = b;
    while (!keeps[p][t]) {
      p--;
    }
    return p;
  }

  boolean interleaves(int b, int t) {
    return fans.interleaves(b, t);
  }

  private boolean mayLink(int b, int t) {
    return fans.mayLink(b, t);
  }

  /** The children of a level with tiles of that size inside. */
  Children children(int b, int t, long[] tiles) {
    return fans.children(b, t, tiles);
  }

  private void link(int b, int t) {
    int levels = problem.levels;
    int po = kept(b, t);
    Tally sent = tally();
    Tally received = tally();
    Tally linked = tally();
    long[] ones = new long[problem.dims];
    Arrays.fill(ones, 1);
    // levels between that do not keep it hand on what they are asked for
    double words = 1;
    double network = 0;
    for (int x = b - 1; x >= po; x--) {
      if (interleaves(x, t) || (mayLink(x, t))) {
        comparable = false;
        words *= fans.leastGroups(x, t);
      } else {
        Children c = children(x, t, ones);
        network += words * c.alone.networkPj() * instances[x];
        words *= c.alone.sent();
      }
    }
    sent.energyPj = network;
    boolean result = problem.isResult[t];
    double reads = problem.readPj[po];
    double updates = problem.updatePj[po];
    sent.energyPj += instances[po] * words * (result ? reads + updates : reads);
    ports.read(sent, po, t, words);
    if (result) {
      ports.write(sent, po, t, words);
    }
    double free = problem.elides(po, t) ? part(po, t) : 0;
    boolean first = po == 0;
    if (result && !(problem.addsInside && (first || !isSecond(po, t)))) {
      base.energyPj -= free * reads * instances[po];
      ports.read(base, po, t, -free);
    }
    if (b + 1 < levels) {
      receive(received, linked, b + 1, t);
    }
    boolean rounds = rounds(b, t);
    var link =
        new Link(
            b,
            t,
            po,
            problem.forgets(b, t),
            mayLink(b, t),
            sent,
            received,
            linked,
            instances[b],
            rounds ? rounded : -1);
    rounded += rounds ? 3 : 0;
    links[b][t] = link;
    if (rounds) {
      slack(b, t, po);
    }
    least[b][t] = least(link, ones);
  }

  /** The level that is filled with results of the outermost, if results are added up inside. */
  private boolean isSecond(int p, int t) {
    for (int q = 1; q < p; q++) {
      if (keeps[q][t]) {
        return false;
      }
    }
    return p > 0;
  }

  private void receive(Tally received, Tally linked, int p, int t) {
    boolean result = problem.isResult[t];
    double read = problem.readPj[p];
    double write = problem.writePj[p];
    if (!result) {
      received.energyPj = instances[p] * write;
      ports.write(received, p, t, 1);
    } else if (!problem.addsInside || isSecond(p, t)) {
      double free = problem.elides(p, t) ? part(p, t) : 0;
      received.energyPj = instances[p] * write;
      ports.write(received, p, t, 1);
      base.energyPj -= free * write * instances[p];
      ports.write(base, p, t, -free);
    } else {
      received.energyPj = -instances[p] * read;
      ports.read(received, p, t, -1);
    }
    // one instance's words, shared out among all children of all instances
    linked.energyPj = read + write;
    ports.read(linked, p, t, 1 / instances[p]);
    ports.write(linked, p, t, 1 / instances[p]);
  }

  /** Words of a result that an instance is responsible for. */
  private double part(int p, int t) {
    double words = 1;
    for (int d = 0; d < problem.dims; d++) {
      words *= problem.relevant[t][d] ? (double) problem.extent[d] / spaceOutside[p][d] : 1;
    }
    return words;
  }

  /** By how much rounding may change what was added up. */
  private void slack(int b, int t, int po) {
    double pj = instances[po] * (2 * problem.readPj[po] + 2 * problem.updatePj[po]);
    pj *= problem.machine.levels().get(po).blockWords();
    ports.read(slackCycles, po, t, 2);
    ports.write(slackCycles, po, t, 2);
    if (b + 1 < problem.levels) {
      double inner = instances[b + 1] * (2 * problem.readPj[b + 1] + 2 * problem.writePj[b + 1]);
      pj += inner * problem.machine.levels().get(b + 1).blockWords();
      ports.read(slackCycles, b + 1, t, 2);
      ports.write(slackCycles, b + 1, t, 2);
    }
    slackPj += pj;
  }

  /**
   * What a link costs at least. All words that a tensor touches are sent at least once: where a
   * step of Timeloop's counts as less than the words that are new in it, the tile is where it has
   * been before. Among instances they are shared out by the loops in space that the tensor depends
   * on. Neighbours may hand words on, but only what was sent to one of them; and what a child gets
   * so costs it no less than what it gets from above.
   */
  private Tally least(Link link, long[] ones) {
    int b = link.boundary();
    int t = link.tensor();
    double words = problem.touched[t];
    for (int d = 0; d < problem.dims; d++) {
      words /= problem.relevant[t][d] ? spaceOutside[b][d] : 1;
    }
    words = Math.max(words, Compulsory.words(problem, t, spaceOutside[b]));
    Tally least = tally();
    if (link.mayLink() || interleaves(b, t)) {
      double each = Compulsory.words(problem, t, spaceOutside[b + 1]);
      link.add(least, 1, words, new Children.Served(1, 0, 0, 0));
      if (link.received().energyPj >= 0
          && Arrays.stream(link.received().cycles).allMatch(c -> c >= 0)) {
        link.add(least, 1, each, new Children.Served(0, 1, 0, 0));
      } else {
        // results that are added up inside save reads: at most for each compute
        double most = problem.computes / instances[b + 1];
        link.add(least, 1, most, new Children.Served(0, 1, 0, 0));
      }
      Arrays.fill(least.words, 0);
      return least;
    }
    Children c = children(b, t, ones);
    if (b == problem.levels - 1) {
      // it is read once for every compute
      link.add(least, 1, problem.computes / instances[problem.levels], c.alone);
      return least;
    }
    link.add(least, 1, words / c.alone.sent(), c.alone);
    if (least.energyPj < 0 || Arrays.stream(least.cycles).anyMatch(x -> x < 0)) {
      Tally most = tally();
      link.add(most, 1, problem.computes / instances[b + 1], c.alone);
      least.energyPj = Math.min(least.energyPj, most.energyPj);
      for (int i = 0; i < least.cycles.length; i++) {
        least.cycles[i] = Math.min(least.cycles[i], most.cycles[i]);
      }
    }
    Arrays.fill(least.words, 0);
    return least;
  }
}
