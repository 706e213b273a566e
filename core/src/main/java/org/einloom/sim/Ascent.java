package org.einloom.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;
import org.einloom.sim.Slots.Partial;

/**
 * The way of dropped results up to the next storage node, through networks that may add them up.
 */
final class Ascent {
  /**
   * A value that arrives somewhere.
   *
   * @param instance of the child that sends it, or of the fanout, toll or parent where it has
   *     arrived
   */
  record Entry(int instance, Partial partial) {}

  private final Chain chain;
  private final Loops loops;
  private final Completion completion;

  /** By place and instance. */
  private final List<List<Slots>> slots;

  Ascent(Chain chain, Loops loops, Completion completion, List<List<Slots>> slots) {
    this.chain = chain;
    this.loops = loops;
    this.completion = completion;
    this.slots = slots;
  }

  /** Lets the words that place {@code k} of the chain dropped in one step arrive at its parent. */
  void climb(int k, List<Entry> entries) {
    List<Entry> list = entries;
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
      if (crossing.reduce()) {
        list = reduce(list);
      }
    }
    list = arrive(list, at, parent.spatialAbove());
    count(list, parent.tally());
    for (Entry e : list) {
      Partial p = e.partial();
      if (slots.get(k - 1).get(e.instance()).add(p.word(), p.value(), p.terms())) {
        parent.tally().reads[e.instance()]++;
      }
      if (!completion.isComplete(p)) {
        parent.tally().enteredIncomplete();
      }
    }
  }

  private List<Entry> arrive(List<Entry> entries, int from, int to) {
    var arrived = new ArrayList<Entry>(entries.size());
    for (Entry e : entries) {
      arrived.add(new Entry(loops.ancestor(e.instance(), from, to), e.partial()));
    }
    return arrived;
  }

  private void count(List<Entry> entries, Tally tally) {
    for (Entry e : entries) {
      tally.updates[e.instance()]++;
      if (completion.isComplete(e.partial())) {
        tally.finalUpdates[e.instance()]++;
      }
    }
  }

  private static List<Entry> reduce(List<Entry> entries) {
    record Key(int instance, int word) {}
    Map<Key, Partial> sums = new LinkedHashMap<>();
    for (Entry e : entries) {
      sums.merge(
          new Key(e.instance(), e.partial().word()),
          e.partial(),
          (a, b) -> new Partial(a.word(), a.value() + b.value(), a.terms() + b.terms()));
    }
    var reduced = new ArrayList<Entry>();
    sums.forEach((key, partial) -> reduced.add(new Entry(key.instance(), partial)));
    return reduced;
  }
}
