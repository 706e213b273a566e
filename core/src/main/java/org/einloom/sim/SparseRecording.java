package org.einloom.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.density.Pattern;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.sim.SparseTrack.Visit;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * All steps of a run with sparse tensors: which instance keeps which tile when, and which words
 * meet at the computes. What is done of it all is decided afterwards.
 */
final class SparseRecording {
  /**
   * A point of the iteration space.
   *
   * @param compute the instance that it falls to
   * @param words by tensor, {@link Words#PADDING} outside of it
   * @param visits by tensor, that of the innermost storage node
   * @param occupied by operand, whether its word is
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Point(long step, int compute, int[] words, Visit[] visits, boolean[] occupied) {
    boolean effectual() {
      for (boolean o : occupied) {
        if (!o) {
          return false;
        }
      }
      return true;
    }
  }

  private final Einsum einsum;
  private final Loops loops;
  private final Sparsity sparsity;
  private final List<SparseTrack> tracks = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private final Map<Visit, int[]> states = new HashMap<>(); // a visit equals itself alone
  private final int operands;

  SparseRecording(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      Map<String, Pattern> patterns) {
    this.einsum = einsum;
    this.sparsity = sparsity;
    loops = new Loops(einsum, mapping);
    operands = einsum.operands().size();
    var board = new Board();
    for (TensorAccess t : einsum.tensors()) {
      List<String> memories =
          mapping.nodes().stream()
              .filter(n -> n instanceof Storage s && s.tensor().equals(t.name()))
              .map(n -> ((Storage) n).memory())
              .toList();
      tracks.add(
          new SparseTrack(
              t.name(),
              t.equals(einsum.output()),
              memories,
              new Words(einsum, t),
              Chain.of(t, architecture, mapping, loops, board),
              crossed(t, architecture, memories),
              Optional.ofNullable(patterns.get(t.name()))));
    }
  }

  private static List<List<String>> crossed(
      TensorAccess t, Architecture architecture, List<String> memories) {
    var all = new ArrayList<List<String>>();
    for (int k = 0; k <= memories.size(); k++) {
      int child =
          k < memories.size()
              ? architecture.indexOf(memories.get(k))
              : architecture.nodes().size() - 1;
      var names = new ArrayList<String>();
      for (int at = child - 1; k > 0 && at > architecture.indexOf(memories.get(k - 1)); at--) {
        Node node = architecture.nodes().get(at);
        if (node instanceof Fanout || (node instanceof Toll toll && toll.charges(t))) {
          names.add(node.name());
        }
      }
      all.add(List.copyOf(names));
    }
    return all;
  }

  void run() {
    long step = 0;
    do {
      for (SparseTrack t : tracks) {
        t.step(loops, step, operands);
      }
      step(step);
      step++;
    } while (loops.advance());
  }

  private void step(long step) {
    SparseTrack first = tracks.getFirst();
    int depth = first.chain().compute().loopsAbove();
    for (int i = 0; i < first.chain().compute().instances(); i++) {
      if (!loops.locate(depth, i)) {
        continue; // it idles
      }
      long[] at = loops.low().clone();
      int n = tracks.size();
      var point = new Point(step, i, new int[n], new Visit[n], new boolean[operands]);
      for (int t = 0; t < n; t++) {
        SparseTrack track = tracks.get(t);
        point.words()[t] = track.words().at(at);
        point.visits()[t] =
            track.at(track.storages() - 1, track.parent(loops, track.storages(), i));
        if (t < operands) {
          point.occupied()[t] =
              point.words()[t] != Words.PADDING && track.occupied(point.words()[t]);
        }
      }
      for (SparseTrack track : tracks) {
        int instance = i;
        for (int k = track.storages(); k > 0; k--) {
          instance = track.parent(loops, k, instance);
          Visit v = track.at(k - 1, instance);
          for (int o = 0; o < operands; o++) {
            v.meets[o] |= point.occupied()[o];
          }
        }
      }
      points.add(point);
    }
  }

  Loops loops() {
    return loops;
  }

  Einsum einsum() {
    return einsum;
  }

  Sparsity sparsity() {
    return sparsity;
  }

  boolean compressesResult(String memory) {
    return sparsity.format(memory, einsum.output()).compresses();
  }

  List<SparseTrack> tracks() {
    return tracks;
  }

  List<Point> points() {
    return points;
  }

  int number(SparseTrack track) {
    return tracks.indexOf(track);
  }

  /** What becomes of the words of a visit on their way to and from it. */
  int state(SparseTrack track, Visit visit) {
    return states(track, visit)[0];
  }

  /** What becomes of the metadata that is read for them. */
  int metadata(SparseTrack track, Visit visit) {
    return states(track, visit)[1];
  }

  private int[] states(SparseTrack track, Visit visit) {
    int[] known = states.get(visit);
    if (known != null) {
      return known;
    }
    int[] of = {SparseTally.DONE, SparseTally.DONE};
    Visit outer = visit.enclosing;
    if (outer != null) {
      int above = state(track, outer);
      of[0] = Math.max(above, own(track, visit.place, visit.meets, true));
      of[1] = Math.max(above, own(track, visit.place, visit.meets, false));
    }
    states.put(visit, of);
    return of;
  }

  /** What savings at the parent of a place make of it by themselves. */
  private int own(SparseTrack track, int place, boolean[] meets, boolean mutual) {
    int state = SparseTally.DONE;
    for (Saving s : sparsity.savings(track.memory(place - 1), track.tensor())) {
      if (s.mutual() && !mutual) {
        continue;
      }
      for (int o = 0; o < operands; o++) {
        if (!meets[o] && s.leaders().contains(tracks.get(o).tensor())) {
          state = Math.max(state, of(s.kind()));
        }
      }
    }
    return state;
  }

  private static int of(Kind kind) {
    return kind == Kind.SKIP ? SparseTally.SKIPPED : SparseTally.GATED;
  }

  /** What becomes of one tensor's word for a point. */
  int state(SparseTrack track, Point point) {
    Visit visit = point.visits()[number(track)];
    return Math.max(state(track, visit), own(track, track.storages(), point.occupied(), true));
  }

  /** What becomes of the metadata that is read for it. */
  int metadata(SparseTrack track, Point point) {
    Visit visit = point.visits()[number(track)];
    return Math.max(state(track, visit), own(track, track.storages(), point.occupied(), false));
  }

  /** What becomes of the point itself, and of its result. */
  int state(Point point) {
    int state =
        point.effectual()
            ? SparseTally.DONE
            : sparsity.compute().map(SparseRecording::of).orElse(SparseTally.DONE);
    for (SparseTrack t : tracks) {
      state = Math.max(state, state(t, point));
    }
    return state;
  }
}
