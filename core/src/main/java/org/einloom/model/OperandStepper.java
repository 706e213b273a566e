package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks through the steps of an operand, one level at a time; section 2 of the contract. */
final class OperandStepper {
  private final Chain chain;
  private final Book book;
  private final TouchedWords words;
  private final Requests requests;

  /** One request for each single word, shared by all computes. */
  private final int[][] single;

  OperandStepper(Chain chain, StepLimit limit) {
    this.chain = chain;
    book = new Book(chain);
    limit.check(limit.operandWork(chain));
    words = new TouchedWords(chain.compiled, chain.tensor);
    requests = new Requests(chain, book, words.count);
    single = new int[words.count][];
  }

  Book count() {
    for (int level = 0; level <= chain.levels; level++) {
      new Level(level).run();
    }
    return book;
  }

  private final class Level extends StepWalk {
    private final int level;
    private final Map<Long, int[]> held = new HashMap<>();
    private final int[] kept = new int[words.count];
    private final boolean ordered;
    private final List<Requests.Request> rising = new ArrayList<>();
    private final List<Requests.Request> filled = new ArrayList<>();
    private int stamp;

    Level(int level) {
      super(chain.compiled, chain.tensor, chain.depth(level), false);
      this.level = level;
      ordered = level > 0 && requests.comparesSets(level);
    }

    @Override
    void active(long instance) {
      int size = words.tile(start, length);
      if (level == chain.levels) {
        if (size > 0) {
          int word = words.tile[0];
          if (single[word] == null) {
            single[word] = new int[] {word};
          }
          rising.add(new Requests.Request(instance, single[word]));
        }
        return;
      }
      book.holds(level, size);
      if (level > 0) {
        int[] tile = Arrays.copyOf(words.tile, size);
        int[] news = without(tile, held.put(instance, tile));
        if (news.length > 0) {
          filled.add(new Requests.Request(instance, news));
        }
      }
    }

    private int[] without(int[] tile, int @Nullable [] before) {
      int[] news = tile.clone();
      int n = 0;
      stamp++;
      if (before != null) {
        for (int word : before) {
          kept[word] = stamp;
        }
      }
      for (int word : tile) {
        if (kept[word] != stamp) {
          news[n++] = word;
        }
      }
      news = Arrays.copyOf(news, n);
      if (ordered) {
        Arrays.sort(news);
      }
      return news;
    }

    @Override
    void done(long times) {
      for (Requests.Request r : filled) {
        book.fills(chain.node(level), r.instance(), Limits.multiply(r.words().length, times));
        rising.add(r);
      }
      requests.rise(level, rising, times);
      filled.clear();
      rising.clear();
    }
  }
}
