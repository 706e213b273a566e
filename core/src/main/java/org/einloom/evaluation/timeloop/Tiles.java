package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * From what levels would send to what those that keep the tensor read, fill and update: levels that
 * do not keep it hand on what is asked of them, and what comes of a result is split into updates,
 * and the reads that go with them.
 */
final class Tiles {
  private final int levels;
  private final Traffic[] traffic;
  private final boolean[] keeps;
  private final boolean[] readsFirst;
  private final long[] fanout;
  private final double[] words;
  private final double[] received;
  private final double[] linked;
  private final double[] peers;
  private final long[] part;
  private final long[] instances;
  private final List<Map<Fan.Signature, Fan.Sent>> sent = new ArrayList<>();

  private Tiles(Geometry g, Traffic[] byLevel, String tensor, long[] instances) {
    this.instances = instances;
    levels = byLevel.length;
    traffic = byLevel;
    keeps = new boolean[levels];
    readsFirst = new boolean[levels];
    fanout = new long[levels];
    words = new double[levels];
    received = new double[levels];
    linked = new double[levels];
    peers = new double[levels];
    part = new long[levels];
    for (int p = 0; p < levels; p++) {
      keeps[p] = g.nest.levels().get(p).keeps().contains(tensor);
      readsFirst[p] = g.nest.levels().get(p).readsFirst().contains(tensor);
      fanout[p] = 1;
      for (int i = g.firstSpace[p]; i < g.end[p]; i++) {
        fanout[p] *= g.loops.get(i).count();
      }
      sent.add(new HashMap<>(traffic[p].sent()));
      words[p] = total(sent.get(p));
      linked[p] = traffic[p].linked();
    }
  }

  /**
   * What one instance of each level does for a tensor, outermost first.
   *
   * @param byLevel what it would send
   * @param instances in use, by level
   */
  static List<LevelCounts> of(
      Geometry g, Traffic[] byLevel, TensorAccess tensor, long[] instances, Switches switches) {
    Tiles tiles = new Tiles(g, byLevel, tensor.name(), instances);
    tiles.partition();
    tiles.receive();
    tiles.passOn();
    tiles.handOn();
    return tensor.role() == Role.OUTPUT
        ? switches.has(Switch.UPDATED_RMW)
            ? tiles.resultsAddedInside(switches)
            : tiles.results(switches)
        : tiles.operands();
  }

  private static double total(Map<Fan.Signature, Fan.Sent> sent) {
    return sent.values().stream().mapToDouble(Fan.Sent::words).sum();
  }

  /** The words that an instance is responsible for: tiles shared out, in whole words. */
  private void partition() {
    part[0] = traffic[0].tileWords();
    for (int p = 1; p < levels; p++) {
      Traffic above = traffic[p - 1];
      long of = above.spreadWords() > 0 ? above.spreadWords() : traffic[p].tileWords();
      part[p] = of == 0 ? part[p - 1] : part[p - 1] * traffic[p].tileWords() / of;
    }
  }

  /** What an instance gets of what the level above would send; a mean over instances. */
  private void receive() {
    for (int p = 1; p < levels; p++) {
      double arrive = 0;
      for (Map.Entry<Fan.Signature, Fan.Sent> e : sent.get(p - 1).entrySet()) {
        arrive += e.getValue().words() * e.getKey().multicast();
      }
      received[p] = arrive / fanout[p - 1];
    }
  }

  /**
   * Levels that do not keep the tensor hand on what is asked of them; links below them are void.
   */
  private void passOn() {
    for (int p = levels - 1; p >= 1; p--) {
      if (keeps[p]) {
        continue;
      }
      Map<Fan.Signature, Fan.Sent> above = sent.get(p - 1);
      double arrive = 0;
      for (Map.Entry<Fan.Signature, Fan.Sent> e : above.entrySet()) {
        arrive += e.getValue().words() * e.getKey().multicast();
      }
      double factor = arrive == 0 ? 0 : words[p] * fanout[p - 1] / arrive;
      above.replaceAll((k, s) -> new Fan.Sent(s.words() * factor, s.hops()));
      words[p - 1] = total(above);
      linked[p - 1] = 0;
    }
  }

