package org.einloom.model;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks through the steps of a result, word by word; no count depends on two words.
 *
 * <p>Some variables have a rank to themselves, so that each word belongs to one value of each.
 * Where such a variable has perfect tiles, its spatial indices only say at which instances the same
 * things happen, and its temporal ones only when; it makes no difference how often other
 * iterations come before or after, but only whether any do. So words that differ in nothing else
 * share one history.
 */
final class ResultStepper {
  /** Words with the same history: where it happens, and for how many of them. */
  private static final class Alike {
    /** Vectors of values of the words' first, and what its fixed variables do. */
    final List<Integer> vectors;

    final Map<Long, Long> words = new HashMap<>();

    Alike(List<Integer> vectors) {
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
      points += alike.vectors.size();
    }
    limit.check((double) points * limit.reductions() * (chain.levels + 1));
    Book book = new Book(chain);
    List<long[]> reductions = reductions();
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
    List<List<Integer>> vectorsOf = new ArrayList<>();
    for (int w = 0; w < words.count; w++) {
      vectorsOf.add(new ArrayList<>(1));
    }
    for (int vector = 0; vector < words.vectors(); vector++) {
      if (words.word(vector) != TouchedWords.PADDING) {
        vectorsOf.get(words.word(vector)).add(vector);
      }
    }
    Map<LongBuffer, Alike> histories = new HashMap<>();
    for (List<Integer> vectors : vectorsOf) {
      long[] key = new long[vectors.size() + moves.length];
      int fixed = 0;
      long moved = 0;
      for (int k = 0; k < moves.length; k++) {
        if (moves[k]) {
          int value = (int) words.value(compiled, vectors.getFirst(), k);
          fixed += value * words.stride[k];
          moved += clock.instance(words.variable[k], value);
          key[vectors.size() + k] = clock.ends(words.variable[k], value);
        }
      }
      for (int i = 0; i < vectors.size(); i++) {
        key[i] = vectors.get(i) - fixed;
      }
      histories
          .computeIfAbsent(LongBuffer.wrap(key), k -> new Alike(vectors))
          .words
          .merge(moved, 1L, Long::sum);
    }
    return histories;
  }

  /** Of each combination of values of the other variables, its time and instance. */
  private List<long[]> reductions() {
    List<long[]> all = new ArrayList<>();
    all.add(new long[2]);
    for (int v : chain.tensor.irrelevant) {
      List<long[]> next = new ArrayList<>();
      for (long[] r : all) {
        for (long x = 0; x < compiled.extent[v]; x++) {
          next.add(new long[] {r[0] + clock.time(v, x), r[1] + clock.instance(v, x)});
        }
      }
      all = next;
    }
    return all;
  }

  /** When and where a word is computed, as if the variables that only move it had no instances. */
  private long[] points(List<Integer> vectors, List<long[]> reductions) {
    long[] points = new long[Math.multiplyExact(vectors.size(), reductions.size())];
    int n = 0;
    for (int vector : vectors) {
      long time = 0;
      long instance = 0;
      for (int k = 0; k < moves.length; k++) {
        long value = words.value(compiled, vector, k);
        time += clock.time(words.variable[k], value);
        instance += moves[k] ? 0 : clock.instance(words.variable[k], value);
      }
      for (long[] r : reductions) {
        points[n++] = (time + r[0]) * clock.instances + instance + r[1];
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
