package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.einloom.density.Pattern;
import org.einloom.sim.Chain.Place;
import org.jspecify.annotations.Nullable;

/** One tensor while a run with sparse tensors is recorded. */
final class SparseTrack {
  /** A stretch of steps in which an instance of a storage node keeps its tile. */
  static final class Visit {
    final int place;
    final int instance;
    final BitSet tile;

    /** Those of its words that were not in the tile before. */
    final BitSet fresh;

    final long begin;
    final @Nullable Visit enclosing;

    /** By operand: whether any of its words that are met meanwhile is occupied. */
    final boolean[] meets;

    long end = Long.MAX_VALUE;

    Visit(
        int place,
        int instance,
        BitSet tile,
        @Nullable Visit before,
        long begin,
        @Nullable Visit outer,
        int operands) {
      this.place = place;
      this.instance = instance;
      this.tile = tile;
      this.begin = begin;
      fresh = (BitSet) tile.clone();
      if (before != null) {
        fresh.andNot(before.tile);
      }
      this.enclosing = outer;
      this.meets = new boolean[operands];
    }
  }

  private final String tensor;
  private final boolean result;
  private final List<String> memories;
  private final Words words;
  private final Chain chain;
  private final List<List<String>> crossed;
  private final Optional<Pattern> pattern;
  private final @Nullable Visit[][] now;

  /** All visits, in the order in which they begin. */
  final List<Visit> visits = new ArrayList<>();

  /**
   * @param memories by place, the compute left out
   * @param crossed by place, the names of the fanouts and tolls to its parent, the innermost first
   * @param pattern empty for one without zeros
   */
  SparseTrack(
      String tensor,
      boolean result,
      List<String> memories,
      Words words,
      Chain chain,
      List<List<String>> crossed,
      Optional<Pattern> pattern) {
    this.tensor = tensor;
    this.result = result;
    this.memories = memories;
    this.words = words;
    this.chain = chain;
    this.crossed = crossed;
    this.pattern = pattern;
    now = new Visit[memories.size()][];
    for (int k = 0; k < now.length; k++) {
      now[k] = new Visit[chain.places().get(k).instances()];
    }
  }

  String tensor() {
    return tensor;
  }

  /** Whether it is the result. */
  boolean result() {
    return result;
  }

  String memory(int place) {
    return memories.get(place);
  }

  Words words() {
    return words;
  }

  Chain chain() {
    return chain;
  }

  List<String> crossed(int place) {
    return crossed.get(place);
  }

  /** How many storage nodes it has; the compute is the place of this number. */
  int storages() {
    return memories.size();
  }

  boolean occupied(int word) {
    return pattern.isEmpty() || pattern.get().occupied(word);
  }

  Optional<Pattern> pattern() {
    return pattern;
  }

  /** Looks at all storage nodes that begin a step. */
  void step(Loops loops, long step, int operands) {
    for (int k = 0; k < storages(); k++) {
      Place place = chain.places().get(k);
      if (!loops.stepBegins(place.loopsAbove())) {
        continue;
      }
      for (int i = 0; i < place.instances(); i++) {
        if (!loops.locate(place.loopsAbove(), i)) {
          continue; // it idles, and keeps what it has
        }
        BitSet tile = words.touched(loops.low(), loops.high());
        Visit before = now[k][i];
        if (before == null || !before.tile.equals(tile)) {
          if (before != null) {
            before.end = step;
          }
          Visit outer = k == 0 ? null : at(k - 1, parent(loops, k, i));
          var visit = new Visit(k, i, tile, before, step, outer, operands);
          now[k][i] = visit;
          visits.add(visit);
        }
      }
    }
  }

  /** The instance of the place above that an instance of a place belongs to. */
  int parent(Loops loops, int place, int instance) {
    return loops.ancestor(
        instance,
        chain.places().get(place).spatialAbove(),
        chain.places().get(place - 1).spatialAbove());
  }

  /** The visit that an instance is in now. */
  Visit at(int place, int instance) {
    Visit visit = now[place][instance];
    if (visit == null) {
      throw new IllegalStateException(tensor + " is not kept at " + memories.get(place));
    }
    return visit;
  }
}
