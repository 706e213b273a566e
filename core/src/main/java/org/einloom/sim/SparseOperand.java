package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.density.Box;
import org.einloom.density.Pattern;
import org.einloom.format.Encoding;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;
import org.einloom.sim.SparseRecording.Point;
import org.einloom.sim.SparseTrack.Visit;
import org.einloom.workload.TensorAccess;

/** Counts the fills and reads of one operand. */
final class SparseOperand {
  /**
   * One word that is asked for.
   *
   * @param instance of what it has arrived at
   * @param source the visit of the parent that it is read from
   * @param sink the visit of the child that asks; any of several that were merged. That of the
   *     parent for a compute
   */
  private record Request(
      int instance, int word, int state, int metadata, Visit source, Visit sink) {
    Request merge(Request o) {
      return new Request(
          instance, word, Math.min(state, o.state), Math.min(metadata, o.metadata), source, sink);
    }
  }

  private final SparseTrack track;
  private final SparseRecording recording;
  private final SparseTally tally;
  private final TensorAccess access;
  private final Map<Visit, Size> sizes = new HashMap<>(); // a visit equals itself alone

  SparseOperand(SparseTrack track, SparseRecording recording, SparseTally tally) {
    this.track = track;
    this.recording = recording;
    this.tally = tally;
    this.access = recording.einsum().tensor(track.tensor());
  }

  void count() {
    for (int k = 1; k <= track.storages(); k++) {
      Map<Long, List<Request>> bySteps = new LinkedHashMap<>();
      if (k < track.storages()) {
        for (Visit v : track.visits) {
          if (v.place == k) {
            fill(v);
            request(v, bySteps.computeIfAbsent(v.begin, _ -> new ArrayList<>()));
          }
        }
      } else {
        for (Point p : recording.points()) {
          Visit source = p.visits()[recording.number(track)];
          if (p.words()[recording.number(track)] == Words.PADDING) {
            continue;
          }
          bySteps
              .computeIfAbsent(p.step(), _ -> new ArrayList<>())
              .add(
                  new Request(
                      p.compute(),
                      p.words()[recording.number(track)],
                      recording.state(track, p),
                      recording.metadata(track, p),
                      source,
                      source));
        }
      }
      for (List<Request> requests : bySteps.values()) {
        travel(k, requests);
      }
    }
  }

  private void fill(Visit v) {
    if (v.tile.isEmpty()) {
      return; // all of it is padding
    }
    Size size = size(v);
    double share = (double) v.fresh.cardinality() / v.tile.cardinality();
    tally.fills(
        track.memory(v.place),
        track.tensor(),
        v.fresh.cardinality(),
        plain(v, v.fresh) + (size.words() - plain(v, v.tile)) * share,
        recording.state(track, v),
        size.metadataBits() * share);
  }

  private void request(Visit v, List<Request> requests) {
    Visit source = v.enclosing;
    if (source == null) {
      throw new IllegalStateException("a fill from nowhere");
    }
    int state = recording.state(track, v);
    int metadata = recording.metadata(track, v);
    v.fresh.stream()
        .forEach(w -> requests.add(new Request(v.instance, w, state, metadata, source, v)));
  }

  private void travel(int k, List<Request> requests) {
    if (requests.isEmpty()) {
      return;
    }
    List<Request> list = requests;
    Place child = track.chain().places().get(k);
    int at = child.spatialAbove();
    for (int c = 0; c < child.up().size(); c++) {
      Crossing crossing = child.up().get(c);
      list = arrive(list, at, crossing.spatialAbove());
      at = crossing.spatialAbove();
      boolean fromParent = format(list.getFirst().source()).compresses();
      for (Request r : list) {
        read(track.crossed(k).get(c), r, fromParent ? r.source() : r.sink());
      }
      if (crossing.multicast() == Multicast.WORDS) {
        list = merge(list);
      }
    }
    list = arrive(list, at, track.chain().places().get(k - 1).spatialAbove());
    for (Request r : list) {
      read(track.memory(k - 1), r, r.source());
    }
  }

  /** Counts a word that is read in the format of a visit's memory. */
  private void read(String component, Request r, Visit as) {
    Size size = size(as);
    double words = as.tile.cardinality();
    double stored = format(as).leavesOutZeros() && !track.occupied(r.word()) ? 0 : 1;
    tally.reads(
        component,
        track.tensor(),
        stored + (size.words() - plain(as, as.tile)) / words,
        r.state(),
        size.metadataBits() / words,
        r.metadata());
  }

  /** How many of some words of a tile are stored for themselves. */
  private double plain(Visit v, BitSet words) {
    return format(v).leavesOutZeros()
        ? words.stream().filter(track::occupied).count()
        : words.cardinality();
  }

  private List<Request> arrive(List<Request> requests, int from, int to) {
    return requests.stream()
        .map(
            r ->
                new Request(
                    recording.loops().ancestor(r.instance(), from, to),
                    r.word(),
                    r.state(),
                    r.metadata(),
                    r.source(),
                    r.sink()))
        .toList();
  }

  private static List<Request> merge(List<Request> requests) {
    record Key(int instance, int word) {}
    Map<Key, Request> merged = new LinkedHashMap<>();
    requests.forEach(r -> merged.merge(new Key(r.instance(), r.word()), r, Request::merge));
    return List.copyOf(merged.values());
  }

  private TensorFormat format(Visit v) {
    return recording.sparsity().format(track.memory(v.place), access);
  }

  private Size size(Visit v) {
    return sizes.computeIfAbsent(
        v,
        _ ->
            format(v).compresses()
                ? Encoding.size(format(v), pattern(), box(v.tile))
                : new Size(0, v.tile.cardinality()));
  }

  private Pattern pattern() {
    return track
        .pattern()
        .orElseGet(
            () -> {
              var all = new BitSet();
              all.set(0, track.words().count());
              return new Pattern(
                  access.ranks().stream().map(TensorAccess.Rank::size).toList(), all);
            });
  }

  /** The range of coordinates that a tile has in every rank. */
  private Box box(BitSet tile) {
    List<TensorAccess.Rank> ranks = access.ranks();
    var low = new HashMap<Integer, Long>();
    var high = new HashMap<Integer, Long>();
    tile.stream()
        .forEach(
            word -> {
              long rest = word;
              for (int r = ranks.size() - 1; r >= 0; r--) {
                long x = rest % ranks.get(r).size();
                rest /= ranks.get(r).size();
                low.merge(r, x, Math::min);
                high.merge(r, x, Math::max);
              }
            });
    var from = new ArrayList<Long>();
    var extents = new ArrayList<Long>();
    for (int r = 0; r < ranks.size(); r++) {
      long first = low.getOrDefault(r, 0L);
      from.add(first);
      extents.add(high.getOrDefault(r, 0L) - first + 1);
    }
    var box = new Box(from, extents);
    if (box.words() != tile.cardinality()) {
      throw new IllegalStateException("a tile with gaps");
    }
    return box;
  }
}
