package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.density.Box;
import org.einloom.density.Pattern;
import org.einloom.format.Encoding;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;
import org.einloom.sim.SparseRecording.Point;
import org.einloom.sim.SparseTrack.Visit;
import org.einloom.sparsity.SparseLegality;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of a result between its outermost storage and the computes. */
final class SparseResult {
  /** A word that enters or leaves an instance of a place. */
  private record Move(int instance, int word, int state) {}

  private record Key(int instance, int word) {}

  private final SparseTrack track;
  private final SparseRecording recording;
  private final SparseTally tally;

  /** By place and instance: words whose slots have a value. */
  private final List<List<BitSet>> full = new ArrayList<>();

  /** What all of it takes, compressed. */
  private @Nullable Size stored;

  SparseResult(SparseTrack track, SparseRecording recording, SparseTally tally) {
    this.track = track;
    this.recording = recording;
    this.tally = tally;
    for (Place p : track.chain().places()) {
      var slots = new ArrayList<BitSet>();
      for (int i = 0; i < p.instances(); i++) {
        slots.add(new BitSet());
      }
      full.add(slots);
    }
  }

  void count() {
    Map<Long, List<Point>> steps = new LinkedHashMap<>();
    recording.points().forEach(p -> steps.computeIfAbsent(p.step(), _ -> new ArrayList<>()).add(p));
    steps.forEach(this::step);
    leave(Long.MAX_VALUE);
  }

  private void step(long step, List<Point> points) {
    leave(step);
    for (int k = 1; k < track.storages(); k++) {
      var moves = new ArrayList<Move>();
      for (Visit v : track.visits) {
        if (v.place == k && v.begin == step) {
          int state = recording.state(track, v);
          v.tile.stream().forEach(w -> moves.add(new Move(v.instance, w, state)));
        }
      }
      enter(k, moves);
    }
    var moves = new ArrayList<Move>();
    for (Point p : points) {
      if (p.words()[recording.number(track)] == Words.PADDING) {
        continue;
      }
      moves.add(new Move(p.compute(), p.words()[recording.number(track)], recording.state(p)));
    }
    enter(track.storages(), moves);
    climb(track.storages(), moves);
  }

  /** Everything whose visit ends with this step leaves, innermost first. */
  private void leave(long step) {
    for (int k = track.storages() - 1; k > 0; k--) {
      var moves = new ArrayList<Move>();
      for (Visit v : track.visits) {
        if (v.place == k && v.end == step) {
          int state = recording.state(track, v);
          v.tile.stream()
              .forEach(
                  w -> {
                    tally.drains(track.memory(v.place), track.tensor(), state);
                    moves.add(new Move(v.instance, w, state));
                    full.get(v.place).get(v.instance).clear(w);
                  });
        }
      }
      climb(k, moves);
    }
  }

  /** Starting values: one read and fill for all instances that enter a word together. */
  private void enter(int k, List<Move> moves) {
    Map<Key, Integer> groups = new HashMap<>();
    for (Move m : moves) {
      groups.merge(
          new Key(track.parent(recording.loops(), k, m.instance()), m.word()),
          m.state(),
          Math::min);
    }
    for (Move m : moves) {
      int parent = track.parent(recording.loops(), k, m.instance());
      BitSet above = full.get(k - 1).get(parent);
      if (!above.get(m.word())) {
        continue;
      }
      above.clear(m.word());
      full.get(k).get(m.instance()).set(m.word());
      int state = groups.getOrDefault(new Key(parent, m.word()), SparseTally.DONE);
      tally.reads(track.memory(k - 1), track.tensor(), 1, state, 0, state);
      for (String crossed : track.crossed(k)) {
        tally.reads(crossed, track.tensor(), 1, state, 0, state);
      }
      if (k < track.storages()) {
        tally.fills(track.memory(k), track.tensor(), 1, state);
      }
    }
  }

  /** Results on their way up. */
  private void climb(int k, List<Move> moves) {
    List<Move> list = moves;
    if (list.isEmpty()) {
      return;
    }
    Place child = track.chain().places().get(k);
    int at = child.spatialAbove();
    for (int c = 0; c < child.up().size(); c++) {
      Crossing crossing = child.up().get(c);
      list = arrive(list, at, crossing.spatialAbove());
      at = crossing.spatialAbove();
      for (Move m : list) {
        tally.updates(track.crossed(k).get(c), track.tensor(), m.state());
      }
      list = crossing.reduce() ? reduce(list) : list;
    }
    list = arrive(list, at, track.chain().places().get(k - 1).spatialAbove());
    if (recording.compressesResult(track.memory(k - 1))) {
      list.forEach(m -> store(track.memory(k - 1), m));
      return;
    }
    for (Move m : list) {
      tally.updates(track.memory(k - 1), track.tensor(), m.state());
      BitSet slots = full.get(k - 1).get(m.instance());
      if (slots.get(m.word())) {
        tally.reads(track.memory(k - 1), track.tensor(), 1, m.state(), 0, m.state());
      }
      slots.set(m.word());
    }
  }

  /**
   * A word that arrives complete, where the result is compressed as a whole. What is stored came
   * from points that were done, and is written, whatever this run's operands say: its own law does.
   */
  private void store(String memory, Move m) {
    BitSet slots = full.getFirst().get(m.instance());
    if (slots.get(m.word())) {
      throw SparseLegality.incomplete(recording.einsum(), memory);
    }
    slots.set(m.word());
    Einsum einsum = recording.einsum();
    TensorFormat format = recording.sparsity().format(memory, einsum.output());
    Pattern pattern = track.pattern().orElseThrow();
    Box whole = Box.whole(einsum.output().ranks().stream().map(TensorAccess.Rank::size).toList());
    Size size = whole(format, pattern, whole);
    double words = (double) whole.words();
    double plain = format.leavesOutZeros() ? (double) pattern.count(whole) : words;
    double own = format.leavesOutZeros() && !track.occupied(m.word()) ? 0 : 1;
    tally.updates(
        memory,
        track.tensor(),
        own + (size.words() - plain) / words,
        SparseTally.DONE,
        size.metadataBits() / words);
  }

  private Size whole(TensorFormat format, Pattern pattern, Box whole) {
    Size known = stored;
    if (known == null) {
      known = Encoding.size(format, pattern, whole);
      stored = known;
    }
    return known;
  }

  private List<Move> arrive(List<Move> moves, int from, int to) {
    return moves.stream()
        .map(m -> new Move(recording.loops().ancestor(m.instance(), from, to), m.word(), m.state()))
        .toList();
  }

  private static List<Move> reduce(List<Move> moves) {
    Map<Key, Integer> best = new LinkedHashMap<>();
    moves.forEach(m -> best.merge(new Key(m.instance(), m.word()), m.state(), Math::min));
    var reduced = new ArrayList<Move>();
    best.forEach((key, state) -> reduced.add(new Move(key.instance(), key.word(), state)));
    return reduced;
  }
}
