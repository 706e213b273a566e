package org.einloom.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.einloom.sim.Chain.Crossing;
import org.einloom.sim.Chain.Place;
import org.einloom.sim.Slots.Partial;

/** The result on its way between its outermost storage and the computes (model.md, section 3). */
final class Result {
  private final Words words;
  private final Chain chain;
  private final Loops loops;
  private final Completion completion;
  private final Ascent ascent;

  /** By place and instance; the computes too have a slot for a word while they work on it. */
  private final List<List<Slots>> slots = new ArrayList<>();

  Result(Words words, Chain chain, Loops loops, Completion completion) {
    this.words = words;
    this.chain = chain;
    this.loops = loops;
    this.completion = completion;
    for (Place place : chain.places()) {
      var instances = new ArrayList<Slots>();
      for (int i = 0; i < place.instances(); i++) {
        instances.add(new Slots(words.count()));
      }
      slots.add(instances);
    }
    ascent = new Ascent(chain, loops, completion, slots);
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
    var entries = new ArrayList<Ascent.Entry>();
    for (int i = 0; i < drops.size(); i++) {
      for (int word = drops.get(i).nextSetBit(0);
          word >= 0;
          word = drops.get(i).nextSetBit(word + 1)) {
        Partial partial = slots.get(k).get(i).drop(word);
        tally.drains[i]++;
        if (completion.isComplete(partial)) {
          tally.finalDrains[i]++;
        }
        entries.add(new Ascent.Entry(i, partial));
      }
    }
    ascent.climb(k, entries);
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
    if (completion.isComplete(partial)) {
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
    var entries = new ArrayList<Ascent.Entry>();
    for (int i = 0; i < word.length; i++) {
      if (word[i] != Words.PADDING) {
        slots.get(k).get(i).add(word[i], products[i], 1);
        entries.add(new Ascent.Entry(i, slots.get(k).get(i).drop(word[i])));
      }
    }
    ascent.climb(k, entries);
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
      if (top.hasValue(word)) {
        values[word] = completion.requireComplete(top.take(word)).value();
      } else {
        completion.requireUntouched(word);
      }
    }
    return values;
  }
}
