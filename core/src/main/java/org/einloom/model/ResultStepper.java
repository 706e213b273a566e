package org.einloom.model;

import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Walks through the steps of a result, word by word; no count depends on two words.
 *
 * <p>Some variables have a rank to themselves, so that each word belongs to one value of each.
 * Where such a variable has perfect tiles, its spatial indices only say at which instances the same
 * things happen, and its temporal ones only when; it makes no difference how often other iterations
 * come before or after, but only whether any do. So words that differ in nothing else share one
 * history.
 */
final class ResultStepper {
  /** Words with the same history. */
  private static final class Alike {
    /** Vectors of values that touch the first of them. */
    final int[] vectors;

    /** By how many computes a word's history is moved, how many words. */
    final Map<Long, Long> words = new HashMap<>();

    Alike(int[] vectors) {
      this.vectors = vectors;
    }
  }

  private final Chain chain;
  private final Compiled compiled;
  private final StepClock clock;
  private final TouchedWords words;
  private final StepLimit limit;

  /** By own variable of the tensor, whether it only moves a word's history. */
  private final boolean[] moves;

  ResultStepper(Chain chain, StepLimit limit) {
    this.chain = chain;
    this.limit = limit;
    compiled = chain.compiled;
    limit.check(limit.ownVectors());
    clock = limit.clock();
    words = new TouchedWords(compiled, chain.tensor);
    moves = new boolean[words.variable.length];
    for (int k = 0; k < moves.length; k++) {
      for (Compiled.Rank rank : chain.tensor.ranks) {
        moves[k] |=
            rank.variable.length == 1
                && rank.variable[0] == words.variable[k]
                && compiled.perfect[words.variable[k]];
      }
    }
  }

  Book count() {
    Map<LongBuffer, Alike> histories = histories();
    long points = 0;
    for (Alike alike : histories.values()) {
      points += alike.vectors.length;
    }
    limit.check((double) points * limit.reductions() * (chain.levels + 1));
    Book book = new Book(chain);
    long[] reductions = points == 0 ? new long[0] : reductions(); // a result may be all padding
    for (Alike alike : histories.values()) {
      Book template = new Book(chain);
      new WordHistory(chain, clock, template, points(alike.vectors, reductions)).run();
      alike.words.forEach((moved, count) -> book.addMoved(template, moved, count));
    }
    for (int level = 0; level < chain.levels; level++) {
      occupancy(level, book);
    }
    return book;
  }

  private Map<LongBuffer, Alike> histories() {
    Map<LongBuffer, Alike> histories = new HashMap<>();
    for (int[] vectors : words.vectorsByWord()) {
      long[] key = new long[vectors.length + moves.length];
      int fixed = 0;
      long moved = 0;
      for (int k = 0; k < moves.length; k++) {
        if (moves[k]) {
          int value = (int) words.value(compiled, vectors[0], k);
          fixed += value * words.stride[k];
          moved += clock.instance(words.variable[k], value);
          key[vectors.length + k] = clock.ends(words.variable[k], value);
        }
      }
      for (int i = 0; i < vectors.length; i++) {
        key[i] = (long) vectors[i] - fixed;
      }
      histories
          .computeIfAbsent(LongBuffer.wrap(key), k -> new Alike(vectors))
          .words
          .merge(moved, 1L, Long::sum);
    }
    return histories;
  }

  /** What each combination of values of the other variables adds to a point's number. */
  private long[] reductions() {
    long[] all = {0};
    for (int v : chain.tensor.irrelevant) {
      int extent = Math.toIntExact(compiled.extent[v]);
      long[] next = new long[Math.multiplyExact(all.length, extent)];
      for (int x = 0; x < extent; x++) {
        long number = number(clock.time(v, x), clock.instance(v, x));
        for (int i = 0; i < all.length; i++) {
          next[x * all.length + i] = all[i] + number;
        }
      }
      all = next;
    }
    return all;
  }

  private long number(long time, long instance) {
    return time * clock.instances + instance;
  }

  /** When and where a word is computed, as if the variables that only move it had no instances. */
  private long[] points(int[] vectors, long[] reductions) {
    long[] points = new long[Math.multiplyExact(vectors.length, reductions.length)];
    int n = 0;
    for (int vector : vectors) {
      long number = 0;
      for (int k = 0; k < moves.length; k++) {
        int v = words.variable[k];
        long value = words.value(compiled, vector, k);
        number += number(clock.time(v, value), moves[k] ? 0 : clock.instance(v, value));
      }
      for (long r : reductions) {
        points[n++] = number + r;
      }
    }
    return points;
  }

  private void occupancy(int level, Book book) {
    new StepWalk(compiled, chain.tensor, chain.depth(level), true) {
      @Override
      void active(long instance) {
        book.holds(level, words.tile(start, length));
      }

      @Override
      void done(long times) {}
    }.run();
  }
}
