package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;
import org.einloom.sim.Slots.Partial;

/** The result on its way between its outermost storage and the computes (model.md, section 3). */
final class Result {
  /**
   * A value that arrives somewhere.
   *
   * @param instance of the child that sends it, or of the fanout or parent where it has arrived
   */
  private record Entry(int instance, Partial partial) {}

  private final Words words;
  private final Chain chain;
  private final Loops loops;

  /** By word: how many points of the iteration space touch it. */
  private final long[] termsOfComplete;

  /** By place and instance; the computes too have a slot for a word while they work on it. */
  private final List<List<Slots>> slots = new ArrayList<>();

  Result(Words words, Chain chain, Loops loops, long[] termsOfComplete) {
    this.words = words;
    this.chain = chain;
    this.loops = loops;
    this.termsOfComplete = termsOfComplete;
    for (Place place : chain.places()) {
      var instances = new ArrayList<Slots>();
      for (int i = 0; i < place.instances(); i++) {
        instances.add(new Slots(words.count()));
      }
      slots.add(instances);
    }
  }

  /** Leaving, then entering, at all storage nodes that begin a step. */
  void beginStep() {
    int storages = chain.places().size() - 1;
    int first = 0;
    while (first < storages && !loops.stepBegins(chain.places().get(first).loopsAbove())) {
      first++;
    }
    List<List<Optional<BitSet>>> tiles = new ArrayList<>();
    List<List<BitSet>> drops = new ArrayList<>();
    for (int k = first; k < storages; k++) {
      tiles.add(tiles(k));
      drops.add(drops(k, tiles.getLast(), k > first ? drops.getLast() : List.of()));
    }
    for (int k = storages - 1; k >= first; k--) {
      leave(k, drops.get(k - first));
    }
    for (int k = first; k < storages; k++) {
      enter(k, tiles.get(k - first));
    }
  }

  /**
   * By instance: the tile in the step that begins; empty and of no meaning where the instance is
   * idle.
   */
  private List<Optional<BitSet>> tiles(int k) {
    Place place = chain.places().get(k);
    var tiles = new ArrayList<Optional<BitSet>>();
    for (int i = 0; i < place.instances(); i++) {
      boolean active = loops.locate(place.loopsAbove(), i);
      tiles.add(active ? Optional.of(words.touched(loops.low(), loops.high())) : Optional.empty());
    }
    return tiles;
  }

  /** By instance: the words that it drops; an idle one those that its parent's instance drops. */
  private List<BitSet> drops(int k, List<Optional<BitSet>> tiles, List<BitSet> dropsOfParent) {
    var drops = new ArrayList<BitSet>();
    for (int i = 0; i < tiles.size(); i++) {
      var drop = (BitSet) slots.get(k).get(i).held().clone();
      if (tiles.get(i).isPresent()) {
        drop.andNot(tiles.get(i).get());
      } else if (dropsOfParent.isEmpty()) {
        drop.clear();
      } else {
        drop.and(dropsOfParent.get(parent(k, i)));
      }
      drops.add(drop);
    }
    return drops;
  }

  private int parent(int k, int instance) {
    return loops.ancestor(
        instance, chain.places().get(k).spatialAbove(), chain.places().get(k - 1).spatialAbove());
  }