  /** What children hand on to each other they read and are filled with. */
  private void handOn() {
    for (int p = 0; p < levels - 1; p++) {
      peers[p + 1] = linked[p] / instances[p + 1];
    }
  }

  private int outermost() {
    for (int p = 0; p < levels; p++) {
      if (keeps[p]) {
        return p;
      }
    }
    return levels;
  }

  private List<LevelCounts> operands() {
    List<LevelCounts> counts = new ArrayList<>();
    int first = outermost();
    for (int p = 0; p < levels; p++) {
      double arrive = p == first ? 0 : received[p];
      counts.add(
          keeps[p]
              ? counts(p, Math.round(words[p] + peers[p]), (long) (arrive + peers[p]), 0)
              : passing(p, first));
    }
    return counts;
  }

  /**
   * Every update but the first of a word reads it; what a level is filled with is what it has sent
   * up before, but for what is new.
   */
  private List<LevelCounts> results(Switches switches) {
    List<LevelCounts> counts = new ArrayList<>();
    int first = outermost();
    int parent = first;
    double parentReads = 0;
    for (int p = 0; p < levels; p++) {
      if (!keeps[p]) {
        counts.add(passing(p, first));
        continue;
      }
      double free = free(p, switches);
      double leaves = p == first ? 0 : received[p] + peers[p];
      double fills = p == first ? 0 : leaves - free;
      double reads = words[p] + peers[p] - free;
      if (switches.has(Switch.ONE_FILLED) && p != first) {
        // each value that the parent reads goes down to one of them; the others begin empty, so
        // that of the words that leave, those that were not filled were not read once
        fills = parentReads * instances[parent] / instances[p] + peers[p];
        reads = words[p] + peers[p] - leaves + fills;
      }
      parent = p;
      parentReads = reads;
      double drains = switches.has(Switch.DRAINS_READ) ? leaves : 0;
      counts.add(counts(p, Math.round(reads + drains), Math.round(fills), Math.round(words[p])));
    }
    return counts;
  }

  /** Words that a level's first updates need not read. */
  private double free(int p, Switches switches) {
    return readsFirst[p] || switches.has(Switch.NO_FIRST_READ_ELISION) ? 0 : part[p];
  }

  /**
   * Partial results are added up where they are, and nothing is filled, but for the level below the
   * outermost, which adds up for that one.
   */
  private List<LevelCounts> resultsAddedInside(Switches switches) {
    List<LevelCounts> counts = new ArrayList<>();
    int first = outermost();
    boolean second = false;
    for (int p = 0; p < levels; p++) {
      if (!keeps[p]) {
        counts.add(passing(p, first));
        continue;
      }
      double arrive = p == first ? 0 : received[p];
      double fills = 0;
      double reads = Math.round(words[p] - arrive);
      double updates = Math.round(words[p]);
      if (p > first && !second) {
        double more = arrive - free(p, switches);
        fills += more;
        reads += more;
        second = true;
      }
      if (peers[p] > 0) {
        reads += peers[p] - part[p];
        updates += peers[p];
      }
      reads += switches.has(Switch.DRAINS_READ) && p > first ? arrive : 0;
      counts.add(counts(p, (long) reads, (long) fills, (long) updates));
    }
    return counts;
  }

  private LevelCounts counts(int p, long reads, long fills, long updates) {
    return new LevelCounts(
        true, reads, fills, updates, traffic[p].tileWords(), part[p], linked[p], sent.get(p));
  }

  /**
   * Nothing is counted where the tensor is not kept; outside of its outermost level nothing moves.
   */
  private LevelCounts passing(int p, int first) {
    return new LevelCounts(false, 0, 0, 0, 0, 0, linked[p], p < first ? Map.of() : sent.get(p));
  }
}
