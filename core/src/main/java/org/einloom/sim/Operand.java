package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;

/** An operand on its way down to the computes (model.md, section 2). */
final class Operand {
  /**
   * Words that an instance asks for in one step.
   *
   * @param instance of the child, or of the fanout, toll or parent where the request has arrived
   */
  private record Request(int instance, BitSet words) {}

  private final Words words;
  private final Chain chain;
  private final Loops loops;
  private final long[] data;

  /** By place and instance: the words held. */
  private final List<List<BitSet>> held = new ArrayList<>();

  Operand(Words words, Chain chain, Loops loops, long[] data) {
    this.words = words;
    this.chain = chain;
    this.loops = loops;
    this.data = data;
    for (Place place : chain.places()) {
      var instances = new ArrayList<BitSet>();
      for (int i = 0; i < place.instances(); i++) {
        instances.add(new BitSet());
      }
      held.add(instances);
    }
  }

  /** Moves the tiles of all storage nodes that begin a step, outermost first. */
  void beginStep() {
    for (int k = 0; k < chain.places().size() - 1; k++) {
      if (loops.stepBegins(chain.places().get(k).loopsAbove())) {
        fill(k);
      }
    }
  }

  private void fill(int k) {
    Place place = chain.places().get(k);
    var requests = new ArrayList<Request>();
    List<BitSet> before = List.copyOf(held.get(k)); // what neighbours can hand on
    for (int i = 0; i < place.instances(); i++) {
      if (loops.locate(place.loopsAbove(), i)) {
        BitSet tile = words.touched(loops.low(), loops.high());
        var fresh = (BitSet) tile.clone();
        fresh.andNot(held.get(k).get(i));
        held.get(k).set(i, tile);
        place.tally().occupy(tile.cardinality());
        if (k > 0 && !fresh.isEmpty()) {
          place.tally().fills[i] += fresh.cardinality();
          place.beside().handOn(place, i, fresh, before, loops);
          requests.add(new Request(i, fresh));
        }
      }
    }
    request(k, requests);
  }

  /** Every active compute uses its word; returns what each reads, 0 for padding. */
  long[] use(Points points) {
    long[] values = new long[points.computes()];
    var requests = new ArrayList<Request>();
    for (int i = 0; i < values.length; i++) {
      int word = points.word(words, i);
      if (word != Words.PADDING) {
        var request = new BitSet(words.count());
        request.set(word);
        requests.add(new Request(i, request));
        values[i] = data[word];
      }
    }
    request(chain.places().size() - 1, requests);
    return values;
  }

  /** Lets the requests of one step of place {@code k} travel up to its parent. */
  private void request(int k, List<Request> requests) {
    List<Request> list = requests.stream().filter(r -> !r.words().isEmpty()).toList();
    if (list.isEmpty()) {
      return;
    }
    Place child = chain.places().get(k);
    Place parent = chain.places().get(k - 1);
    int at = child.spatialAbove();
    for (Crossing crossing : child.up()) {
      list = arrive(list, at, crossing.spatialAbove());
      at = crossing.spatialAbove();
      count(list, crossing.tally());
      list = merge(list, crossing.multicast());
    }
    list = arrive(list, at, parent.spatialAbove());
    count(list, parent.tally());
    for (Request r : list) {
      var missing = (BitSet) r.words().clone();
      missing.andNot(held.get(k - 1).get(r.instance()));
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "words " + missing + " are requested of an instance that does not hold them");
      }
    }
  }

  private List<Request> arrive(List<Request> requests, int from, int to) {
    var arrived = new ArrayList<Request>(requests.size());
    for (Request r : requests) {
      arrived.add(new Request(loops.ancestor(r.instance(), from, to), r.words()));
    }
    return arrived;
  }

  private static void count(List<Request> requests, Tally tally) {
    for (Request r : requests) {
      tally.reads[r.instance()] += r.words().cardinality();
    }
  }

  private static List<Request> merge(List<Request> requests, Multicast multicast) {
    return switch (multicast) {
      case NONE -> requests;
      case TILES -> requests.stream().distinct().toList();
      case WORDS -> {
        SequencedMap<Integer, BitSet> union = new TreeMap<>();
        for (Request r : requests) {
          union.computeIfAbsent(r.instance(), _ -> new BitSet()).or(r.words());
        }
        var merged = new ArrayList<Request>();
        union.forEach((instance, words) -> merged.add(new Request(instance, words)));
        yield merged;
      }
    };
  }
}