  private void leave(int k, List<BitSet> drops) {
    Tally tally = chain.places().get(k).tally();
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < drops.size(); i++) {
      for (int word = drops.get(i).nextSetBit(0);
          word >= 0;
          word = drops.get(i).nextSetBit(word + 1)) {
        Partial partial = slots.get(k).get(i).drop(word);
        tally.drains[i]++;
        if (isComplete(partial)) {
          tally.finalDrains[i]++;
        }
        entries.add(new Entry(i, partial));
      }
    }
    update(k, entries);
  }

  private void enter(int k, List<Optional<BitSet>> tiles) {
    Tally tally = chain.places().get(k).tally();
    for (int i = 0; i < tiles.size(); i++) {
      if (tiles.get(i).isPresent()) {
        Slots mine = slots.get(k).get(i);
        var fresh = (BitSet) tiles.get(i).get().clone();
        fresh.andNot(mine.held());
        for (int word = fresh.nextSetBit(0); word >= 0; word = fresh.nextSetBit(word + 1)) {
          mine.enter(word);
          if (k > 0) {
            start(k, i, word);
          }
        }
        tally.occupy(mine.held().cardinality());
      }
    }
  }

  /**
   * Moves the parent's value of a word that just entered, if it has one. Called in the order of the
   * instances.
   */
  private void start(int k, int instance, int word) {
    int parent = parent(k, instance);
    Slots above = slots.get(k - 1).get(parent);
    if (!above.held().get(word)) {
      throw new IllegalStateException(
          "word " + word + " of the result enters below an instance that does not hold it");
    }
    if (!above.hasValue(word)) {
      return;
    }
    Place place = chain.places().get(k);
    Partial partial = above.take(word);
    chain.places().get(k - 1).tally().reads[parent]++;
    for (Crossing crossing : place.up()) {
      crossing.tally()
          .reads[loops.ancestor(instance, place.spatialAbove(), crossing.spatialAbove())]++;
    }
    slots.get(k).get(instance).add(word, partial.value(), partial.terms());
    place.tally().fills[instance]++;
    if (isComplete(partial)) {
      throw new IllegalStateException(
          "word " + word + " of the result is complete and yet sent down again");
    }
    place.tally().enteredIncomplete();
  }

  /**
   * One step of the computes: each active one takes its word, adds its product and sends the word
   * up.
   *
   * @param products by instance
   */
  void compute(Points points, long[] products) {
    int k = chain.places().size() - 1;
    int[] word = new int[points.computes()];
    for (int i = 0; i < word.length; i++) {
      word[i] = points.word(words, i);
      if (word[i] != Words.PADDING) {
        slots.get(k).get(i).enter(word[i]);
        start(k, i, word[i]);
      }
    }
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < word.length; i++) {
      if (word[i] != Words.PADDING) {
        slots.get(k).get(i).add(word[i], products[i], 1);
        entries.add(new Entry(i, slots.get(k).get(i).drop(word[i])));
      }
    }
    update(k, entries);
  }

  /** Lets the words that place {@code k} dropped in one step travel up to its parent. */
  private void update(int k, List<Entry> entries) {
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
      if (crossing.fanout().reduce()) {
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
      if (!isComplete(p)) {
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
      if (isComplete(e.partial())) {
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

  private boolean isComplete(Partial partial) {
    return partial.terms() == termsOfComplete[partial.word()];
  }

  /** After the last step: everything below the outermost storage drops all it holds. */
  void finish() {
    for (int k = chain.places().size() - 2; k > 0; k--) {
      var drops = new ArrayList<BitSet>();
      for (Slots s : slots.get(k)) {
        drops.add((BitSet) s.held().clone());
      }
      leave(k, drops);
    }
  }

  /** The values in the outermost storage, all complete. */
  long[] values() {
    Slots top = slots.getFirst().getFirst();
    long[] values = new long[words.count()];
    for (int word = 0; word < values.length; word++) {
      boolean touched = termsOfComplete[word] > 0;
      if (touched != top.hasValue(word)) {
        throw new IllegalStateException(
            "word "
                + word
                + " of the result has "
                + (touched ? "no value" : "a value out of nothing"));
      }
      if (touched) {
        Partial partial = top.take(word);
        if (!isComplete(partial)) {
          throw new IllegalStateException(
              "word "
                  + word
                  + " of the result has "
                  + partial.terms()
                  + " of "
                  + termsOfComplete[word]
                  + " terms");
        }
        values[word] = partial.value();
      }
    }
    return values;
  }
}
